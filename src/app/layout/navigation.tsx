import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Group, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconDoorEnter, IconFileExport, IconLayoutDashboard, IconSettings, IconTicket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './navigation.module.css';

/** `exact`: the overview's address begins all others. */
const PLACES = [
  { to: '/events/$eventId', label: msg`Overview`, Icon: IconLayoutDashboard, exact: true },
  { to: '/events/$eventId/tickets', label: msg`Tickets`, Icon: IconTicket, exact: false },
  { to: '/events/$eventId/exports', label: msg`Exports`, Icon: IconFileExport, exact: false },
  { to: '/events/$eventId/gates', label: msg`Gates`, Icon: IconDoorEnter, exact: false },
  { to: '/events/$eventId/settings', label: msg`Settings`, Icon: IconSettings, exact: false },
] as const;

interface NavigationProps {
  readonly eventId: string;
}

/** The left rail of desktops and landscape tablets; what it stands in is the landmark. */
export function Rail({ eventId }: NavigationProps) {
  return (
    <Stack gap={4} p="sm">
      {PLACES.map(({ to, label, Icon, exact }) => (
        <NavLink
          key={to}
          label={i18n._(label)}
          leftSection={<Icon aria-hidden />}
          className={classes.railItem}
          renderRoot={(props) => <Link to={to} params={{ eventId }} activeOptions={{ exact }} {...props} />}
        />
      ))}
    </Stack>
  );
}

/** The bottom bar of phones and portrait tablets. */
export function BottomBar({ eventId }: NavigationProps) {
  return (
    <Group component="nav" aria-label={t`Event`} grow gap={0} h="100%">
      {PLACES.map(({ to, label, Icon, exact }) => (
        <UnstyledButton
          key={to}
          className={classes.barItem}
          renderRoot={(props) => <Link to={to} params={{ eventId }} activeOptions={{ exact }} {...props} />}
        >
          <Icon aria-hidden />
          <Text span size="xs" fw={600}>
            {i18n._(label)}
          </Text>
        </UnstyledButton>
      ))}
    </Group>
  );
}
