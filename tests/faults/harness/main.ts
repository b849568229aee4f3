import { QueryClient } from '@tanstack/react-query';
import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { batchesQuery } from '../../../src/features/batches/api/get-batches.ts';
import { exportService } from '../../../src/features/exports/export-service.ts';
import { findLostBatches, remintLostBatch } from '../../../src/features/mint/lost-batches.ts';
import { cancelRun, pauseRun, resumeRun, startRun, wakeRuns } from '../../../src/features/mint/run-controller.ts';
import { resumeUnfinishedRuns } from '../../../src/features/mint/run-service.ts';
import { storeHealth } from '../../../src/features/store/store-health.ts';
import { language } from '../../../src/localisation/language.ts';
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

/** What the alerts about lost batches say, by batch. */
async function lost(eventId: string): Promise<Record<string, { readonly missing: number; readonly wasHere: boolean }>> {
  const batches = await new QueryClient().fetchQuery(batchesQuery(eventId));
  const found = await findLostBatches(batches);
  return Object.fromEntries(found.map(({ batch: { id }, missing, wasHere }) => [id, { missing, wasHere }]));
}

/** Presses the button of each alert about a lost batch. @returns the runs that mint what is missing. */
async function remintLost(eventId: string): Promise<string[]> {
  const batches = await new QueryClient().fetchQuery(batchesQuery(eventId));
  const results = [];
  for (const lost of await findLostBatches(batches)) results.push(await remintLostBatch(eventId, lost));
  return results.flatMap(({ runId }) => runId ?? []);
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
  lost,
  remintLost,
  storeState: () => storeHealth.state,
  exports: exportHarness,
  logLines: (runId: string) => relaxedDatabase().logs.where('runId').equals(runId).toArray(),
};
export type Harness = typeof harness;

await language.start();
await language.need('pages');
window.harness = harness;
new BroadcastChannel(RUN_CHANNEL).onmessage = ({ data }: MessageEvent<RunEvent>) => window.reportRunEvent?.(data);
await Promise.all([resumeUnfinishedRuns(), exportService.resume()]);
document.title = 'ready';
