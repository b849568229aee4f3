import { t } from '@lingui/core/macro';
import { type BatchDetail, type BatchStatus, batchDetailSchema } from '../../../core/api/batch.ts';
import { chunkCountOf, chunkRange, chunkSizeFor } from '../../../core/chunk/chunk.ts';
import { missingRanges } from '../../../core/chunk/seq-ranges.ts';
import { api } from '../../api/client.ts';
import { type LocalBatch, relaxedDatabase, strictDatabase } from '../../database/database.ts';
import { type WitnessedBatch, witnessed } from '../store/witness.ts';
import { getChunk } from '../tickets/api/get-chunk.ts';
import { startRun } from './run-controller.ts';

const CHUNK_TIMEOUT_MS = 30_000;

/**
 * How the rest of a lost batch is minted: by itself (`quantity`), or by a person: from its list (`list`), with its seat
 * pattern (`seats`), or in a way that nobody but them knows, as nothing of it arrived (`anew`).
 */
export type RestKind = 'quantity' | 'list' | 'seats' | 'anew';

/** A batch that is open on the server and that this device cannot finish. */
export interface LostBatch {
  readonly batch: BatchStatus;
  /** Tickets that never reached the server; 0 when only the seal is missing. */
  readonly missing: number;
  /**
   * Whether this device began it and lost what was buffered; otherwise this device knows nothing of it, and another
   * device may still be minting it.
   */
  readonly wasHere: boolean;
  readonly rest: RestKind;
}

/**
 * Compares the server's open batches with what this device can still mint or send.
 * @param batches the event's batches as the server lists them.
 */
export async function findLostBatches(batches: readonly BatchStatus[]): Promise<LostBatch[]> {
  const open = batches.filter(({ state }) => state === 'open');
  const judged = await Promise.all(
    open.map(async (batch) => {
      const local = await relaxedDatabase().batches.get(batch.id);
      const witness = witnessed().find(({ id }) => id === batch.id);
      // One that came in a file may still be minted by the device that has its key.
      const wasHere = local === undefined ? witness !== undefined : local.isKeyElsewhere !== true;
      const isLost = local === undefined || (local.state !== 'lost' && (await isUnfinishable(local.id)));
      if (!isLost) return undefined;
      return { batch, missing: batch.count - batch.stored, wasHere, rest: restKindOf(batch, local, witness) };
    }),
  );
  return judged.filter((lost) => lost !== undefined);
}

function restKindOf(batch: BatchStatus, local: LocalBatch | undefined, witness?: WitnessedBatch): RestKind {
  if (local?.fromList) return 'list';
  if (local !== undefined) return local.seatPattern === null ? 'quantity' : 'seats';
  if (witness !== undefined) return witness.source;
  // The server learns from its chunks whether a batch is personalised.
  if (batch.stored === 0) return 'anew';
  return batch.personalised ? 'list' : 'quantity';
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
  /** The new run for the rest, or null when nothing was missing or a person has to mint it. */
  readonly runId: string | null;
  readonly rest: RestKind;
  /** Serials of the lost batch that never reached the server, as inclusive pairs: no ticket with them is let in. */
  readonly lostSerials: readonly (readonly [first: number, last: number])[];
}

/**
 * Seals a lost batch at what the server has, then mints the rest in a new batch: never the same serial twice. Names were on
 * the lost device only, so a list's rest is minted from the list, imported again.
 */
export async function remintLostBatch(eventId: string, lost: LostBatch): Promise<RemintResult> {
  const { id } = lost.batch;
  const reason = lost.missing === 0 ? 'complete' : 'lost';
  const sealed = batchDetailSchema.parse(
    await api.post(`events/${eventId}/batches/${id}/seal`, { json: { reason } }).json(),
  );
  if (reason === 'lost') await markLost(id);
  const missing = missingRanges(sealed.acknowledged, chunkCountOf(sealed));
  const lostSerials = missing.map(([first, last]) => serialsOf(sealed, first, last));
  const count = lostSerials.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const rest = lost.rest === 'list' && (await hasSeatsOnly(eventId, sealed)) ? 'seats' : lost.rest;
  if (count === 0 || rest !== 'quantity') return { runId: null, rest, lostSerials };
  const { typeIndex, notBefore, notAfter, rehearsal } = sealed;
  const runId = await startRun({
    eventId,
    title: t`Rest of batch ${id}`,
    chunkSize: chunkSizeFor(count, false),
    batches: [{ typeIndex, count, notBefore, notAfter, personalised: false, seatPattern: null, seatOffset: 0 }],
    rehearsal,
  });
  return { runId, rest, lostSerials };
}

/** Whether the tickets on the server have no other field than a seat: then there was a pattern, and no list. */
async function hasSeatsOnly(eventId: string, { id, acknowledged }: BatchDetail): Promise<boolean> {
  const seq = acknowledged[0]?.[0];
  if (seq === undefined) return false;
  const { fields = {} } = await getChunk(eventId, id, seq, AbortSignal.timeout(CHUNK_TIMEOUT_MS));
  return Object.keys(fields).join() === 'seat';
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
