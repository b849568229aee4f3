import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Badge, Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatAbout, formatCount } from '../../utils/format.ts';
import type { Job, JobState } from './use-jobs.ts';

const STATE_WORDS: Readonly<Record<JobState, readonly [word: MessageDescriptor, colour: string]>> = {
  queued: [msg`Waiting`, 'gray'],
  running: [msg`Running`, 'blue'],
  paused: [msg`Paused`, 'yellow'],
  cancelling: [msg`Cancelling`, 'yellow'],
  done: [msg`Done`, 'green'],
  cancelled: [msg`Cancelled`, 'gray'],
};

/** One job's line: what, how it stands, how far; opens its page. */
export function JobItem({ job, onLeave }: { readonly job: Job; readonly onLeave?: () => void }) {
  const [word, colour] = STATE_WORDS[job.state];
  const done = formatCount(job.done);
  const total = formatCount(job.total);
  const standing = job.kind === 'mint' ? t`${done} of ${total} on the server` : t`${done} of ${total} written`;
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
          <Text size="sm" fw={600} truncate dir="auto">
            {job.title}
          </Text>
          <Badge variant="light" color={colour}>
            {i18n._(word)}
          </Badge>
        </Group>
        {job.total > 0 && (
          <>
            <Progress value={(100 * job.done) / job.total} aria-label={job.title} />
            <Text size="xs" c="dimmed">
              {standing}
              {job.remainingMs !== null && ` · ${t`${{ time: formatAbout(job.remainingMs) }} left`}`}
              {job.refused > 0 && ` · ${t`${{ count: formatCount(job.refused) }} refused`}`}
            </Text>
          </>
        )}
      </Stack>
    </UnstyledButton>
  );
}
