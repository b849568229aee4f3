import { Alert, Badge, Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconHourglass } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Copyable } from '../../components/copyable.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ExportRecord, ExportState } from '../../database/database.ts';
import { formatCount, formatInstant } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { downloadDestination } from './destination.ts';
import { withExportWorker } from './export-pool.ts';
import { exportService } from './export-service.ts';
import { resultWords } from './export-words.ts';

const LOOKS = {
  queued: { word: 'Waiting', colour: 'gray', Icon: IconClock },
  running: { word: 'Running', colour: 'blue', Icon: IconHourglass },
  completed: { word: 'Completed', colour: 'green', Icon: IconCircleCheck },
  failed: { word: 'Failed', colour: 'red', Icon: IconCircleX },
  cancelled: { word: 'Cancelled', colour: 'gray', Icon: IconClock },
} as const satisfies Record<ExportState, unknown>;

/** The event's exports on this device: what they hold, and the proof that a file is whole. */
export function ExportHistory({ records }: { readonly records: readonly ExportRecord[] }) {
  if (records.length === 0) return null;
  return (
    <Section title="On this device">
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {records.map((record) => (
          <HistoryItem key={record.id} record={record} />
        ))}
      </Stack>
    </Section>
  );
}

function HistoryItem({ record }: { readonly record: ExportRecord }) {
  const { timeZone } = useEvent();
  const { fileName, state, startedAt, manifest, failure } = record;
  const { word, colour, Icon } = LOOKS[state];
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }} miw={0} flex="1 1 14rem">
            {fileName}
          </Text>
          <Badge variant="light" color={colour} size="lg" leftSection={<Icon size="1.1em" aria-hidden />}>
            {word}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {formatInstant(startedAt, timeZone)}
          {manifest !== null && ` · ${resultWords(manifest)}`}
          {failure !== null && ` · ${failure}`}
        </Text>
        {manifest !== null && <Proof record={record} />}
        {state !== 'running' && state !== 'queued' && <Actions record={record} />}
      </Stack>
    </Paper>
  );
}

/** How many reasons are shown; the manifest has more. */
const SHOWN_REASONS = 5;

function Proof({ record: { manifest } }: { readonly record: ExportRecord }) {
  if (manifest === null) return null;
  const { rejected, rejectedCount, sha256 } = manifest;
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          SHA-256
        </Text>
        <Copyable value={sha256} label="SHA-256" />
      </Group>
      {rejectedCount > 0 && (
        <Alert color="yellow" title={`${formatCount(rejectedCount)} records were set aside`}>
          {rejected.slice(0, SHOWN_REASONS).map(({ key, reason }) => (
            <Text key={key} size="sm">
              {key}: {reason}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}

function Actions({ record }: { readonly record: ExportRecord }) {
  const { id, staged, manifest } = record;
  const stagedCopy = async () => {
    const [only] = await withExportWorker((worker) => worker.call((api) => api.stagedFiles(id)));
    if (only === undefined) throw new Error('The browser has cleared this file. Export it again.');
    return only.file;
  };
  const saveAgain = useMutation({
    networkMode: 'always',
    mutationFn: () => exportService.save(id, downloadDestination()),
  });
  const verify = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File | null) => {
      const subject = file ?? (await stagedCopy());
      const found = await withExportWorker((worker) => worker.call((api) => api.hashFile(subject)));
      return found.sha256 === manifest?.sha256 && found.bytes === manifest.bytes;
    },
  });
  const forget = useMutation({
    networkMode: 'always',
    mutationFn: () => exportService.forget(id),
  });
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {staged.length > 0 && (
          <Button variant="default" loading={saveAgain.isPending} onClick={() => saveAgain.mutate()}>
            Save again
          </Button>
        )}
        {manifest !== null &&
          (staged.length !== 1 ? (
            <FileButton onChange={(file) => file !== null && verify.mutate(file)}>
              {(props) => (
                <Button variant="default" loading={verify.isPending} {...props}>
                  Verify a file
                </Button>
              )}
            </FileButton>
          ) : (
            <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate(null)}>
              Verify
            </Button>
          ))}
        <Button variant="subtle" color="gray" loading={forget.isPending} onClick={() => forget.mutate()}>
          Remove from the list
        </Button>
      </Group>
      <VerifyResult isWhole={verify.data} />
      {[saveAgain, verify, forget].map(
        ({ error }) => error !== null && <ProblemAlert key={error.message} error={error} title="That did not work." />,
      )}
    </Stack>
  );
}

function VerifyResult({ isWhole }: { readonly isWhole: boolean | undefined }) {
  if (isWhole === undefined) return null;
  return isWhole ? (
    <Text size="sm" role="status">
      The file is whole: its size and SHA-256 are those of the export.
    </Text>
  ) : (
    <Alert role="alert" color="red" title="This is not the file that was exported.">
      It was changed since, or it is another file. Export the tickets again for a whole one.
    </Alert>
  );
}
