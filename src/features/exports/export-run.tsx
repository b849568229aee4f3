import { Alert, Button, Group, SimpleGrid, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { CountBar } from '../../components/count-bar.tsx';
import { formatAbout, formatBytes, formatCount } from '../../utils/format.ts';
import { ExportProblem } from './export-problem.tsx';
import { exportService, type LiveExport } from './export-service.ts';
import { phaseWord, placeWords, resultWords } from './export-words.ts';
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
      {live.state === 'cancelled' && <Text>Cancelled. No file was left.</Text>}
    </Stack>
  );
}

function Running({ live: { id, fileName, state, progress } }: Pick<ExportRunProps, 'live'>) {
  const { records = 0, expectedRecords = 0, bytes = 0, recordsPerSecond = 0, remainingMs = null } = progress ?? {};
  const facts = [
    { label: 'Tickets', value: `${formatCount(records)} of ${formatCount(expectedRecords)}` },
    { label: 'Written', value: formatBytes(bytes) },
    { label: 'Rate', value: recordsPerSecond > 0 ? `${formatCount(Math.round(recordsPerSecond))} a second` : '–' },
    { label: 'Time left', value: remainingMs === null ? '–' : formatAbout(remainingMs) },
  ];
  return (
    <>
      <Text fw={600} truncate>
        {fileName}
      </Text>
      <CountBar label={`Tickets written to ${fileName}`} value={records} total={expectedRecords} size="1.5rem" />
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
          {state === 'queued' ? 'Waits until another export is done' : phaseWord(progress)}
        </Text>
        <Button variant="default" onClick={() => void exportService.cancel(id)}>
          Cancel
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
        {needsSaving ? 'It is whole, and waits in the browser’s own files until you save it.' : placeWords(outcome)}
      </Text>
      {needsSaving && isListed !== true && (
        <Group>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Save it now
          </Button>
        </Group>
      )}
      {save.error !== null && <ExportProblem error={save.error} title="The file was not saved." wasBegun={false} />}
      {outcome.stagedBecause !== null && (
        <Text size="sm">It could not be written where you chose: {outcome.stagedBecause}.</Text>
      )}
      {!isUpToDate && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="The server could not be asked.">
          Corrections and revocations are those this device last heard of.
        </Alert>
      )}
    </Stack>
  );
}

function Failed({ live: { id, error }, onDownloadInstead }: ExportRunProps) {
  const retry = useMutation({ networkMode: 'always', mutationFn: () => exportService.retry(id) });
  return (
    <Stack gap="xs">
      <ExportProblem error={error} onRetry={() => retry.mutate()}>
        {onDownloadInstead !== undefined && (
          <Button variant="default" onClick={onDownloadInstead}>
            Try again as a download
          </Button>
        )}
      </ExportProblem>
      {retry.error !== null && <ExportProblem error={retry.error} title="The export was not started again." />}
    </Stack>
  );
}

/** Screen readers hear progress at steps of 10 %, and results at once. */
function Announcer({ live: { state, progress, outcome } }: Pick<ExportRunProps, 'live'>) {
  const { records = 0, expectedRecords = 0 } = progress ?? {};
  const tenths = expectedRecords === 0 ? 0 : Math.floor((10 * records) / expectedRecords);
  const words = {
    preparing: 'Preparing the export',
    queued: 'Waiting for its turn',
    running: `${10 * tenths} percent written`,
    completed: outcome === null ? '' : `Done: ${resultWords(outcome.manifest)}`,
    // The alert speaks for itself.
    failed: '',
    cancelled: 'Cancelled',
  };
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words[state]}
    </VisuallyHidden>
  );
}
