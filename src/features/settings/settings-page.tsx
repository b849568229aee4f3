import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useEventId } from '../events/use-event.ts';
import classes from './settings-page.module.css';

const TABS = [
  { value: 'event', label: msg`Event` },
  { value: 'types', label: msg`Ticket types` },
  { value: 'revocations', label: msg`Revocations` },
  { value: 'storage', label: msg`Storage` },
  { value: 'audit', label: msg`Audit` },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** On a phone the last tabs lie outside of it. */
function bringIntoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

/** The frame of the settings: a tab is a route of its own. */
export function SettingsPage() {
  const eventId = useEventId();
  const navigate = useNavigate();
  const tab = useLocation({ select: ({ pathname }) => pathname.split('/').at(-1) ?? 'event' });
  return (
    <Page title={t`Settings`}>
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ to: `/events/$eventId/settings/${value as Tab}`, params: { eventId } })}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs}>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value} className={classes.tab} ref={value === tab ? bringIntoView : null}>
              {i18n._(label)}
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
