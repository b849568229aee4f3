import { t } from '@lingui/core/macro';
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { useMakeChange } from '../changes/make-change.ts';
import type { BatchView } from './batch-view.ts';

/** Ends a range of serials, or the whole batch: names what and how many, and can be taken back in the history. */
export function RevokePanel({ batch, typeName }: { readonly batch: BatchView; readonly typeName: string }) {
  const [from, setFrom] = useState<number | string>(1);
  const [to, setTo] = useState<number | string>(batch.count);
  const [reason, setReason] = useState('');
  const revoke = useMakeChange(batch.eventId);
  const [first, last] = [Number(from), Number(to)];
  const isRange = first >= 1 && last >= first && last <= batch.count;
  const what =
    isRange && last - first + 1 === batch.count
      ? t`all ${{ tickets: formatTickets(batch.count) }}`
      : formatTickets(isRange ? last - first + 1 : 0);
  const submit = () =>
    revoke.mutate(
      { kind: 'revoke', batch: batch.id, from: first, to: last, reason: reason.trim() },
      {
        onSuccess: (outcome) => {
          setReason('');
          const message =
            outcome === 'on-server'
              ? t`${what} of ${typeName} revoked. Take it back under Revocations.`
              : t`${what} of ${typeName} revoked on this device, not yet on the server. Take it back under Revocations.`;
          notifications.show({ message });
        },
      },
    );
  return (
    <Panel title={t`Revoke tickets`}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t`Gates refuse a revoked ticket. A revocation can be taken back.`}
        </Text>
        <Group grow gap="sm" align="flex-start">
          <Serial label={t`From serial`} value={from} max={batch.count} onChange={setFrom} />
          <Serial label={t`To serial`} value={to} max={batch.count} onChange={setTo} />
        </Group>
        <TextInput
          label={t`Reason`}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {revoke.error !== null && <ProblemAlert error={revoke.error} title={t`Nothing was revoked.`} />}
        <Group>
          <Button
            color="red"
            variant="light"
            disabled={!isRange || reason.trim() === ''}
            loading={revoke.isPending}
            onClick={submit}
          >
            {isRange
              ? t`Revoke ${what} of ${typeName}`
              : t`Choose serials from 1 to ${{ count: formatCount(batch.count) }}`}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

interface SerialProps {
  readonly label: string;
  readonly value: number | string;
  readonly max: number;
  readonly onChange: (value: number | string) => void;
}

function Serial({ label, value, max, onChange }: SerialProps) {
  return (
    <NumberInput
      label={label}
      value={value}
      min={1}
      max={max}
      allowDecimal={false}
      thousandSeparator
      hideControls
      onChange={onChange}
    />
  );
}
