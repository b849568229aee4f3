import { t } from '@lingui/core/macro';
import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EventSummary } from '../../../core/api/event.ts';
import { Panel } from '../../components/facts.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInterval } from '../../utils/format.ts';
import { useBatches } from '../batches/use-batches.ts';
import { DemoNote } from '../demo/demo-note.tsx';
import { summaryQuery } from '../events/api/get-summary.ts';
import { useEvent } from '../events/use-event.ts';
import { LostBatchAlerts } from '../mint/lost-batch-alerts.tsx';
import { useTypes } from '../types/use-types.ts';
import { attentionOf } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { Counts } from './counts.tsx';
import { NextStep } from './next-step.tsx';
import { RunningList } from './running-list.tsx';
import { TypeTable } from './type-table.tsx';

const WATCH_MS = 3_000;

/** Where the event stands: what to do next, what needs attention, what is running, and the counts. */
export function OverviewPage() {
  const event = useEvent();
  const types = useTypes();
  const summary = useQuery({
    ...summaryQuery(event.id),
    refetchInterval: ({ state }) => (isMoving(state.data) ? WATCH_MS : false),
  });
  const { views, isPending } = useBatches(event.id);
  // That there are none here says nothing before the server has spoken.
  const knowsBatches = views !== undefined && (views.length > 0 || !isPending);
  const attention = attentionOf(views ?? []);
  return (
    <Page
      title={t`Overview`}
      subtitle={
        <>
          {formatInterval(event.startsAt, event.endsAt, event.timeZone)}
          {event.place !== '' && ' · '}
          <bdi>{event.place}</bdi>
        </>
      }
    >
      <DemoNote event={event} />
      <LostBatchAlerts eventId={event.id} />
      {attention.length > 0 && <AttentionList items={attention} />}
      {knowsBatches && <NextStep types={types} batches={views} />}
      <RunningList eventId={event.id} />
      {summary.error !== null && (
        <ProblemAlert
          error={summary.error}
          title={t`The counts could not be loaded.`}
          onRetry={() => void summary.refetch()}
        />
      )}
      {summary.isPending && <Skeleton h="6.5rem" />}
      {summary.data !== undefined && summary.data.batches > 0 && <Counts summary={summary.data} />}
      {types.length > 0 && (
        <Panel title={t`Ticket types`}>
          <Stack gap="xs">
            <TypeTable types={types} />
            <Text size="xs" c="dimmed">
              {t`Made counts the tickets of all batches but tests, cancelled ones up to where they came.`}
            </Text>
          </Stack>
        </Panel>
      )}
    </Page>
  );
}

/** Whether the counts change without anybody pressing anything. */
function isMoving(summary: EventSummary | undefined): boolean {
  if (summary === undefined) return false;
  return summary.openBatches > 0 || summary.verified + summary.quarantined < summary.stored;
}
