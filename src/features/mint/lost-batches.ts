import { type BatchDetail, type BatchStatus, batchDetailSchema } from '../../../core/api/batch.ts';
import { chunkCountOf, chunkRange, DEFAULT_CHUNK_SIZE } from '../../../core/chunk/chunk.ts';
import { missingRanges } from '../../../core/chunk/seq-ranges.ts';
import { api } from '../../api/client.ts';
import { relaxedDatabase, strictDatabase } from '../../database/database.ts';
import { startRun } from './run-controller.ts';

/** A batch that is open on the server and that this device cannot finish. */
export interface LostBatch {
  readonly batch: BatchStatus;
  /** Tickets that never reached the server. */
  readonly missing: number;
  /**
   * Whether this device began it and lost what was buffered; otherwise this device knows nothing of it, and another
   * device may still be minting it.
   */
  readonly wasHere: boolean;
}

/**
 * Compares the server's open batches with what this device can still mint or send.
 * @param batches the event's batches as the server lists them.
 */
export async function findLostBatches(batches: readonly BatchStatus[]): Promise<LostBatch[]> {
  const open = batches.filter(({ state, stored, count }) => state === 'open' && stored < count);
  const judged = await Promise.all(
    open.map(async (batch) => {
      const local = await relaxedDatabase().batches.get(batch.id);
      const wasHere = local !== undefined;
      const isLost = !wasHere || (local.state !== 'lost' && (await isUnfinishable(local.id)));
      return isLost ? { batch, missing: batch.count - batch.stored, wasHere } : undefined;
    }),
  );
  return judged.filter((lost) => lost !== undefined);
}

/** Whether a batch of this device has parts that are neither here, nor on the server, nor can be minted any more. */
async function isUnfinishable(batchId: string): Promise<boolean> {
  const database = relaxedDatabase();
  return database.transaction('r', database.batches, database.keys, database.chunks, async () => {
    const batch = await database.batches.get(batchId);
    if (batch === undefined || batch.sealed !== null || batch.state === 'cancelled' || batch.state === 'lost')
      return false;
    if ((await database.keys.where('batchId').equals(batchId).count()) > 0) return false;
    for (const [first, last] of missingRanges(batch.acknowledged, chunkCountOf(batch))) {
      const range = database.chunks.where('[batchId+seq]').between([batchId, first], [batchId, last], true, true);
      if ((await range.count()) < last - first + 1) return true;
    }
    return false;
  });
}

export interface RemintResult {
  /** The new run for the rest, or null when nothing was missing or the rest needs its list again. */
  readonly runId: string | null;
  /** Serials of the lost batch that never reached the server, as inclusive pairs: no ticket with them is let in. */
  readonly lostSerials: readonly (readonly [first: number, last: number])[];
}

/**
 * Seals a lost batch at what the server has, then mints the rest in a new batch: never the same serial twice. The names
 * of a personalised batch were on the lost device, so its rest is minted from its list, imported again.
 */
export async function remintLostBatch(eventId: string, lost: LostBatch): Promise<RemintResult> {
  const { id } = lost.batch;
  const sealed = batchDetailSchema.parse(
    await api.post(`events/${eventId}/batches/${id}/seal`, { json: { reason: 'lost' } }).json(),
  );
  await markLost(id);
  const missing = missingRanges(sealed.acknowledged, chunkCountOf(sealed));
  const lostSerials = missing.map(([first, last]) => serialsOf(sealed, first, last));
  const count = lostSerials.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (count === 0 || sealed.personalised) return { runId: null, lostSerials };
  const { typeIndex, notBefore, notAfter } = sealed;
  const runId = await startRun({
    eventId,
    title: `Rest of batch ${id}`,
    chunkSize: DEFAULT_CHUNK_SIZE,
    batches: [{ typeIndex, count, notBefore, notAfter, personalised: false, seatPattern: null, seatOffset: 0 }],
  });
  return { runId, lostSerials };
}

function serialsOf(batch: BatchDetail, firstSeq: number, lastSeq: number): readonly [number, number] {
  const last = chunkRange(batch, lastSeq);
  return [chunkRange(batch, firstSeq).firstSerial, last.firstSerial + last.count - 1];
}

/** Forgets what this device still has of the batch, so that nothing tries to finish it. */
async function markLost(batchId: string): Promise<void> {
  const database = strictDatabase();
  const runId = await database.transaction('rw', database.batches, database.keys, async () => {
    const batch = await database.batches.get(batchId);
    if (batch === undefined) return undefined;
    await database.batches.update(batchId, { state: 'lost', sealed: 'lost' });
    await database.keys.delete(batchId);
    return batch.runId;
  });
  if (runId !== undefined) await finishRunOf(runId);
}

/** Ends a run that has nothing left but lost batches; one with other batches goes on with those. */
async function finishRunOf(runId: string): Promise<void> {
  const batches = await relaxedDatabase().batches.where('runId').equals(runId).toArray();
  if (batches.every(({ sealed }) => sealed !== null))
    await strictDatabase().runs.update(runId, { state: 'cancelled', finishedAt: Date.now() });
}
