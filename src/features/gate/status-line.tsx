import { t } from '@lingui/core/macro';
import { Group, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconAlertTriangle, IconCloudCheck, IconCloudOff } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';
import { formatAgo, formatCount, formatSince } from '../../utils/format.ts';
import { useFrameStore } from '../../utils/use-frame-store.ts';
import type { OpenGate } from './open-gate.ts';

/** How often ages are said anew. */
const TICK_MS = 15_000;
/** What was revoked since then is not known here: it stands out. */
const STALE_MS = 30 * 60_000;

/** Whether the server answers, how old what is known is, and what waits to be sent. */
export function StatusLine({ gate: { link, clock, files } }: { readonly gate: OpenGate }) {
  const { syncedAt, unsent } = useFrameStore(link.subscribe, () => link.view);
  const { fileAt, unsaved } = useFrameStore(files.subscribe, () => files.view);
  const isOnline = useSyncExternalStore(connection.subscribe, () => connection.state === 'online');
  const [, setTicks] = useState(0);
  useInterval(() => setTicks((ticks) => ticks + 1), TICK_MS, { autoInvoke: true });
  // By the true time: a wrong clock must not make it look fresh.
  const ageMs = clock.now().at - (fileAt ?? syncedAt ?? 0);
  const isStale = ageMs > STALE_MS;
  // Whether a server answers says nothing of a device that goes by files alone.
  const parts = files.isAlone ? [] : [isOnline ? t`Online` : t`Offline`];
  if (fileAt !== undefined) parts.push(t`By the file of ${{ time: formatSince(fileAt) }}`);
  else if (syncedAt === undefined) parts.push(t`Not synced yet`);
  else parts.push(t`Synced ${{ ago: formatAgo(Date.now() - ageMs) }}`);
  if (files.isAlone && unsaved > 0) parts.push(t`${{ count: formatCount(unsaved) }} not saved`);
  else if (!files.isAlone && unsent > 0) parts.push(t`${{ count: formatCount(unsent) }} to send`);
  const Icon = isStale ? IconAlertTriangle : isOnline ? IconCloudCheck : IconCloudOff;
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Icon size="1.25em" aria-hidden style={{ flexShrink: 0 }} />
      <Text size="sm" fw={isOnline && !isStale ? 400 : 700} data-testid="gate-status">
        {parts.join(' · ')}
      </Text>
    </Group>
  );
}
