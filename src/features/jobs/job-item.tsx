import { Badge, Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatAbout, formatCount } from '../../utils/format.ts';
import type { Job, JobState } from './use-jobs.ts';

const STATE_WORDS: Readonly<Record<JobState, readonly [word: string, colour: string]>> = {
  queued: ['Waiting', 'gray'],
  running: ['Running', 'blue'],
  paused: ['Paused', 'yellow'],
  cancelling: ['Cancelling', 'yellow'],
  done: ['Done', 'green'],
  cancelled: ['Cancelled', 'gray'],
};

/** One job's line: what, how it stands, how far; opens its page. */
export function JobItem({ job, onLeave }: { readonly job: Job; readonly onLeave?: () => void }) {
  const [word, colour] = STATE_WORDS[job.state];
  const place = job.kind === 'mint' ? 'on the server' : 'written';
  return (
    <UnstyledButton
      display="block"
      p="xs"
      renderRoot={(props) =>
        job.kind === 'mint' ? (
          <Link
            to="/events/$eventId/tickets/mint/$runId"
            params={{ eventId: job.eventId, runId: job.id }}
            onClick={onLeave}
            {...props}
          />
        ) : (
          <Link to="/events/$eventId/exports" params={{ eventId: job.eventId }} onClick={onLeave} {...props} />
        )
      }
    >
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600} truncate>
            {job.title}
          </Text>
          <Badge variant="light" color={colour}>
            {word}
          </Badge>
        </Group>
        {job.total > 0 && (
          <>
            <Progress value={(100 * job.done) / job.total} aria-label={`${job.title}: ${place}`} />
            <Text size="xs" c="dimmed">
              {formatCount(job.done)} of {formatCount(job.total)} {place}
              {job.remainingMs !== null && ` · ${formatAbout(job.remainingMs)} left`}
              {job.refused > 0 && ` · ${formatCount(job.refused)} refused`}
            </Text>
          </>
        )}
      </Stack>
    </UnstyledButton>
  );
}
