import { plural, t } from '@lingui/core/macro';
import {
  Box,
  Group,
  Popover,
  RingProgress,
  ScrollArea,
  Stack,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useState } from 'react';
import { formatAbout, formatCount, formatPercent } from '../../utils/format.ts';
import { RunGuards } from '../mint/run-guards.tsx';
import { useRunProgress } from '../mint/run-progress.ts';
import { JobItem } from './job-item.tsx';
import { isActive, type Job, useJobs } from './use-jobs.ts';

/** Mint runs, uploads and exports, at one fixed place on every page: how many, how far, how long; it opens to the list. */
export function JobTray() {
  const jobs = useJobs() ?? [];
  const [isOpen, setIsOpen] = useState(false);
  const active = jobs.filter((job) => isActive(job.state));
  const done = active.reduce((sum, job) => sum + job.done, 0);
  const total = active.reduce((sum, job) => sum + job.total, 0);
  // Several at once share the line, so that none of their own estimates would hold.
  const runLeftMs = useRunProgress(active[0]?.id ?? '')?.remainingMs ?? null;
  const timeLeftMs = active[0]?.kind === 'export' ? active[0].remainingMs : runLeftMs;
  const percent = total === 0 ? 0 : (100 * done) / total;
  const summary =
    active.length === 0
      ? t`No jobs running`
      : t`${{ count: formatCount(active.length) }} running, ${{ percent: formatPercent(done, total) }}`;
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width="min(24rem, 94vw)" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton onClick={() => setIsOpen((is) => !is)} mih="2.75rem" miw="2.75rem" px="xs">
          <VisuallyHidden>{t`Jobs: ${summary}`}</VisuallyHidden>
          <Group gap="xs" wrap="nowrap" aria-hidden>
            {active.length === 0 ? (
              <Box c="dimmed" display="flex">
                <IconActivity aria-hidden />
              </Box>
            ) : (
              <RingProgress
                size={36}
                thickness={4}
                roundCaps
                sections={[{ value: percent, color: 'mint' }]}
                label={<Count of={active.length} />}
              />
            )}
            <Stack gap={2} visibleFrom="md" miw={active.length === 0 ? undefined : '9rem'}>
              <Text size="sm" c={active.length === 0 ? 'dimmed' : 'inherit'} lh={1.2}>
                {active.length === 0
                  ? t`No jobs`
                  : active.length === 1
                    ? active[0]?.title
                    : plural(active.length, { one: '# job', other: '# jobs' })}
              </Text>
              {active.length > 0 && (
                <Text size="xs" c="dimmed" lh={1.2}>
                  {formatPercent(done, total)}
                  {timeLeftMs !== null && active.length === 1 && ` · ${t`${{ time: formatAbout(timeLeftMs) }} left`}`}
                </Text>
              )}
            </Stack>
          </Group>
        </UnstyledButton>
      </Popover.Target>
      <RunGuards />
      <Popover.Dropdown p={0}>
        <JobList jobs={jobs} onLeave={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Count({ of }: { readonly of: number }) {
  return (
    <Text size="xs" ta="center" fw={600}>
      {of}
    </Text>
  );
}

function JobList({ jobs, onLeave }: { readonly jobs: readonly Job[]; readonly onLeave: () => void }) {
  if (jobs.length === 0)
    return (
      <Text size="sm" c="dimmed" p="md">
        {t`Mint runs, uploads and exports of this device show here while they run.`}
      </Text>
    );
  return (
    <ScrollArea.Autosize mah="60dvh">
      <Stack gap={0} p="xs">
        {jobs.map((job) => (
          <JobItem key={job.id} job={job} onLeave={onLeave} />
        ))}
      </Stack>
    </ScrollArea.Autosize>
  );
}
