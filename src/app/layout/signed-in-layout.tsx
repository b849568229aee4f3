import { t } from '@lingui/core/macro';
import '@mantine/notifications/styles.css';
import { Anchor, AppShell, Box, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { connection } from '../../api/connection.ts';
import { Brand } from '../../components/brand.tsx';
import { InSlices } from '../../components/in-slices.tsx';
import { eventQuery } from '../../features/events/api/get-event.ts';
import { noteLastEvent } from '../../features/events/last-event.ts';
import { AccountMenu } from '../../features/session/account-menu.tsx';
import { UpdateNote } from '../../features/update/update-note.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { BottomBar, Rail } from './navigation.tsx';
import { ShortcutsModal, useShortcuts } from './shortcuts.tsx';
import { SkipLink } from './skip-link.tsx';

/** Comes after the first screen, as it brings the local database with it. */
const JobTray = lazy(() => import('../../features/jobs/job-tray.tsx').then((module) => ({ default: module.JobTray })));

const StoreAlert = lazy(() =>
  import('../../features/store/store-alert.tsx').then((module) => ({ default: module.StoreAlert })),
);

/** Every page once signed in: header, the event's rail or bottom bar, the page. */
export function SignedInLayout() {
  return (
    <InSlices>
      <Frame />
    </InSlices>
  );
}

function Frame() {
  const { eventId } = useParams({ strict: false });
  const [showsShortcuts, shortcuts] = useDisclosure();
  useShortcuts(shortcuts.open);
  const hasEvent = eventId !== undefined;
  useUnfinishedWork();
  useUploadNews();
  useEffect(() => {
    if (eventId !== undefined) void noteLastEvent(eventId);
  }, [eventId]);
  return (
    <AppShell
      padding={{ base: 'md', md: 'lg' }}
      header={{ height: '3.75rem' }}
      navbar={{ width: '13rem', breakpoint: 'md', collapsed: { mobile: true, desktop: !hasEvent } }}
      footer={{ height: { base: '4rem', md: '0rem' }, collapsed: !hasEvent }}
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" gap="xs" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Anchor underline="never" c="inherit" renderRoot={(props) => <Link to="/events" {...props} />}>
              <Brand withName={!hasEvent} />
            </Anchor>
            {hasEvent && <EventName eventId={eventId} />}
          </Group>
          <Group gap={4} wrap="nowrap">
            <Suspense fallback={<Box w="2.75rem" />}>
              <JobTray />
            </Suspense>
            <ConnectionBadge />
            <AccountMenu onShowShortcuts={shortcuts.open} />
          </Group>
        </Group>
      </AppShell.Header>
      {hasEvent && (
        <>
          {/* Collapsed it is only moved away: keys and screen readers would still find it. */}
          <AppShell.Navbar aria-label={t`Event`} visibleFrom="md">
            <Rail eventId={eventId} />
          </AppShell.Navbar>
          <AppShell.Footer hiddenFrom="md">
            <BottomBar eventId={eventId} />
          </AppShell.Footer>
        </>
      )}
      <AppShell.Main id="page" tabIndex={-1}>
        <Suspense>
          <StoreAlert />
        </Suspense>
        <Suspense>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Notifications position="bottom-center" mb="var(--app-shell-footer-height, 0rem)" />
      <UpdateNote />
      <ShortcutsModal opened={showsShortcuts} onClose={shortcuts.close} />
    </AppShell>
  );
}

/** What the uploader meets is news of the line, and a line that is back ends its waiting. */
function useUploadNews(): void {
  useEffect(() => {
    const channel = new BroadcastChannel(RUN_CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<RunEvent>) => {
      if (data.type === 'uploaded') connection.report('online');
      const isInTrouble = data.type === 'retry' ? data.retry !== null : data.type === 'blocked' && data.block !== null;
      if (isInTrouble) connection.doubt();
    };
    let last = connection.state;
    const unsubscribe = connection.subscribe(() => {
      if (connection.state === 'online' && last !== 'online') channel.postMessage({ type: 'wake' } satisfies RunEvent);
      last = connection.state;
    });
    return () => {
      unsubscribe();
      channel.close();
    };
  }, []);
}

/**
 * What an earlier visit left goes on by itself: mint runs, uploads and changes that wait for the server, exports that a
 * crash interrupted. Not before it is known whose work this device holds.
 */
function useUnfinishedWork(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    void import('../../features/store/resume-work.ts').then(({ resumeWork }) => resumeWork());
    void import('../../features/changes/change-sender.ts').then(({ ensureChangeSender }) =>
      ensureChangeSender(queryClient),
    );
    void import('../../features/gate-files/scan-sender.ts').then(({ ensureScanSender }) =>
      ensureScanSender(queryClient),
    );
  }, [queryClient]);
}

function EventName({ eventId }: { readonly eventId: string }) {
  const { data: event } = useQuery(eventQuery(eventId));
  return (
    <Text fw={600} truncate dir="auto">
      {event?.name ?? ''}
    </Text>
  );
}
