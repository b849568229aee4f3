import { Alert, Button, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ExportRecord } from '../../database/database.ts';
import { formatAbout, formatBytes, formatCount, formatTickets } from '../../utils/format.ts';
import { Section } from '../mint/section.tsx';
import { type Estimate, estimateExport, exportNotes } from './estimate.ts';
import { FolderLine } from './folder-line.tsx';
import { type ExportDraft, useStartExport } from './use-start-export.ts';

interface CheckStepProps {
  readonly draft: ExportDraft;
  readonly history: readonly ExportRecord[];
  readonly onBack: () => void;
  readonly onStarted: (exportId: string) => void;
}

/** The second step: how much, how long, what to know, where it goes, and the button that starts it. */
export function CheckStep({ draft, history, onBack, onStarted }: CheckStepProps) {
  const { start, folder } = useStartExport();
  const estimate = estimateExport(draft.batches, history);
  const connectionState = useSyncExternalStore(connection.subscribe, () => connection.state);
  const bytesAvailable = useBytesAvailable();
  const notes = exportNotes({ batches: draft.batches, estimate, connectionState, bytesAvailable });
  const save = useMutation({
    networkMode: 'always',
    mutationFn: (where: 'ask' | 'download') => start(draft, where),
    onSuccess: (id) => id !== null && onStarted(id),
  });
  return (
    <Section title="Check" takesFocus>
      <Numbers estimate={estimate} />
      {notes.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Good to know before you start">
          <List size="sm" spacing={4}>
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <FolderLine folder={folder} />
      {save.isSuccess && save.data === null && <Text role="status">No file was chosen, so nothing was saved.</Text>}
      {save.isError && <ProblemAlert error={save.error} title="The export could not be started." />}
      <Group gap="sm">
        <Button size="md" loading={save.isPending} disabled={folder === undefined} onClick={() => save.mutate('ask')}>
          Save {formatTickets(estimate.tickets)}
        </Button>
        <Button size="md" variant="default" disabled={save.isPending} onClick={() => save.mutate('download')}>
          Download
        </Button>
        <Button size="md" variant="subtle" disabled={save.isPending} onClick={onBack}>
          Back
        </Button>
      </Group>
    </Section>
  );
}

function Numbers({ estimate: { tickets, bytes, durationMs } }: { readonly estimate: Estimate }) {
  const facts = [
    { label: 'Tickets', value: formatCount(tickets) },
    { label: 'File', value: `about ${formatBytes(bytes)}` },
    { label: 'Time', value: formatAbout(durationMs) },
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" verticalSpacing={4}>
      {facts.map(({ label, value }) => (
        <Stack key={label} gap={0}>
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text fz="h3" fw={650}>
            {value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

function useBytesAvailable(): number | null {
  const { data = null } = useQuery({
    queryKey: ['storage-available'],
    networkMode: 'always',
    queryFn: async () => {
      const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
      return quota === undefined ? null : quota - (usage ?? 0);
    },
    gcTime: 0,
  });
  return data;
}
