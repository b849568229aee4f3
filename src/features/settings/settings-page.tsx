import { Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useEventId } from '../events/use-event.ts';
import classes from './settings-page.module.css';

const TABS = [
  { value: 'event', label: 'Event' },
  { value: 'types', label: 'Ticket types' },
  { value: 'revocations', label: 'Revocations' },
  { value: 'storage', label: 'Storage' },
  { value: 'audit', label: 'Audit' },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** The frame of the settings: a tab is a route of its own. */
export function SettingsPage() {
  const eventId = useEventId();
  const navigate = useNavigate();
  const tab = useLocation({ select: ({ pathname }) => pathname.split('/').at(-1) ?? 'event' });
  return (
    <Page title="Settings">
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ to: `/events/$eventId/settings/${value as Tab}`, params: { eventId } })}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs}>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value} className={classes.tab}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="lg">
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
