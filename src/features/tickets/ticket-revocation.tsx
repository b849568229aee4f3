import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { reasonWords } from '../batches/reason-words.ts';
import { useMakeChange } from '../changes/make-change.ts';
import type { ShownRevocation } from '../changes/overlay.ts';
import { UndoChange } from '../changes/waiting-mark.tsx';

interface TicketRevocationProps {
  readonly batch: BatchView;
  readonly serial: number;
  readonly revocation: ShownRevocation | undefined;
}

/** Ends this one ticket, or takes back what ended it. */
export function TicketRevocation({ batch, serial, revocation }: TicketRevocationProps) {
  return (
    <Panel title={revocation === undefined ? t`Revoke` : t`Revoked`}>
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
  const revoke = useMakeChange(batch.eventId);
  const submit = () =>
    revoke.mutate(
      { kind: 'revoke', batch: batch.id, from: serial, to: serial, reason: reason.trim() },
      {
        onSuccess: (outcome) => {
          const ticket = formatCount(serial);
          const message =
            outcome === 'on-server'
              ? t`Ticket ${ticket} is revoked.`
              : t`Ticket ${ticket} is revoked on this device, not yet on the server.`;
          notifications.show({ message });
        },
      },
    );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t`Gates refuse it from then on. It can be taken back.`}
      </Text>
      <TextInput
        label={t`Reason`}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {revoke.error !== null && <ProblemAlert error={revoke.error} title={t`The ticket was not revoked.`} />}
      <Group>
        <Button color="red" variant="light" disabled={reason.trim() === ''} loading={revoke.isPending} onClick={submit}>
          {t`Revoke ticket ${{ serial: formatCount(serial) }}`}
        </Button>
      </Group>
    </Stack>
  );
}

function UndoForm({ eventId, revocation }: { readonly eventId: string; readonly revocation: ShownRevocation }) {
  const undo = useMakeChange(eventId);
  const { id, batch, from, to, waiting } = revocation;
  const others = to - from;
  const takeBack = () => undo.mutate({ kind: 'undo-revocation', revocationId: id, batch, from, to });
  return (
    <Stack gap="sm">
      <Text size="sm">{t`Reason: ${{ reason: reasonWords(revocation) }}`}</Text>
      {others > 0 && (
        <Text size="sm" c="dimmed">
          {t`The same revocation ended ${{ tickets: formatTickets(others) }} more; taking it back brings back all of them.`}
        </Text>
      )}
      {undo.error !== null && <ProblemAlert error={undo.error} title={t`The revocation still holds.`} />}
      <Group>
        {waiting === undefined ? (
          <Button variant="default" loading={undo.isPending} onClick={takeBack}>
            {t`Take back for ${{ tickets: formatTickets(others + 1) }}`}
          </Button>
        ) : (
          <UndoChange change={waiting} label={t`Undo for ${{ tickets: formatTickets(others + 1) }}`} />
        )}
      </Group>
    </Stack>
  );
}
