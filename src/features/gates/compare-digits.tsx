import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Pairing } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { useConfirmPairing } from './api/pairing.ts';
import { Digits } from './digits.tsx';

interface CompareDigitsProps {
  readonly pairingId: string;
  readonly gateName: string;
  readonly device: NonNullable<Pairing['device']>;
  readonly onConfirmed: (name: string) => void;
  readonly onRefuse: () => void;
}

/** A device has used the code: is it the one in front of us? */
export function CompareDigits({ pairingId, gateName, device, onConfirmed, onRefuse }: CompareDigitsProps) {
  const confirm = useConfirmPairing(useEventId());
  const { name, digits } = device;
  const question = useRef<HTMLDivElement>(null);
  // What had the focus is gone; a button would be pressed by mistake.
  useEffect(() => question.current?.focus(), []);
  return (
    <Stack gap="md" align="center">
      <Stack ref={question} tabIndex={-1} gap="xs" align="center" role="status" style={{ outline: 'none' }}>
        <Text ta="center" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t`“${name}” asks to be paired with ${gateName}`}
        </Text>
        <Digits digits={digits} />
        <Text ta="center">{t`Does the device in front of you show the same name and digits?`}</Text>
      </Stack>
      {confirm.error !== null && <ProblemAlert error={confirm.error} title={t`The device was not paired.`} />}
      <Group justify="center" gap="sm">
        <Button
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ pairingId, digits }, { onSuccess: () => onConfirmed(name) })}
        >
          {t`They match: confirm`}
        </Button>
        <Button variant="default" disabled={confirm.isPending} onClick={onRefuse}>
          {t`They differ: refuse`}
        </Button>
      </Group>
    </Stack>
  );
}
