import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Revocation } from '../../../core/api/batch.ts';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { useRevoke } from '../batches/api/revoke.ts';
import { useUndoRevocation } from '../batches/api/undo-revocation.ts';
import type { BatchView } from '../batches/batch-view.ts';

interface TicketRevocationProps {
  readonly batch: BatchView;
  readonly serial: number;
  readonly revocation: Revocation | undefined;
}

/** Ends this one ticket, or takes back what ended it. */
export function TicketRevocation({ batch, serial, revocation }: TicketRevocationProps) {
  return (
    <Panel title={revocation === undefined ? 'Revoke' : 'Revoked'}>
      {revocation === undefined ? (
        <RevokeForm batch={batch} serial={serial} />
      ) : (
        <UndoForm eventId={batch.eventId} revocation={revocation} />
      )}
    </Panel>
  );
}

function RevokeForm({ batch, serial }: { readonly batch: BatchView; readonly serial: number }) {
  const [reason, setReason] = useState('');
  const revoke = useRevoke(batch.eventId);
  const submit = () =>
    revoke.mutate(
      { batch: batch.id, from: serial, to: serial, reason: reason.trim() },
      { onSuccess: () => notifications.show({ message: `Ticket ${formatCount(serial)} is revoked.` }) },
    );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Gates refuse it from then on. It can be taken back.
      </Text>
      <TextInput
        label="Reason"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {revoke.error !== null && <ProblemAlert error={revoke.error} title="The ticket was not revoked." />}
      <Group>
        <Button color="red" variant="light" disabled={reason.trim() === ''} loading={revoke.isPending} onClick={submit}>
          Revoke ticket {formatCount(serial)}
        </Button>
      </Group>
    </Stack>
  );
}

function UndoForm({ eventId, revocation }: { readonly eventId: string; readonly revocation: Revocation }) {
  const undo = useUndoRevocation(eventId);
  const others = revocation.to - revocation.from;
  return (
    <Stack gap="sm">
      <Text size="sm">Reason: {revocation.reason}</Text>
      {others > 0 && (
        <Text size="sm" c="dimmed">
          The same revocation ended {formatTickets(others)} more; taking it back brings back all of them.
        </Text>
      )}
      {undo.error !== null && <ProblemAlert error={undo.error} title="The revocation still holds." />}
      <Group>
        <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(revocation.id)}>
          Take back for {formatTickets(others + 1)}
        </Button>
      </Group>
    </Stack>
  );
}
