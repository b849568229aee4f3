import { t } from '@lingui/core/macro';
import { Badge, Button, EmptyState, Group, Paper, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCalendarEvent, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { EventRecord } from '../../../core/api/event.ts';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInterval } from '../../utils/format.ts';
import { DemoButton } from '../demo/demo-button.tsx';
import { LeavingRow, useRemovals } from '../demo/leaving-row.tsx';
import { eventsQuery } from './api/get-events.ts';
import { prepareOffline } from './prepare-offline.ts';

export function EventsPage() {
  const events = useQuery(eventsQuery);
  const queryClient = useQueryClient();
  const leaving = useRemovals();
  useEffect(() => {
    if (events.data !== undefined) void prepareOffline(queryClient, inOrder(events.data, Date.now()));
  }, [queryClient, events.data]);
  return (
    <Page
      title={t`Events`}
      count={events.data?.length}
      actions={events.data?.length !== 0 && <NewEventButton />}
      size="md"
    >
      {events.error !== null && (
        <ProblemAlert
          error={events.error}
          title={t`The events could not be loaded.`}
          onRetry={() => void events.refetch()}
        />
      )}
      {events.isPending && <EventSkeletons />}
      {events.data?.length === 0 && (
        <EmptyState
          icon={<IconCalendarEvent aria-hidden />}
          title={t`No events yet`}
          description={t`An event holds its ticket types, batches and exports.`}
        >
          <EmptyState.Actions>
            <NewEventButton />
          </EmptyState.Actions>
          <DemoButton />
        </EmptyState>
      )}
      {events.data !== undefined && (
        <Stack gap="xs">
          {inOrder(events.data, Date.now()).map((event) => {
            const removal = leaving.get(event.id);
            if (removal !== undefined) return <LeavingRow key={event.id} event={event} removal={removal} />;
            return <EventRow key={event.id} event={event} />;
          })}
        </Stack>
      )}
    </Page>
  );
}

function NewEventButton() {
  return (
    <Button
      leftSection={<IconPlus aria-hidden />}
      aria-keyshortcuts="n"
      renderRoot={(props) => <Link to="/events/new" {...props} />}
    >
      {t`New event`}
    </Button>
  );
}

function EventRow({ event }: { readonly event: EventRecord }) {
  return (
    <UnstyledButton renderRoot={(props) => <Link to="/events/$eventId" params={{ eventId: event.id }} {...props} />}>
      <Paper withBorder p="md">
        <Group justify="space-between" wrap="nowrap">
          <Stack gap={4} miw={0}>
            <Group gap="xs" wrap="nowrap">
              <Text fw={600} truncate dir="auto">
                {event.name}
              </Text>
              {event.demo === true && <Badge variant="light">{t`Demo`}</Badge>}
            </Group>
            <Text size="sm" c="dimmed">
              {formatInterval(event.startsAt, event.endsAt, event.timeZone)}
              {event.place !== '' && (
                <>
                  {' · '}
                  <bdi>{event.place}</bdi>
                </>
              )}
            </Text>
          </Stack>
          <IconChevronRight className="mirrored" aria-hidden style={{ flexShrink: 0 }} />
        </Group>
      </Paper>
    </UnstyledButton>
  );
}

function EventSkeletons() {
  return (
    <Stack gap="xs" aria-hidden>
      {['first', 'second', 'third'].map((key) => (
        <Skeleton key={key} h="5rem" radius="md" />
      ))}
    </Stack>
  );
}

/** What is on or comes next first; then the past, latest first. */
function inOrder(events: readonly EventRecord[], now: number): EventRecord[] {
  const ahead = events.filter((event) => event.endsAt >= now).sort((left, right) => left.startsAt - right.startsAt);
  const past = events.filter((event) => event.endsAt < now).sort((left, right) => right.endsAt - left.endsAt);
  return [...ahead, ...past];
}
