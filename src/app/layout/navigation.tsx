import { Group, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconFileExport, IconLayoutDashboard, IconSettings, IconTicket } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import classes from './navigation.module.css';

const PLACES = [
  { to: '/events/$eventId', label: 'Overview', Icon: IconLayoutDashboard },
  { to: '/events/$eventId/tickets', label: 'Tickets', Icon: IconTicket },
  { to: '/events/$eventId/exports', label: 'Exports', Icon: IconFileExport },
  { to: '/events/$eventId/settings', label: 'Settings', Icon: IconSettings },
] as const;

interface NavigationProps {
  readonly eventId: string;
}

/** The left rail of desktops and landscape tablets. */
export function Rail({ eventId }: NavigationProps) {
  const isHere = useIsHere(eventId);
  return (
    <Stack component="nav" aria-label="Event" gap={4} p="sm">
      {PLACES.map(({ to, label, Icon }) => (
        <NavLink
          key={to}
          label={label}
          leftSection={<Icon aria-hidden />}
          active={isHere(to)}
          className={classes.railItem}
          renderRoot={(props) => (
            <Link to={to} params={{ eventId }} aria-current={isHere(to) ? 'page' : undefined} {...props} />
          )}
        />
      ))}
    </Stack>
  );
}

/** The bottom bar of phones and portrait tablets. */
export function BottomBar({ eventId }: NavigationProps) {
  const isHere = useIsHere(eventId);
  return (
    <Group component="nav" aria-label="Event" grow gap={0} h="100%">
      {PLACES.map(({ to, label, Icon }) => (
        <UnstyledButton
          key={to}
          className={classes.barItem}
          data-active={isHere(to) || undefined}
          renderRoot={(props) => (
            <Link to={to} params={{ eventId }} aria-current={isHere(to) ? 'page' : undefined} {...props} />
          )}
        >
          <Icon aria-hidden />
          <Text span size="xs" fw={600}>
            {label}
          </Text>
        </UnstyledButton>
      ))}
    </Group>
  );
}

function useIsHere(eventId: string): (to: string) => boolean {
  const pathname = useLocation({ select: (location) => location.pathname.replace(/\/$/, '') });
  const overview = `/events/${eventId}`;
  return (to) => {
    const path = to.replace('$eventId', eventId);
    return path === overview ? pathname === overview : pathname === path || pathname.startsWith(`${path}/`);
  };
}
