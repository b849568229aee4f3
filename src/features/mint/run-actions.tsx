import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatList, formatTickets } from '../../utils/format.ts';
import { cancelRun, pauseRun, resumeRun } from './run-controller.ts';
import type { RunProgress } from './run-progress.ts';

interface RunActionsProps {
  readonly runId: string;
  readonly progress: RunProgress;
}

/** Pause or resume, and cancel. */
export function RunActions({ runId, progress }: RunActionsProps) {
  const [asksCancel, cancelling] = useDisclosure(false);
  const move = useMutation({
    mutationFn: (action: (runId: string) => Promise<void>) => action(runId),
    networkMode: 'always',
  });
  if (progress.state !== 'running' && progress.state !== 'paused') return null;
  const isPaused = progress.state === 'paused';
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          variant={isPaused ? 'filled' : 'default'}
          leftSection={isPaused ? <IconPlayerPlay aria-hidden /> : <IconPlayerPause aria-hidden />}
          onClick={() => move.mutate(isPaused ? resumeRun : pauseRun)}
        >
          {isPaused ? t`Resume` : t`Pause`}
        </Button>
        <Button variant="default" leftSection={<IconX aria-hidden />} onClick={cancelling.open}>
          {t`Cancel run`}
        </Button>
      </Group>
      {move.error !== null && <ProblemAlert error={move.error} />}
      <Modal opened={asksCancel} onClose={cancelling.close} title={t`Cancel this run?`}>
        <CancelWords progress={progress} />
        <Group gap="xs" mt="md">
          <Button
            color="red"
            onClick={() => {
              move.mutate(cancelRun);
              cancelling.close();
            }}
          >
            {t`Give up ${{ tickets: formatTickets(progress.total - progress.uploaded) }}`}
          </Button>
          <Button variant="default" onClick={cancelling.close} data-autofocus>
            {t`Keep minting`}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}

/** What stays and what goes, with counts. */
function CancelWords({ progress: { total, buffered, uploaded } }: Pick<RunActionsProps, 'progress'>) {
  const waiting = Math.max(0, buffered - uploaded);
  const unmade = Math.max(0, total - Math.max(buffered, uploaded));
  const goes = [
    waiting > 0 && t`${{ tickets: formatTickets(waiting) }} kept on this device and not uploaded`,
    unmade > 0 && t`${{ tickets: formatTickets(unmade) }} not made yet`,
  ].filter((part) => part !== false);
  return (
    <Stack gap="xs">
      <Text>
        <Text span fw={600}>
          {t`Stays:`}
        </Text>{' '}
        {uploaded === 0
          ? t`nothing, as no ticket is on the server yet.`
          : t`${{ tickets: formatTickets(uploaded) }} on the server, valid as they are.`}
      </Text>
      <Text>
        <Text span fw={600}>
          {t`Goes:`}
        </Text>{' '}
        {t`${{ goes: formatList(goes) }}. Their numbers are revoked, and no gate lets them in.`}
      </Text>
      <Text size="sm" c="dimmed">
        {t`Parts that are being uploaded at this moment may still arrive; they stay then.`}
      </Text>
    </Stack>
  );
}
