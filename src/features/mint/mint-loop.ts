import { proxy } from 'comlink';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import {
  isComplete,
  mergeRanges,
  missingRanges,
  rangesOfSeqs,
  type SeqRanges,
  seqsOf,
  ticketsInRanges,
} from '../../../core/chunk/seq-ranges.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { type LocalBatch, type RunRecord, relaxedDatabase, strictDatabase } from '../../database/database.ts';
import { storageErrorOf } from '../../database/storage-error.ts';
import { sweepJoin } from '../../database/unfinished-join.ts';
import { type MintPool, takeMintPool } from './mint-pool.ts';

/** Tickets that one call to a worker mints, in whole chunks: few enough to pause soon, enough that messages cost nothing. */
const MAX_LEASE_TICKETS = 8_000;
/** Progress messages at most this often. */
const TELL_INTERVAL_MS = 200;
/** Before a died worker is replaced. */
const RESTART_MS = 1_000;

/** Whether the storage failed and was tried again, on new connections, since a batch went well. */
let wasOpenedAnew = false;

const channel = new BroadcastChannel(RUN_CHANNEL);
function tell(event: RunEvent): void {
  channel.postMessage(event);
}

/** Held, shared, by whoever stages a list for a run that does not exist yet. */
export const STAGING_LOCK = 'ticketmint-staging';

/**
 * Deletes staged pages whose batch was never started: a crash between staging a list and starting its run. Leaves them
 * while a tab stages a list; the next start of a minter sweeps then.
 */
export async function sweepOrphans(): Promise<void> {
  await sweepJoin();
  await navigator.locks.request(STAGING_LOCK, { ifAvailable: true }, (lock) => (lock === null ? undefined : sweep()));
}

async function sweep(): Promise<void> {
  const database = strictDatabase();
  await database.transaction('rw', database.batches, database.stagedPages, database.keys, async () => {
    const known = new Set(await database.batches.toCollection().primaryKeys());
    const staged = new Set<string>();
    await database.stagedPages.orderBy(':id').eachPrimaryKey(([batchId]) => staged.add(batchId));
    for (const batchId of staged) {
      if (known.has(batchId)) continue;
      await database.stagedPages
        .where('[batchId+seq]')
        .between([batchId, 0], [batchId, Number.MAX_SAFE_INTEGER])
        .delete();
    }
  });
}

/**
 * Mints every batch of every running run, cleans up cancelled ones, and returns when nothing is left to do or the
 * signal says that something changed. Call it under the device's mint lock.
 */
export async function mintUntilIdle(signal: AbortSignal): Promise<void> {
  const database = relaxedDatabase();
  for (const run of await database.runs.where('state').equals('cancelling').toArray()) await giveUpUnsent(run);
  let pool: MintPool | undefined;
  try {
    for (const run of await database.runs.where('state').equals('running').sortBy('createdAt')) {
      const batches = await database.batches.where('runId').equals(run.id).toArray();
      for (const batch of batches.filter(({ state, isKeyElsewhere }) => state === 'minting' && !isKeyElsewhere)) {
        if (signal.aborted) return;
        pool ??= await takeMintPool();
        await mintBatch(run, batch, pool, signal);
      }
    }
  } finally {
    pool?.terminate();
  }
}

async function mintBatch(run: RunRecord, batch: LocalBatch, pool: MintPool, signal: AbortSignal): Promise<void> {
  try {
    const present = await presentRanges(batch);
    await mintMissing(run, batch, pool, signal, present);
    if (!signal.aborted) await finishBatch(batch.id);
    wasOpenedAnew = false;
    tell({ type: 'blocked', runId: run.id, by: 'mint', block: null });
  } catch (error) {
    await handleFailure(run, batch, error);
  }
  // The uploader may seal now, or has room to look for.
  tell({ type: 'chunks-buffered', runId: run.id, batchId: batch.id, seqs: [] });
}

/** Chunks that need no minting: buffered here, or acknowledged by the server (their local copy may have been freed). */
async function presentRanges(batch: LocalBatch): Promise<SeqRanges> {
  const keys = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batch.id, 0], [batch.id, chunkCountOf(batch)])
    .primaryKeys();
  return mergeRanges([...rangesOfSeqs(keys.map(([, seq]) => seq)), ...batch.acknowledged]);
}

async function mintMissing(
  run: RunRecord,
  batch: LocalBatch,
  pool: MintPool,
  signal: AbortSignal,
  present: SeqRanges,
): Promise<void> {
  const seqs = [...seqsOf(missingRanges(present, chunkCountOf(batch)))];
  const maxLength = Math.floor(MAX_LEASE_TICKETS / batch.chunkSize);
  const leaseLength = Math.max(1, Math.min(maxLength, Math.ceil(seqs.length / (2 * pool.slots))));
  const progress = await createProgress(run, batch, ticketsInRanges(present, batch));
  let next = 0;
  const takeLeases = async (slot: number): Promise<void> => {
    while (!signal.aborted && next < seqs.length) {
      const lease = seqs.slice(next, next + leaseLength);
      next += lease.length;
      const result = await pool.call(slot, lease.length * batch.chunkSize, (api) =>
        api.mintChunks(batch.id, lease, proxy(progress.signed), proxy(progress.buffered)),
      );
      tell({ type: 'recent', runId: run.id, tickets: result.recent });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: pool.slots }, (_, slot) => takeLeases(slot)));
  progress.flush();
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

