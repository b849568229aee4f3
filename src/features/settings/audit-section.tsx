import { Button, Center, EmptyState, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '../../../core/api/audit.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInstant } from '../../utils/format.ts';
import { meQuery } from '../session/api/get-me.ts';
import { auditQuery } from './api/get-audit.ts';

/** Who did what on this server; each line's hash covers the one before, so that none can be changed unnoticed. */
export function AuditSection() {
  const audit = useInfiniteQuery(auditQuery);
  const { data: me } = useQuery(meQuery);
  const entries = audit.data?.pages.flat() ?? [];
  if (audit.isPending) return <Skeleton h="16rem" />;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Everything that was done on this server, all events together, newest first.
      </Text>
      {audit.error !== null && (
        <ProblemAlert error={audit.error} title="The log could not be loaded." onRetry={() => void audit.refetch()} />
      )}
      {entries.length === 0 && audit.error === null && (
        <EmptyState icon={<IconHistory aria-hidden />} title="Nothing was done yet" />
      )}
      {entries.length > 0 && <AuditTable entries={entries} ownId={me?.id ?? ''} />}
      {audit.hasNextPage && (
        <Center>
          <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            Show earlier
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function AuditTable({ entries, ownId }: { readonly entries: readonly AuditEntry[]; readonly ownId: string }) {
  return (
    <Table.ScrollContainer minWidth="40rem" type="native" role="region" aria-label="What was done" tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Details</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.seq}>
              <Table.Td>{formatInstant(entry.at)}</Table.Td>
              <Table.Td>{whoOf(entry, ownId)}</Table.Td>
              <Table.Td>
                {actionWords(entry.action)}
                <Text size="xs" c="dimmed" ff="monospace">
                  {entry.subject}
                </Text>
              </Table.Td>
              <Table.Td>{detailWords(entry)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function whoOf({ actorId }: AuditEntry, ownId: string): string {
  if (actorId === ownId) return 'You';
  return actorId === 'system' ? 'The server' : `Person ${actorId.slice(0, 6)}`;
}

/** `batch.declare` is "Batch: declare". */
function actionWords(action: string): string {
  const [noun = '', verb = ''] = action.split('.');
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`.replaceAll('-', ' ');
}

function detailWords({ details }: AuditEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
