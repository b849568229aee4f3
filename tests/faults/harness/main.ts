import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { exportService } from '../../../src/features/exports/export-service.ts';
import { cancelRun, pauseRun, resumeRun, startRun, wakeRuns } from '../../../src/features/mint/run-controller.ts';
import { resumeUnfinishedRuns } from '../../../src/features/mint/run-service.ts';
import { exportHarness } from './exports.ts';

/**
 * The application without its pages: starts like it, and lets a test press the buttons. What it hears of runs it tells
 * the test, which has put `reportRunEvent` on the window.
 */

declare global {
  interface Window {
    reportRunEvent?: (event: RunEvent) => void;
    harness: typeof harness;
  }
}

const harness = {
  startRun,
  pauseRun,
  resumeRun,
  cancelRun,
  wakeRuns,
  run: (id: string) => relaxedDatabase().runs.get(id),
  batches: (runId: string) => relaxedDatabase().batches.where('runId').equals(runId).toArray(),
  keys: () => relaxedDatabase().keys.count(),
  chunks: () => relaxedDatabase().chunks.count(),
  exports: exportHarness,
  logLines: (runId: string) => relaxedDatabase().logs.where('runId').equals(runId).toArray(),
};
export type Harness = typeof harness;

window.harness = harness;
new BroadcastChannel(RUN_CHANNEL).onmessage = ({ data }: MessageEvent<RunEvent>) => window.reportRunEvent?.(data);
await Promise.all([resumeUnfinishedRuns(), exportService.resume()]);
document.title = 'ready';
