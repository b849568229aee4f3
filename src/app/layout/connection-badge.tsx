import { t } from '@lingui/core/macro';
import { Badge, Popover, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconCloudSearch } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { type ConnectionState, connection } from '../../api/connection.ts';
import { countWaiting, useWaiting, type Waiting } from '../../features/waiting/waiting.ts';
import { WaitingList } from '../../features/waiting/waiting-list.tsx';
import { formatCount, formatSince } from '../../utils/format.ts';

const LOOKS = {
  online: { colour: 'gray', Icon: IconCloudCheck },
  reconnecting: { colour: 'yellow', Icon: IconCloudSearch },
  offline: { colour: 'yellow', Icon: IconCloudOff },
} as const;

/** Whether the server can be reached, and what waits for it. On phones the icon alone while all is well. */
export function ConnectionBadge() {
  const state = useSyncExternalStore(connection.subscribe, () => connection.state);
  const waiting = useWaiting();
  const [isOpen, setIsOpen] = useState(false);
  const { colour, Icon } = LOOKS[state];
  const count = waiting === undefined ? 0 : countWaiting(waiting);
  const isWaiting = count > 0 && (state !== 'online' || hasRefusals(waiting));
  const words = stateWords(state);
  const label = isWaiting ? t`${words} · ${{ count: formatCount(count) }} waiting` : words;
  const badge = { variant: 'light', color: isWaiting ? 'yellow' : colour, size: 'lg', tt: 'none' } as const;
  return (
    <>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width="min(22rem, 94vw)" trapFocus>
        <Popover.Target>
          <UnstyledButton
            mih="2.75rem"
            miw="2.75rem"
            display="flex"
            style={{ alignItems: 'center', justifyContent: 'center' }}
            onClick={() => setIsOpen((is) => !is)}
            aria-label={t`${label}: details`}
          >
            <Badge {...badge} leftSection={<Icon size="1.1em" aria-hidden />} visibleFrom="sm">
              {label}
            </Badge>
            <Badge {...badge} circle hiddenFrom="sm">
              <Icon size="1.1em" aria-hidden />
            </Badge>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Details state={state} waiting={waiting} onLeave={() => setIsOpen(false)} />
        </Popover.Dropdown>
      </Popover>
      {/* Said once a change; what is counted beside it would be read out at every step. */}
      <VisuallyHidden role="status">{words}</VisuallyHidden>
    </>
  );
}

function stateWords(state: ConnectionState): string {
  if (state === 'online') return t`Connected`;
  if (state === 'reconnecting') return t`Reconnecting`;
  return t`Offline since ${{ time: formatSince(connection.since ?? Date.now()) }}`;
}

function hasRefusals(waiting: Waiting | undefined): boolean {
  return waiting?.changes.some(({ state }) => state === 'refused') === true;
}

interface DetailsProps {
  readonly state: ConnectionState;
  readonly waiting: Waiting | undefined;
  readonly onLeave: () => void;
}

function Details({ state, waiting, onLeave }: DetailsProps) {
  const isAnything = waiting !== undefined && countWaiting(waiting) > 0;
  return (
    <Stack gap="xs">
      <Text fw={600}>{stateWords(state)}</Text>
      {state !== 'online' && (
        <Text size="sm">
          {t`Minting, exporting and finding tickets go on with what this device has. The server is looked for again and again.`}
        </Text>
      )}
      {isAnything ? (
        <>
          <Text size="sm">
            {state === 'online'
              ? t`Kept on this device, and on its way to the server:`
              : t`Kept on this device; goes up by itself once the server answers:`}
          </Text>
          <WaitingList waiting={waiting} onLeave={onLeave} />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t`Nothing waits: the server has all that was made here.`}
        </Text>
      )}
    </Stack>
  );
}
