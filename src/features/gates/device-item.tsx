import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { GateDevice } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { RenameForm } from '../../components/rename-form.tsx';
import { useEventId } from '../events/use-event.ts';
import { useRenameDevice, useRevokeDevice } from './api/change-devices.ts';
import { deviceFacts } from './gate-words.ts';

/** A paired device: what is known of it, another name for it, and the end of its session. */
export function DeviceItem({ device }: { readonly device: GateDevice }) {
  const [isRenaming, renaming] = useDisclosure(false);
  const [isRevoking, revoking] = useDisclosure(false);
  if (isRenaming) return <RenameDevice device={device} onDone={renaming.close} />;
  return (
    <Group gap="xs" justify="space-between" flex={1} miw={0}>
      <Stack gap={2} flex="1 1 12rem" miw={0}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{device.name}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {deviceFacts(device)}
        </Text>
      </Stack>
      <Group gap="xs">
        <Button variant="subtle" color="gray" aria-label={t`Rename ${{ name: device.name }}`} onClick={renaming.open}>
          {t`Rename`}
        </Button>
        <Button variant="subtle" color="red" aria-label={t`Revoke ${{ name: device.name }}`} onClick={revoking.open}>
          {t`Revoke`}
        </Button>
      </Group>
      {isRevoking && <RevokeDialog device={device} onClose={revoking.close} />}
    </Group>
  );
}

interface DialogProps {
  readonly device: GateDevice;
  readonly onClose: () => void;
}

function RevokeDialog({ device, onClose }: DialogProps) {
  const revoke = useRevokeDevice(useEventId());
  const { name } = device;
  return (
    <Modal opened onClose={onClose} title={t`Revoke ${name}`}>
      <Stack gap="md">
        <Text>
          {t`Its session ends at once and cannot be brought back: to scan with it again, pair it again. What it has not sent yet stays on it.`}
        </Text>
        {revoke.error !== null && <ProblemAlert error={revoke.error} title={t`${name} was not revoked.`} />}
        <Group gap="xs">
          <Button
            color="red"
            loading={revoke.isPending}
            onClick={() => revoke.mutate(device.id, { onSuccess: onClose })}
          >
            {t`Revoke ${name}`}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t`Keep it`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function RenameDevice({ device, onDone }: { readonly device: GateDevice; readonly onDone: () => void }) {
  const rename = useRenameDevice(useEventId());
  return (
    <RenameForm
      name={device.name}
      maxLength={60}
      rename={rename}
      failure={t`The device was not renamed.`}
      onRename={(name) => rename.mutate({ id: device.id, name }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
}
