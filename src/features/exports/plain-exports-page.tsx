import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, List, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExportProgress } from '../../../core/export/progress.ts';
import { FORMAT_IDS } from '../../../core/export/registry.ts';
import { Page } from '../../components/page.tsx';
import type { ExportState } from '../../database/database.ts';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import { ExportProblem } from './export-problem.tsx';
import { phaseWord, resultWords } from './export-words.ts';
import { formatTitle } from './format-words.ts';
import { useExport } from './use-export.ts';

const STATES = {
  queued: msg({ message: 'queued', context: 'export' }),
  running: msg({ message: 'running', context: 'export' }),
  completed: msg({ message: 'completed', context: 'export' }),
  failed: msg({ message: 'failed', context: 'export' }),
  cancelled: msg({ message: 'cancelled', context: 'export' }),
} as const satisfies Record<ExportState, unknown>;

/** Everything that exports need, and nothing else: a button a format, what runs, what was saved. */
export function PlainExportsPage() {
  const eventId = useEventId();
  const { isReady, quick, active, over, history = [], totals, cancel, cleanUp } = useExport();
  const save = useMutation({ networkMode: 'always', mutationFn: (id: (typeof FORMAT_IDS)[number]) => quick[id]() });
  return (
    <Page
      title={t`Exports, plain`}
      size="sm"
      subtitle={
        <Anchor
          mod="alone"
          renderRoot={(props) => <Link to="/events/$eventId/exports" params={{ eventId }} {...props} />}
        >
          {t`All choices`}
        </Anchor>
      }
    >
      <Group gap="xs">
        {FORMAT_IDS.map((id) => (
          <Button key={id} variant="default" disabled={!isReady} onClick={() => save.mutate(id)}>
            {formatTitle(id)}
          </Button>
        ))}
      </Group>
      {save.isError && (
        <ExportProblem error={save.error} title={t`The export could not be started.`} wasBegun={false} />
      )}
      <Text role="status">
        {totals.active === 0
          ? t`Nothing is running.`
          : t`${{ count: formatCount(totals.active) }} running, ${{ percent: formatPercent(totals.records, totals.expectedRecords) }}.`}
      </Text>
      {active.map(({ id, fileName, progress }) => (
        <Group key={id} gap="sm">
          <Text flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
            <Trans>
              <bdi>{fileName}</bdi>: {phaseWord(progress)}, {percentOf(progress)}
            </Trans>
          </Text>
          <Button variant="default" aria-label={t`Cancel ${fileName}`} onClick={() => void cancel(id)}>
            {t`Cancel`}
          </Button>
        </Group>
      ))}
      {over.length > 0 && (
        <Group>
          <Button variant="subtle" onClick={cleanUp}>
            {t`Clear what is over`}
          </Button>
        </Group>
      )}
      <List>
        {history.map(({ id, fileName, state, manifest }) => (
          <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
            {manifest === null ? (
              <Trans>
                <bdi>{fileName}</bdi>: {i18n._(STATES[state])}
              </Trans>
            ) : (
              <Trans>
                <bdi>{fileName}</bdi>: {i18n._(STATES[state])}, {resultWords(manifest)}
              </Trans>
            )}
          </List.Item>
        ))}
      </List>
    </Page>
  );
}

function percentOf(progress: ExportProgress | null): string {
  return formatPercent(progress?.records ?? 0, progress?.expectedRecords ?? 0);
}
