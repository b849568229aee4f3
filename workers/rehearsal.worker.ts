import { expose } from 'comlink';
import { type RehearsalPlan, type RehearsalProgress, type RehearsalReport, rehearse } from '../core/gate/rehearsal.ts';
import { installErrorTransfer } from './error-transfer.ts';

const TELL_INTERVAL_MS = 200;

export interface RehearsalApi {
  /**
   * Plays a day at the gates through, in one go; to cancel it, end the worker: nothing is recorded.
   * @throws {TypeError} what {@link rehearse} throws.
   */
  rehearse(plan: RehearsalPlan, onProgress: (progress: RehearsalProgress) => void): RehearsalReport;
}

const api: RehearsalApi = {
  rehearse(plan, onProgress) {
    const run = rehearse(plan);
    let toldAt = 0;
    for (;;) {
      const { done, value } = run.next();
      if (done === true) return value;
      if (performance.now() - toldAt < TELL_INTERVAL_MS) continue;
      toldAt = performance.now();
      onProgress(value);
    }
  },
};

installErrorTransfer();
expose(api);
