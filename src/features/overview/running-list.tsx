import { t } from '@lingui/core/macro';
import { Panel } from '../../components/facts.tsx';
import { JobItem } from '../jobs/job-item.tsx';
import { isActive, useJobs } from '../jobs/use-jobs.ts';

/** What runs for this event on this device. */
export function RunningList({ eventId }: { readonly eventId: string }) {
  const jobs = useJobs()?.filter((job) => job.eventId === eventId && isActive(job.state)) ?? [];
  if (jobs.length === 0) return null;
  return (
    <Panel title={t`Running now`}>
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
    </Panel>
  );
}
