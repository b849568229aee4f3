import { proxy } from 'comlink';
import type { RehearsalPlan, RehearsalProgress, RehearsalReport } from '../../../core/gate/rehearsal.ts';
import { startWorker } from '../../../workers/bridge.ts';
import type { JobControl } from '../../utils/use-worker-job.ts';

/** How far it is, and what that says of the rest. */
export interface TimedProgress extends RehearsalProgress {
  readonly remainingMs: number;
}

/** What was played through, and what came of it. */
export interface Rehearsal {
  readonly plan: RehearsalPlan;
  readonly report: RehearsalReport;
  /** When it ended, ms since epoch. */
  readonly at: number;
}

/** Plays a day through in a worker of its own, which ends with it. */
export async function runRehearsal(
  plan: RehearsalPlan,
  { signal, onProgress }: JobControl<TimedProgress>,
): Promise<Rehearsal> {
  const worker = startWorker('rehearsal');
  const startedAt = performance.now();
  const tell = ({ shown, total }: RehearsalProgress) => {
    const perShowing = (performance.now() - startedAt) / Math.max(1, shown);
    onProgress({ shown, total, remainingMs: (total - shown) * perShowing });
  };
  try {
    const report = await worker.call((api) => api.rehearse(plan, proxy(tell)), { signal });
    return { plan, report, at: Date.now() };
  } finally {
    worker.terminate();
  }
}
