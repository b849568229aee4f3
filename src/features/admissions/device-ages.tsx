import { plural, t } from '@lingui/core/macro';
import { Box, Divider, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBatteryOff, IconCloudCheck } from '@tabler/icons-react';
import type { Gate, GateDevice } from '../../../core/api/gate-device.ts';
import { Panel } from '../../components/facts.tsx';
import { formatAgo, formatPercent } from '../../utils/format.ts';

/** A device that reaches the server syncs every few seconds: one that has not for so long has no network, or is off. */
const STALE_MS = 5 * 60_000;
const LOW_BATTERY = 20;

interface DeviceAgesProps {
  readonly devices: readonly GateDevice[];
  readonly gates: readonly Gate[];
  /** The moment that ages are counted to: that of the last answer. */
  readonly at: number;
}

/** The paired devices, those first that were not heard from for long. */
export function DeviceAges({ devices, gates, at }: DeviceAgesProps) {
  const paired = devices
    .filter(({ revokedAt, validUntil }) => revokedAt === null && validUntil > at)
    .sort((left, right) => (left.lastSyncAt ?? 0) - (right.lastSyncAt ?? 0));
  const stale = paired.filter((device) => isStale(device, at)).length;
  return (
    <Panel title={t`Devices`}>
      {paired.length === 0 && <Text size="sm">{t`No device is paired.`}</Text>}
      {stale > 0 && (
        <Text size="sm" mb="sm">
          {plural(stale, {
            one: '# device has not synced lately: its scans may be missing here, and it may not know the latest revocations.',
            other:
              '# devices have not synced lately: their scans may be missing here, and they may not know the latest revocations.',
          })}
        </Text>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {paired.map((device, index) => (
          <Box component="li" key={device.id}>
            {index > 0 && <Divider mb="xs" />}
            <DeviceAge
              device={device}
              gate={gates.find(({ id }) => id === device.gateId)}
              isStale={isStale(device, at)}
            />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}

function isStale({ lastSyncAt }: GateDevice, at: number): boolean {
  return lastSyncAt === null || at - lastSyncAt > STALE_MS;
}

interface DeviceAgeProps {
  readonly device: GateDevice;
  readonly gate: Gate | undefined;
  readonly isStale: boolean;
}

function DeviceAge({ device: { name, lastSyncAt, battery }, gate, isStale: isLate }: DeviceAgeProps) {
  const Icon = isLate ? IconAlertTriangle : IconCloudCheck;
  return (
    <Group justify="space-between" gap="xs">
      <Text miw={0} style={{ overflowWrap: 'anywhere' }}>
        <Text span inherit fw={600}>
          <bdi>{name}</bdi>
        </Text>
        {gate !== undefined && (
          <Text span inherit c="dimmed">
            {' · '}
            <bdi>{gate.name}</bdi>
          </Text>
        )}
      </Text>
      <Group gap="md">
        {battery !== null && <BatteryWords {...battery} />}
        <Group gap={6} wrap="nowrap">
          <Icon size="1.25em" aria-hidden color={isLate ? 'var(--mantine-color-orange-text)' : undefined} />
          <Text size="sm" fw={isLate ? 600 : undefined}>
            {syncWords(lastSyncAt, isLate)}
          </Text>
        </Group>
      </Group>
    </Group>
  );
}

function syncWords(lastSyncAt: number | null, isLate: boolean): string {
  if (lastSyncAt === null) return t`Not synced yet`;
  const ago = formatAgo(lastSyncAt);
  return isLate ? t`Not heard from: synced ${ago}` : t`Synced ${ago}`;
}

function BatteryWords({ percent, charging }: NonNullable<GateDevice['battery']>) {
  const share = formatPercent(percent, 100);
  const isLow = percent < LOW_BATTERY && !charging;
  return (
    <Group gap={6} wrap="nowrap">
      {isLow && <IconBatteryOff size="1.25em" aria-hidden color="var(--mantine-color-orange-text)" />}
      <Text size="sm" fw={isLow ? 600 : undefined}>
        {charging ? t`Battery ${{ percent: share }}, charging` : t`Battery ${{ percent: share }}`}
      </Text>
    </Group>
  );
}
