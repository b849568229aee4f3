import { t } from '@lingui/core/macro';
import { Button, Group, SimpleGrid, Stack, Switch, Text, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { CountBar } from '../../components/count-bar.tsx';
import { Figures } from '../../components/figures.tsx';
import { relaxedDatabase } from '../../database/database.ts';
import { formatAbout, formatCount, formatPercent, formatTickets } from '../../utils/format.ts';
import { SaveTicketsButton } from '../exports/save-tickets-button.tsx';
import { useStored } from '../store/use-stored.ts';
import { RecentTickets } from './recent-tickets.tsx';
import { RunActions } from './run-actions.tsx';
import { RunBlockAlert } from './run-block-alert.tsx';
import { RunLog } from './run-log.tsx';
import { retryWords } from './run-log-words.ts';
import type { RunProgress } from './run-progress.ts';
import { Section } from './section.tsx';
import { useTellWhenDone } from './use-tell-when-done.ts';
import { tookWords } from './words.ts';

interface RunViewProps {
  readonly eventId: string;
  readonly runId: string;
  readonly progress: RunProgress;
}

/** One run: what blocks it, how far it is, what it made, and its log. */
export function RunView({ eventId, runId, progress }: RunViewProps) {
  const { state, blocked, recent } = progress;
  const isOver = state === 'done' || state === 'cancelled';
  return (
    <Stack gap="md">
      <Announcer progress={progress} />
      {blocked !== null && <RunBlockAlert eventId={eventId} runId={runId} block={blocked} />}
      <Section title={isOver ? t`Result` : t`Progress`}>
        {isOver && <ResultNote eventId={eventId} runId={runId} progress={progress} />}
        <OverallBar progress={progress} />
        {!isOver && <Stages progress={progress} />}
        {progress.retry !== null && state === 'running' && <RetryNote retry={progress.retry} />}
        {!isOver && (
          <Group justify="space-between" gap="sm">
            <RunActions runId={runId} progress={progress} />
            <TellWhenDone />
          </Group>
        )}
      </Section>
      {recent.length > 0 && state !== 'cancelled' && (
        <Section title={t`Last tickets`}>
          <RecentTickets tickets={recent} />
        </Section>
      )}
      <RunLog runId={runId} title={progress.title} />
    </Stack>
  );
}

/** How it ended, and what one does next. */
function ResultNote({ eventId, runId, progress }: RunViewProps) {
  const { state, total, uploaded } = progress;
  const run = useStored(() => relaxedDatabase().runs.get(runId), [runId], undefined);
  return (
    <Stack gap="sm">
      {state === 'done' ? (
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck color="var(--mantine-color-green-text)" aria-hidden />
          <Text fw={600}>{t`All ${{ tickets: formatTickets(total) }} are on the server.`}</Text>
        </Group>
      ) : (
        <Text>
          {t`${{ tickets: formatTickets(uploaded) }} on the server stay valid. ${{ lost: formatTickets(total - uploaded) }} were given up; no gate lets them in.`}
        </Text>
      )}
      <Group gap="xs">
        {run !== undefined && uploaded > 0 && (
          <>
            <SaveTicketsButton batchIds={run.batchIds} formatId="tickets-pdf" isPrimary />
            <SaveTicketsButton batchIds={run.batchIds} />
          </>
        )}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/events/$eventId/tickets" params={{ eventId }} {...props} />}
        >
          {t`See tickets`}
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}
        >
          {t`Mint more`}
        </Button>
      </Group>
    </Stack>
  );
}

function OverallBar({
  progress: { state, blocked, total, uploaded, ratePerSecond, remainingMs, createdAt, finishedAt },
}: {
  readonly progress: RunProgress;
}) {
  // Only what was refused waits then; all other parts go on.
  const isWaiting = blocked !== null && blocked.kind !== 'refused';
  const isMoving = state === 'running' && !isWaiting && ratePerSecond > 0;
  const onServer = {
    label: t`On the server`,
    value: t`${{ done: formatCount(uploaded) }} of ${{ total: formatCount(total) }}`,
  };
  const facts = [
    {
      label: t`Rate`,
      value: isMoving ? t`${{ ratePerSecond: formatCount(Math.round(ratePerSecond)) }} a second` : '–',
    },
    { label: t`Time left`, value: isMoving && remainingMs !== null ? formatAbout(remainingMs) : '–' },
  ];
  return (
    <Stack gap="sm">
      <CountBar label={t`Tickets on the server`} value={uploaded} total={total} size="1.5rem" />
      <Figures
        figures={[
          onServer,
          ...(state === 'running' && !isWaiting ? facts : []),
          ...(state === 'done' && finishedAt !== null ? wholeRun(total, finishedAt - createdAt) : []),
        ]}
        cols={{ base: 1, xs: 3 }}
      />
    </Stack>
  );
}

/** What a run took from the first press to the last ticket on the server, pauses and waits included, as its log says. */
function wholeRun(tickets: number, durationMs: number) {
  const figures = [{ label: t`Time in all`, value: tookWords(durationMs) }];
  if (durationMs <= 0) return figures;
  return [...figures, { label: t`Tickets a second`, value: formatCount(Math.round((1_000 * tickets) / durationMs)) }];
}

/** Signed here, kept here, safe on the server. */
function Stages({ progress: { total, signed, buffered, uploaded } }: { readonly progress: RunProgress }) {
  const stages = [
    { label: t`Signed`, value: signed },
    { label: t`Buffered on this device`, value: buffered },
    { label: t`On the server`, value: uploaded },
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing={{ base: 'sm', sm: 'lg' }} verticalSpacing="xs">
      {stages.map(({ label, value }) => (
        <Stack key={label} gap={4}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" c="dimmed" truncate>
              {label}
            </Text>
            <Text size="sm">{formatPercent(value, total)}</Text>
          </Group>
          <CountBar label={label} value={value} total={total} size="xs" />
        </Stack>
      ))}
    </SimpleGrid>
  );
}

function RetryNote({
  retry: { seq, attempt, reason: cause, delayMs },
}: {
  readonly retry: NonNullable<RunProgress['retry']>;
}) {
  const part = formatCount(seq + 1);
  const next = formatCount(attempt + 1);
  const reason = retryWords(cause);
  return (
    <Text size="sm">
      {delayMs < 1_000
        ? t`Part ${part} is sent again now (attempt ${next}): ${reason}`
        : t`Part ${part} is sent again in ${{ seconds: formatCount(Math.round(delayMs / 1_000)) }} s (attempt ${next}): ${reason}`}
    </Text>
  );
}

function TellWhenDone() {
  const tell = useTellWhenDone();
  if (!tell.isSupported) return null;
  return (
    <Switch
      py="xs"
      label={t`Tell me when done`}
      checked={tell.isOn}
      onChange={(event) => void tell.set(event.currentTarget.checked)}
      error={tell.isDenied && t`The browser blocks notifications for this site`}
    />
  );
}

/** Screen readers hear progress at steps of 10 %, and results at once. */
function Announcer({ progress: { state, blocked, uploaded, total } }: { readonly progress: RunProgress }) {
  const tenths = Math.floor((10 * uploaded) / total);
  const words = {
    running: blocked === null ? t`${{ percent: formatPercent(tenths, 10) }} on the server` : '',
    paused: t`Paused`,
    cancelling: t`Cancelling`,
    done: t`Done: ${{ tickets: formatTickets(total) }} on the server`,
    cancelled: t`Cancelled`,
  };
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words[state]}
    </VisuallyHidden>
  );
}
