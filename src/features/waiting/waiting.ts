import type { Gate } from '../../../core/api/gate-device.ts';
import { ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import { type LocalBatch, type RunRecord, relaxedDatabase } from '../../database/database.ts';
import { countWaitingScans, waitingGates } from '../../database/hub-records.ts';
import { readChanges, type WaitingChange } from '../../database/waiting-changes.ts';
import { useStored } from '../store/use-stored.ts';

/** A mint run that the server does not have the whole of. */
export interface WaitingRun {
  readonly id: string;
  readonly eventId: string;
  readonly title: string;
  /** Tickets that the server has not confirmed; 0 where only its end is to be told. */
  readonly tickets: number;
  /** `cancelling`: the server is yet to be told; `refused`: it refused a part for good. */
  readonly state: 'uploading' | 'paused' | 'cancelling' | 'refused';
}

/** What of this device's work only this device has, by name. */
export interface Waiting {
  readonly runs: readonly WaitingRun[];
  /** In the order they were made; those that the server refused are among them. */
  readonly changes: readonly WaitingChange[];
  /** Scans that gates' files have brought, by event. */
  readonly scans: readonly { readonly eventId: string; readonly count: number }[];
  /** Gates that were made here without the server. */
  readonly gates: readonly { readonly eventId: string; readonly gate: Pick<Gate, 'id' | 'name'> }[];
  /** Exports that are whole, and not saved anywhere but in the browser's own files. */
  readonly unsavedExports: readonly { readonly id: string; readonly eventId: string; readonly fileName: string }[];
  /** Exports that are being written or wait for their turn. */
  readonly runningExports: number;
}

export async function readWaiting(): Promise<Waiting> {
  const database = relaxedDatabase();
  const [runs, batches, changes, exports, scans, gates] = await Promise.all([
    database.runs.where('state').anyOf('running', 'paused', 'cancelling').toArray(),
    database.batches.toArray(),
    readChanges(),
    database.exports.where('state').anyOf('queued', 'running', 'completed').toArray(),
    countWaitingScans(),
    waitingGates(),
  ]);
  return {
    runs: runs.map((run) => waitingRun(run, batches)),
    changes,
    scans,
    gates,
    unsavedExports: exports
      .filter(({ state, savedAt, staged }) => state === 'completed' && savedAt === null && staged.length > 0)
      .map(({ id, eventId, fileName }) => ({ id, eventId, fileName })),
    runningExports: exports.filter(({ state }) => state !== 'completed').length,
  };
}

function waitingRun({ id, eventId, title, state }: RunRecord, batches: readonly LocalBatch[]): WaitingRun {
  const own = batches.filter(({ runId }) => runId === id);
  const missing = own.reduce((sum, batch) => sum + batch.count - ticketsInRanges(batch.acknowledged, batch), 0);
  const run = { id, eventId, title, tickets: state === 'cancelling' ? 0 : missing };
  if (state === 'paused' || state === 'cancelling') return { ...run, state };
  return { ...run, state: own.some(({ refused }) => refused.length > 0) ? 'refused' : 'uploading' };
}

/** The same, as it changes, over all tabs; `undefined` until it is read. */
export function useWaiting(): Waiting | undefined {
  return useStored(readWaiting, [], undefined);
}

export function countScans(scans: Waiting['scans']): number {
  return scans.reduce((sum, { count }) => sum + count, 0);
}

/** How many things wait for the server: tickets, scans, gates, changes, and cancelled runs that it is yet to be told of. */
export function countWaiting({ runs, changes, scans, gates }: Waiting): number {
  const tickets = runs.reduce((sum, run) => sum + run.tickets, 0);
  return (
    tickets +
    countScans(scans) +
    gates.length +
    changes.length +
    runs.filter(({ state }) => state === 'cancelling').length
  );
}
