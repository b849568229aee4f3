import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, SimpleGrid, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ExportOutcome } from '../../../core/export/job.ts';
import { CountBar } from '../../components/count-bar.tsx';
import { formatAbout, formatBytes, formatCount } from '../../utils/format.ts';
import { ExportProblem } from './export-problem.tsx';
import { exportService, type LiveExport } from './export-service.ts';
import { phaseWord, rateWords, resultWords } from './export-words.ts';
import { exportFaultWords } from './fault-words.ts';
import { isOver } from './live-exports.ts';

interface ExportRunProps {
  readonly live: LiveExport;
  /** Whether the list of exports stands beneath, with the button that saves it. */
  readonly isListed?: boolean;
  /** Runs the same export again, as a download. */
  readonly onDownloadInstead?: (() => void) | undefined;
}

/** One export of this tab: how far it is, or what came of it. */
export function ExportRun({ live, isListed = false, onDownloadInstead }: ExportRunProps) {
  return (
    <Stack gap="sm">
      <Announcer live={live} />
      {!isOver(live) && <Running live={live} />}
      {live.state === 'completed' && <Completed live={live} isListed={isListed} />}
      {live.state === 'failed' && <Failed live={live} onDownloadInstead={onDownloadInstead} />}
      {live.state === 'cancelled' && <Text>{t`Cancelled. No file was left.`}</Text>}
    </Stack>
  );
}

function Running({ live: { id, fileName, state, progress } }: Pick<ExportRunProps, 'live'>) {
  const { records = 0, expectedRecords = 0, bytes = 0, recordsPerSecond = 0, remainingMs = null } = progress ?? {};
  const facts = [
    { label: t`Records`, value: t`${{ done: formatCount(records) }} of ${{ total: formatCount(expectedRecords) }}` },
    { label: t`Written`, value: formatBytes(bytes) },
    { label: t`Rate`, value: recordsPerSecond > 0 ? rateWords(recordsPerSecond) : '–' },
    { label: t`Time left`, value: remainingMs === null ? '–' : formatAbout(remainingMs) },
  ];
  return (
    <>
      <Text fw={600} truncate>
        <bdi>{fileName}</bdi>
      </Text>
      <CountBar label={t`Written to ${fileName}`} value={records} total={expectedRecords} size="1.5rem" />
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="sm" verticalSpacing={4}>
        {facts.map(({ label, value }) => (
          <Stack key={label} gap={0}>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
            <Text fw={600}>{value}</Text>
          </Stack>
        ))}
      </SimpleGrid>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {state === 'queued' ? t`Waits until another export is done` : phaseWord(progress)}
        </Text>
        <Button variant="default" onClick={() => void exportService.cancel(id)}>
          {t`Cancel`}
        </Button>
      </Group>
    </>
  );
}

function Completed({ live, isListed }: Pick<ExportRunProps, 'live' | 'isListed'>) {
  const { id, outcome, isUpToDate, needsSaving } = live;
  const save = useMutation({ networkMode: 'always', mutationFn: () => exportService.save(id) });
  if (outcome === null) return null;
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconCircleCheck color="var(--mantine-color-green-text)" aria-hidden style={{ flexShrink: 0 }} />
        <Text fw={600}>{resultWords(outcome.manifest)}</Text>
      </Group>
      <Text size="sm">
        {needsSaving ? (
          t`It is whole, and waits in the browser’s own files until you save it.`
        ) : (
          <Place outcome={outcome} />
        )}
      </Text>
      {needsSaving && isListed !== true && (
        <Group>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t`Save it now`}
          </Button>
        </Group>
      )}
      {save.error !== null && <ExportProblem error={save.error} title={t`The file was not saved.`} wasBegun={false} />}
      {outcome.stagedBecause !== null && (
        <Text size="sm">{t`It could not be written where you chose: ${{ reason: exportFaultWords(outcome.stagedBecause) }}.`}</Text>
      )}
      {!isUpToDate && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`The server could not be asked.`}>
          {t`Corrections and revocations are those this device last heard of.`}
        </Alert>
      )}
    </Stack>
  );
}

/** Where the file is now. */
function Place({ outcome: { place, manifest } }: { readonly outcome: ExportOutcome }) {
  const { fileName } = manifest;
  if (place === 'folder')
    return (
      <Trans>
        It is in the export folder as “<bdi>{fileName}</bdi>”, with its manifest beside it.
      </Trans>
    );
  if (place === 'file')
    return (
      <Trans>
        It is saved as “<bdi>{fileName}</bdi>”.
      </Trans>
    );
  return (
    <Trans>
      It is handed to the browser’s downloads as “<bdi>{fileName}</bdi>”.
    </Trans>
  );
}

function Failed({ live: { id, error }, onDownloadInstead }: ExportRunProps) {
  const retry = useMutation({ networkMode: 'always', mutationFn: () => exportService.retry(id) });
  return (
    <Stack gap="xs">
      <ExportProblem error={error} onRetry={() => retry.mutate()}>
        {onDownloadInstead !== undefined && (
          <Button variant="default" onClick={onDownloadInstead}>
            {t`Try again as a download`}
          </Button>
        )}
      </ExportProblem>
      {retry.error !== null && <ExportProblem error={retry.error} title={t`The export was not started again.`} />}
    </Stack>
  );
}

/** Screen readers hear progress at steps of 10 %, and results at once. */
function Announcer({ live: { state, progress, outcome } }: Pick<ExportRunProps, 'live'>) {
  const { records = 0, expectedRecords = 0 } = progress ?? {};
  const tenths = expectedRecords === 0 ? 0 : Math.floor((10 * records) / expectedRecords);
  const words = {
    preparing: t`Preparing the export`,
    queued: t`Waiting for its turn`,
    running: t`${{ percent: formatCount(10 * tenths) }} percent written`,
    completed: outcome === null ? '' : t`Done: ${{ result: resultWords(outcome.manifest) }}`,
    // The alert speaks for itself.
    failed: '',
    cancelled: t({ message: 'Cancelled', context: 'export' }),
  };
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words[state]}
    </VisuallyHidden>
  );
}
