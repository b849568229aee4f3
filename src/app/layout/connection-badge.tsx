import { Badge } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconWifiOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';

const LOOKS = {
  online: { colour: 'gray', word: 'Online', Icon: IconCloudCheck },
  offline: { colour: 'yellow', word: 'Offline', Icon: IconWifiOff },
  unreachable: { colour: 'yellow', word: 'Server unreachable', Icon: IconCloudOff },
} as const;

/** Whether the server can be reached. On phones the icon alone while all is well. */
export function ConnectionBadge() {
  const state = useSyncExternalStore(connection.subscribe, () => connection.state);
  const { colour, word, Icon } = LOOKS[state];
  const badge = { variant: 'light', color: colour, size: 'lg', role: 'status' } as const;
  return (
    <>
      <Badge {...badge} leftSection={<Icon size="1.1em" aria-hidden />} visibleFrom="sm">
        {word}
      </Badge>
      <Badge {...badge} circle aria-label={word} title={word} hiddenFrom="sm">
        <Icon size="1.1em" aria-hidden />
      </Badge>
    </>
  );
}
