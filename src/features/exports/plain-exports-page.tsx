import { Anchor, Button, Group, List, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EXPORT_FORMATS, FORMAT_IDS } from '../../../core/export/registry.ts';
import { Page } from '../../components/page.tsx';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import { ExportProblem } from './export-problem.tsx';
import { phaseWord, resultWords } from './export-words.ts';
import { useExport } from './use-export.ts';

/** Everything that exports need, and nothing else: a button a format, what runs, what was saved. */
export function PlainExportsPage() {
  const eventId = useEventId();
  const { isReady, quick, active, over, history = [], totals, cancel, cleanUp } = useExport();
  const save = useMutation({ networkMode: 'always', mutationFn: (id: (typeof FORMAT_IDS)[number]) => quick[id]() });
  return (
    <Page
      title="Exports, plain"
      size="sm"
      subtitle={
        <Anchor
          mod="alone"
          renderRoot={(props) => <Link to="/events/$eventId/exports" params={{ eventId }} {...props} />}
        >
          All choices
        </Anchor>
      }
    >
      <Group gap="xs">
        {FORMAT_IDS.map((id) => (
          <Button key={id} variant="default" disabled={!isReady} onClick={() => save.mutate(id)}>
            {EXPORT_FORMATS[id].title}
          </Button>
        ))}
      </Group>
      {save.isError && <ExportProblem error={save.error} title="The export could not be started." wasBegun={false} />}
      <Text role="status">
        {totals.active === 0
          ? 'Nothing is running.'
          : `${formatCount(totals.active)} running, ${formatPercent(totals.records, totals.expectedRecords)}.`}
      </Text>
      {active.map(({ id, fileName, progress }) => (
        <Group key={id} gap="sm">
          <Text flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
            {fileName}: {phaseWord(progress)}, {formatPercent(progress?.records ?? 0, progress?.expectedRecords ?? 0)}
          </Text>
          <Button variant="default" aria-label={`Cancel ${fileName}`} onClick={() => void cancel(id)}>
            Cancel
          </Button>
        </Group>
      ))}
      {over.length > 0 && (
        <Group>
          <Button variant="subtle" onClick={cleanUp}>
            Clear what is over
          </Button>
        </Group>
      )}
      <List>
        {history.map(({ id, fileName, state, manifest }) => (
          <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
            {fileName}: {state}
            {manifest !== null && `, ${resultWords(manifest)}`}
          </List.Item>
        ))}
      </List>
    </Page>
  );
}