interface MintProgress {
  readonly signed: (tickets: number) => void;
  readonly buffered: (seqs: readonly number[], tickets: number) => void;
  readonly flush: () => void;
}

/** Counts over the whole run, told a few times a second. */
async function createProgress(run: RunRecord, batch: LocalBatch, presentTickets: number): Promise<MintProgress> {
  const others = await relaxedDatabase().batches.where('runId').equals(run.id).toArray();
  // Batches of a run are minted one after another: an earlier one is whole, a later one has nothing yet.
  const before = others.filter(({ state }) => state !== 'minting').reduce((sum, { count }) => sum + count, 0);
  let signed = before + presentTickets;
  let buffered = signed;
  let toldAt = 0;
  const flush = () => {
    toldAt = performance.now();
    tell({ type: 'minted', runId: run.id, signed, buffered });
  };
  const tellSometimes = () => {
    if (performance.now() - toldAt >= TELL_INTERVAL_MS) flush();
  };
  return {
    signed(tickets) {
      signed += tickets;
      tellSometimes();
    },
    buffered(seqs, tickets) {
      buffered += tickets;
      tell({ type: 'chunks-buffered', runId: run.id, batchId: batch.id, seqs });
      tellSometimes();
    },
    flush,
  };
}

/**
 * The die is broken after the coins are struck: one strict transaction rechecks that every chunk is in the store (or on
 * the server), deletes the key and marks the batch minted. Strict also flushes the relaxed writes before it.
 */
async function finishBatch(batchId: string): Promise<void> {
  const database = strictDatabase();
  await database.transaction('rw', database.batches, database.keys, database.chunks, async () => {
    const batch = await database.batches.get(batchId);
    if (batch?.state !== 'minting') return;
    const keys = await database.chunks
      .where('[batchId+seq]')
      .between([batchId, 0], [batchId, chunkCountOf(batch)])
      .primaryKeys();
    const present = mergeRanges([...rangesOfSeqs(keys.map(([, seq]) => seq)), ...batch.acknowledged]);
    if (!isComplete(present, batch))
      throw new TicketmintError('internal', 'expected every part to be buffered', { retryable: true });
    await database.keys.delete(batchId);
    await database.batches.update(batchId, { state: 'minted' });
  });
}

/** Deletes keys, staged pages and whatever the server has not acknowledged of a run that is being cancelled. */
async function giveUpUnsent(run: RunRecord): Promise<void> {
  const database = strictDatabase();
  for (const batchId of run.batchIds) {
    await database.transaction(
      'rw',
      database.batches,
      database.keys,
      database.chunks,
      database.stagedPages,
      async () => {
        const batch = await database.batches.get(batchId);
        if (batch === undefined || batch.sealed !== null || batch.state === 'cancelled') return;
        const unsent = missingRanges(batch.acknowledged, chunkCountOf(batch));
        for (const [first, last] of unsent)
          await database.chunks.where('[batchId+seq]').between([batchId, first], [batchId, last], true, true).delete();
        await database.stagedPages
          .where('[batchId+seq]')
          .between([batchId, 0], [batchId, Number.MAX_SAFE_INTEGER])
          .delete();
        await database.keys.delete(batchId);
        await database.batches.update(batchId, { state: 'cancelled' });
      },
    );
  }
  tell({ type: 'chunks-buffered', runId: run.id, batchId: run.batchIds[0] ?? '', seqs: [] });
}

async function handleFailure(run: RunRecord, batch: LocalBatch, error: unknown): Promise<void> {
  const failure = error instanceof TicketmintError ? error : storageErrorOf(error);
  console.error(`Minting batch ${batch.id} stopped (${failure.code}): ${failure.message}`);
  // Room can be made without losing anything: what the server acknowledged may leave this device.
  if (failure.code === 'mint-storage-full' && (await freeAcknowledged(run)) > 0) return tell({ type: 'wake' });
  // A worker that died is replaced; what it had not buffered is signed again.
  if (failure.code === 'internal') return void setTimeout(() => tell({ type: 'wake' }), RESTART_MS);
  // A connection that died is opened anew, once; then a person has to know.
  if (failure.code === 'mint-storage-lost' && !wasOpenedAnew) {
    wasOpenedAnew = true;
    return void setTimeout(() => tell({ type: 'wake' }), RESTART_MS);
  }
  const kind = failure.code === 'mint-storage-full' ? 'storage-full' : 'storage-lost';
  tell({ type: 'blocked', runId: run.id, by: 'mint', block: { kind, detail: failure.message } });
}

/** Frees local copies of acknowledged chunks of a run. @returns how many chunks were freed. */
async function freeAcknowledged(run: RunRecord): Promise<number> {
  const database = relaxedDatabase();
  let freed = 0;
  for (const batch of await database.batches.where('runId').equals(run.id).toArray())
    for (const [first, last] of batch.acknowledged)
      freed += await database.chunks
        .where('[batchId+seq]')
        .between([batch.id, first], [batch.id, last], true, true)
        .delete();
  return freed;
}
