import { t } from '@lingui/core/macro';
import { Box, Divider, Group, Stack, Text } from '@mantine/core';
import { IconDeviceTablet, IconDeviceTabletOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { GateDevice } from '../../../core/api/gate-device.ts';
import { formatInstant } from '../../utils/format.ts';
import { DeviceItem } from './device-item.tsx';

/** Revoked devices are shown, the newest of them: which tablet was it that was lost? */
const REVOKED_SHOWN = 3;

interface DeviceListProps {
  readonly gateName: string;
  readonly devices: readonly GateDevice[];
}

/** A gate's devices, then those that were revoked last. */
export function DeviceList({ gateName, devices }: DeviceListProps) {
  const paired = devices.filter(({ revokedAt }) => revokedAt === null);
  const revoked = devices
    .filter(({ revokedAt }) => revokedAt !== null)
    .sort((left, right) => (right.revokedAt ?? 0) - (left.revokedAt ?? 0))
    .slice(0, REVOKED_SHOWN);
  return (
    <Stack gap="xs" component="ul" p={0} m={0} aria-label={t`Devices of ${gateName}`}>
      {paired.length === 0 && (
        <Text component="li" display="block" size="sm" c="dimmed">
          {t`No device is paired with this gate.`}
        </Text>
      )}
      {paired.map((device) => (
        <DeviceRow key={device.id}>
          <IconDeviceTablet aria-hidden style={{ flexShrink: 0 }} />
          <DeviceItem device={device} />
        </DeviceRow>
      ))}
      {revoked.map((device) => (
        <DeviceRow key={device.id}>
          <IconDeviceTabletOff aria-hidden style={{ flexShrink: 0 }} color="var(--mantine-color-dimmed)" />
          <Text size="sm" c="dimmed" miw={0} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{device.name}</bdi> · {t`Revoked ${{ at: formatInstant(device.revokedAt ?? 0) }}`}
          </Text>
        </DeviceRow>
      ))}
    </Stack>
  );
}

function DeviceRow({ children }: { readonly children: ReactNode }) {
  return (
    <Box component="li" display="block">
      <Divider mb="xs" />
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {children}
      </Group>
    </Box>
  );
}
