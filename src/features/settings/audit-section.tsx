import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Button, Center, EmptyState, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '../../../core/api/audit.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInstant } from '../../utils/format.ts';
import { isolated } from '../../utils/isolated.ts';
import { meQuery } from '../session/api/get-me.ts';
import { auditQuery } from './api/get-audit.ts';
import { detailWords, subjectWords } from './audit-words.ts';

/** Who did what on this server; each line's hash covers the one before, so that none can be changed unnoticed. */
export function AuditSection() {
  const audit = useInfiniteQuery(auditQuery);
  const { data: me } = useQuery(meQuery);
  const entries = audit.data?.pages.flat() ?? [];
  if (audit.isPending) return <Skeleton h="16rem" />;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t`Everything that was done on this server, all events together, newest first.`}
      </Text>
      {audit.error !== null && (
        <ProblemAlert
          error={audit.error}
          title={t`The log could not be loaded.`}
          onRetry={() => void audit.refetch()}
        />
      )}
      {entries.length === 0 && audit.error === null && (
        <EmptyState icon={<IconHistory aria-hidden />} title={t`Nothing was done yet`} />
      )}
      {entries.length > 0 && <AuditTable entries={entries} ownId={me?.id ?? ''} />}
      {audit.hasNextPage && (
        <Center>
          <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t`Show earlier`}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

/** On a phone one column, so that nothing lies beside the screen. */
function AuditTable({ entries, ownId }: { readonly entries: readonly AuditEntry[]; readonly ownId: string }) {
  return (
    <Table>
      <Table.Thead visibleFrom="sm">
        <Table.Tr>
          <Table.Th>{t`When`}</Table.Th>
          <Table.Th>{t`Who`}</Table.Th>
          <Table.Th>{t({ message: 'What', context: 'was done' })}</Table.Th>
          <Table.Th>{t`Details`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => {
          const [who, when, details] = [whoOf(entry, ownId), formatInstant(entry.at), detailWords(entry)];
          return (
            <Table.Tr key={entry.seq}>
              <Table.Td visibleFrom="sm">{when}</Table.Td>
              <Table.Td visibleFrom="sm">{who}</Table.Td>
              <Table.Td>
                {actionWords(entry.action)}
                <Text size="xs" c="dimmed" ff="monospace">
                  <bdi>{subjectWords(entry)}</bdi>
                </Text>
                <Text size="sm" c="dimmed" hiddenFrom="sm">
                  {details}
                </Text>
                <Text size="sm" c="dimmed" hiddenFrom="sm">
                  {when} · {who}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{details}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function whoOf({ actorId }: AuditEntry, ownId: string): string {
  if (actorId === ownId) return t`You`;
  const [, device] = /^gate-device (\w+)$/.exec(actorId) ?? [];
  if (device !== undefined) return t`Device ${{ id: isolated(device.slice(0, 6)) }}`;
  return actorId === 'system' ? t`The server` : t`Person ${{ id: isolated(actorId.slice(0, 6)) }}`;
}

const ACTIONS: Readonly<Record<string, MessageDescriptor>> = {
  'batch.approve': msg`Batch: approve`,
  'batch.declare': msg`Batch: declare`,
  'batch.seal': msg`Batch: seal`,
  'batch.withdraw-approval': msg`Batch: withdraw approval`,
  'event.create': msg`Event: create`,
  'event.remove': msg`Event: remove`,
  'event.update': msg`Event: update`,
  'export-template.create': msg`Export template: create`,
  'export-template.delete': msg`Export template: delete`,
  'export-template.update': msg`Export template: update`,
  'admission-rules.update': msg`Admission rules: update`,
  'gate.create': msg`Gate: create`,
  'gate.override': msg`Gate: let in all the same`,
  'gate.update': msg`Gate: update`,
  'gate-device.pair': msg`Gate device: pair`,
  'gate-device.rename': msg`Gate device: rename`,
  'gate-device.revoke': msg`Gate device: revoke`,
  'gate-pairing.cancel': msg`Gate pairing: cancel`,
  'gate-pairing.open': msg`Gate pairing: open`,
  'gate-pairing.refuse': msg`Gate pairing: refuse`,
  'ticket.correct': msg`Ticket: correct`,
  'tickets.revoke': msg`Tickets: revoke`,
  'tickets.unrevoke': msg`Tickets: unrevoke`,
  'type.create': msg`Type: create`,
  'type.update': msg`Type: update`,
  'user.create': msg`User: create`,
};

/** `batch.declare` is "Batch: declare". */
function actionWords(action: string): string {
  const words = ACTIONS[action];
  if (words !== undefined) return i18n._(words);
  const [noun = '', verb = ''] = action.split('.');
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`.replaceAll('-', ' ');
}
