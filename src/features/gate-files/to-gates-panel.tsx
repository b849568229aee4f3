import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconDeviceFloppy, IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { countSeqs } from '../../../core/chunk/seq-ranges.ts';
import { Panel } from '../../components/facts.tsx';
import { lastFileTime, type OwnGate, ownGates } from '../../database/hub-records.ts';
import { formatSince, formatTickets } from '../../utils/format.ts';
import { useChanges } from '../changes/use-changes.ts';
import { useEvent } from '../events/use-event.ts';
import { useStored } from '../store/use-stored.ts';
import { FileProblem } from './file-problem.tsx';
import { makeGateFile } from './hub.ts';
import { type HubKnowledge, hubKnowledge } from './hub-knowledge.ts';
import { NewOwnGate } from './new-own-gate.tsx';
import { gateFileName, saveGateFile } from './save-file.ts';

/** What this device knows, and the file that tells the gates. */
export function ToGatesPanel() {
  const event = useEvent();
  const queryClient = useQueryClient();
  const changes = useChanges();
  const own = useStored(() => ownGates(event.id), [event.id], []);
  const savedAt = useStored(() => lastFileTime(event.id), [event.id], null);
  const known = useQuery({
    queryKey: ['events', event.id, 'gate-files', 'known', changes, own],
    queryFn: () => hubKnowledge(queryClient, event.id),
    enabled: own !== undefined,
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: () =>
      saveGateFile(
        gateFileName(event, 'gate', Date.now()),
        async () => (await makeGateFile(queryClient, event.id)).bytes,
      ),
  });
  const hasGate = known.data?.setup.gates.some(({ archivedAt }) => archivedAt === null) === true;
  return (
    <Panel title={t`To the gates`}>
      <Stack gap="sm" align="stretch">
        {known.isPending && <Skeleton h="4rem" />}
        {known.error !== null && <FileProblem error={known.error} safe={t`No file was made.`} />}
        {known.data !== undefined && <Known knowledge={known.data} own={own ?? []} />}
        <NewOwnGate isFirst={known.data !== undefined && !hasGate} />
        <Group gap="sm">
          <Button
            leftSection={<IconDeviceFloppy size="1.1em" aria-hidden />}
            disabled={!hasGate}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t`Save gate file`}
          </Button>
          {savedAt != null && (
            <Text size="sm" c="dimmed">
              {t`The last one: ${{ time: formatSince(savedAt) }}`}
            </Text>
          )}
        </Group>
        {save.error !== null && <FileProblem error={save.error} safe={t`No file was left.`} />}
        {save.data != null && (
          <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title={t`The gate file is saved`}>
            {save.data.isDownload
              ? t`It is handed to the browser’s downloads as “${{ name: save.data.fileName }}”. Bring it to every gate.`
              : t`It is in “${{ name: save.data.fileName }}”. Bring it to every gate.`}
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}

function Known({ knowledge, own }: { readonly knowledge: HubKnowledge; readonly own: readonly OwnGate[] }) {
  const { setup, batches, withheld, isPartial } = knowledge;
  const gates = setup.gates.filter(({ archivedAt }) => archivedAt === null);
  const tickets = batches.reduce((sum, { count }) => sum + count, 0);
  const revoked = batches.reduce((sum, batch) => sum + countSeqs(batch.revoked), 0);
  const unsent = new Set(own.filter(({ state }) => state !== 'sent').map(({ gate }) => gate.id));
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t`Tells them of ${{ tickets: formatTickets(tickets) }} in ${{ batches: batchWords(batches.length) }}, ${{ revoked: revokedWords(revoked) }}, and of who is in by the scans that were brought back.`}
      </Text>
      {gates.length > 0 && (
        <List size="sm" spacing={2}>
          {gates.map(({ id, name }) => (
            <List.Item key={id}>
              <bdi>{name}</bdi>
              {unsent.has(id) && <> · {t`made here, not on the server yet`}</>}
            </List.Item>
          ))}
        </List>
      )}
      {withheld.length > 0 && (
        <Text size="sm">
          {plural(withheld.length, {
            one: '# batch is left out until an administrator approves it.',
            other: '# batches are left out until an administrator approves them.',
          })}
        </Text>
      )}
      {isPartial && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title={t`Only what was made on this device`}>
          {t`The server was never asked from here what was minted and revoked elsewhere, and cannot be reached now.`}
        </Alert>
      )}
    </Stack>
  );
}

function batchWords(count: number): string {
  return plural(count, { one: '# batch', other: '# batches' });
}

function revokedWords(count: number): string {
  return plural(count, { 0: 'none of them revoked', one: '# of them revoked', other: '# of them revoked' });
}
