import { t } from '@lingui/core/macro';
import { Button, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import type { OpenedPairing } from '../../../core/api/gate-device.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { pairingQuery, useRefusePairing } from './api/pairing.ts';
import { CompareDigits } from './compare-digits.tsx';
import { PairingCode } from './pairing-code.tsx';
import { useSecondsLeft } from './use-seconds-left.ts';

interface PairDialogProps {
  readonly gateName: string;
  readonly opened: OpenedPairing;
  /** Makes another code. */
  readonly onRenew: () => void;
  readonly onClose: () => void;
}

/** A pairing from its code to the admin's word: the code, then the digits of the device that used it. */
export function PairDialog({ gateName, opened, onRenew, onClose }: PairDialogProps) {
  const eventId = useEventId();
  const refuse = useRefusePairing(eventId);
  const query = pairingQuery(eventId, opened.id);
  const firstLeft = useSecondsLeft(opened.secondsLeft);
  const pairing = useQuery({ ...query, enabled: firstLeft > 0 || refuse.isPending });
  const device = pairing.data?.device ?? null;
  const isGone = pairing.error instanceof ApiProblem && pairing.error.code === 'pairing-over';
  const isOver = isGone || (firstLeft === 0 && device === null);
  const leave = () => {
    // A code that is left behind is good for nothing. Where the server cannot hear of it, it expires by itself.
    if (!isOver) refuse.mutate(opened.id);
    onClose();
  };
  const finish = (name: string) => {
    notifications.show({ message: t`${name} is paired with ${gateName}` });
    onClose();
  };
  return (
    <Modal opened onClose={leave} title={t`Pair a device with ${gateName}`} size="xl">
      <Stack gap="md">
        {isOver ? (
          <PairingOver onRenew={onRenew} />
        ) : device === null ? (
          <PairingCode opened={opened} secondsLeft={firstLeft} />
        ) : (
          <CompareDigits
            pairingId={opened.id}
            gateName={gateName}
            device={device}
            onConfirmed={finish}
            onRefuse={leave}
          />
        )}
        {pairing.error !== null && !isGone && <ProblemAlert error={pairing.error} />}
      </Stack>
    </Modal>
  );
}

function PairingOver({ onRenew }: { readonly onRenew: () => void }) {
  return (
    <Stack gap="md" align="flex-start">
      <Text role="status">{t`This code is not valid any more: it is good for five minutes. No device was paired.`}</Text>
      <Button onClick={onRenew} data-autofocus>
        {t`Make a new code`}
      </Button>
    </Stack>
  );
}
