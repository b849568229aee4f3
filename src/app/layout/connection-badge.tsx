import { Badge } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconWifiOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';
import { isActive, useJobs } from '../../features/jobs/use-jobs.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';

const LOOKS = {
  online: { colour: 'gray', word: 'Online', Icon: IconCloudCheck },
  offline: { colour: 'yellow', word: 'Offline', Icon: IconWifiOff },
  unreachable: { colour: 'yellow', word: 'Server unreachable', Icon: IconCloudOff },
} as const;

/** Whether the server can be reached, and how many tickets wait for it. On phones the icon alone while all is well. */
export function ConnectionBadge() {
  const state = useSyncExternalStore(connection.subscribe, () => connection.state);
  const waiting = useWaitingTickets();
  const { colour, word, Icon } = LOOKS[state];
  const isWaiting = state !== 'online' && waiting > 0;
  const label = isWaiting ? `${word}: ${formatTickets(waiting)} to upload` : word;
  const badge = { variant: 'light', color: colour, size: 'lg', role: 'status', title: label } as const;
  return (
    <>
      <Badge {...badge} leftSection={<Icon size="1.1em" aria-hidden />} visibleFrom="sm">
        {isWaiting ? `${word} · ${formatCount(waiting)} waiting` : word}
      </Badge>
      <Badge {...badge} circle aria-label={label} hiddenFrom="sm">
        <Icon size="1.1em" aria-hidden />
      </Badge>
    </>
  );
}

/** Tickets of unfinished runs that the server has not confirmed. */
function useWaitingTickets(): number {
  const jobs = useJobs() ?? [];
  const runs = jobs.filter(({ kind, state }) => kind === 'mint' && isActive(state));
  return runs.reduce((sum, { total, done, refused }) => sum + total - done - refused, 0);
}
