import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHourglass, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInstant, formatTickets } from '../../utils/format.ts';
import { isolated } from '../../utils/isolated.ts';
import { useEvent } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';
import { useSetApproval } from './api/change-approval.ts';
import { isWaitingForApproval } from './approval-state.ts';
import type { BatchView } from './batch-view.ts';

/** That gates do not know the batch yet, what is at stake, and for administrators the button. */
export function ApprovalAlert({ batch }: { readonly batch: BatchView }) {
  const event = useEvent();
  const { data: me } = useQuery(meQuery);
  if (!isWaitingForApproval(batch, event)) return null;
  const isAdmin = me?.role === 'admin';
  return (
    <Alert color="yellow" icon={<IconHourglass aria-hidden />} title={t`Waiting for approval`}>
      <Stack gap="xs">
        <Text size="sm">
          {t`Gates refuse these tickets until an administrator has approved the batch. Approve it only if you know who minted it, and why.`}
        </Text>
        {isAdmin && batch.server !== undefined && <ApproveButton batch={batch} />}
        {!isAdmin && <Text size="sm">{t`Ask an administrator to open this page.`}</Text>}
        {batch.server === undefined && <Text size="sm">{t`It can be approved once the server knows of it.`}</Text>}
      </Stack>
    </Alert>
  );
}

/** Lets gates have a batch; says how many tickets that lets in. The way back is on the batch's page. */
export function ApproveButton({ batch }: { readonly batch: BatchView }) {
  const set = useSetApproval(batch.eventId, batch.id);
  const tickets = formatTickets(batch.count);
  const approve = () =>
    set.mutate(true, {
      onSuccess: () => notifications.show({ message: t`Approved: gates let in ${tickets} from their next sync.` }),
    });
  return (
    <>
      <Group>
        <Button leftSection={<IconShieldCheck aria-hidden />} loading={set.isPending} onClick={approve}>
          {t`Approve ${tickets}`}
        </Button>
      </Group>
      {set.error !== null && <ProblemAlert error={set.error} title={t`The batch still waits.`} />}
    </>
  );
}

/** Who approved the batch, and the way back; for administrators. */
export function ApprovalPanel({ batch }: { readonly batch: BatchView }) {
  const { approval: isAsked, timeZone } = useEvent();
  const { data: me } = useQuery(meQuery);
  const set = useSetApproval(batch.eventId, batch.id);
  const { server } = batch;
  const approval = server?.approval;
  if (server === undefined || approval === null) return null;
  if (approval === undefined && isAsked !== true) return null;
  const tickets = formatTickets(batch.count);
  const withdraw = () =>
    set.mutate(false, {
      onSuccess: () => notifications.show({ message: t`Withdrawn: gates refuse ${tickets} from their next sync.` }),
    });
  return (
    <Panel title={t`Approval`}>
      <Stack gap="sm">
        <Text size="sm">
          {approval === undefined
            ? t`Gates have this batch: nobody had to approve it when it was minted.`
            : t`Approved by ${{ name: isolated(approval.by) }}, ${{ time: formatInstant(approval.at, timeZone) }}.`}
        </Text>
        {me?.role === 'admin' && (
          <>
            <Text size="sm" c="dimmed">
              {t`Without it gates refuse all ${tickets} from their next sync. Who is in by now stays counted as on site, and cannot be scanned out. It can be approved again.`}
            </Text>
            {set.error !== null && <ProblemAlert error={set.error} title={t`Gates still have the batch.`} />}
            <Group>
              <Button color="red" variant="light" loading={set.isPending} onClick={withdraw}>
                {t`Withdraw the approval`}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Panel>
  );
}
