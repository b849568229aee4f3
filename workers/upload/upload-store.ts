import { chunkCountOf } from '../../core/chunk/chunk.ts';
import { hasSeq, mergeRanges, type SeqRanges, ticketsInRanges } from '../../core/chunk/seq-ranges.ts';
import type { RunLogEvent } from '../../core/mint/run-log.ts';
import { runLogText } from '../../core/mint/run-log-text.ts';
import {
  type LocalBatch,
  type RunLogEntry,
  type RunLogLevel,
  type RunRecord,
  relaxedDatabase,
  strictDatabase,
} from '../../src/database/database.ts';
import { storageErrorOf } from '../../src/database/storage-error.ts';
import { collectAfter } from '../early-collection.ts';

/** Batches that the server has not sealed yet and whose run should go on, oldest first. */
export async function batchesToUpload(): Promise<{ readonly run: RunRecord; readonly batch: LocalBatch }[]> {
  const database = relaxedDatabase();
  const runs = await database.runs.where('state').anyOf('running', 'cancelling').sortBy('createdAt');
  const lists = await Promise.all(
    runs.map(async (run) => {
      const batches = await database.batches.where('runId').equals(run.id).toArray();
      return run.batchIds
        .map((id) => batches.find((batch) => batch.id === id))
        .filter((batch) => batch !== undefined && batch.sealed === null && batch.state !== 'lost')
        .map((batch) => ({ run, batch: batch as LocalBatch }));
    }),
  );
  return lists.flat();
}

export async function currentBatch(
  id: string,
): Promise<{ readonly run: RunRecord; readonly batch: LocalBatch } | undefined> {
  const database = relaxedDatabase();
  return database.transaction('r', database.batches, database.runs, async () => {
    const batch = await database.batches.get(id);
    const run = batch === undefined ? undefined : await database.runs.get(batch.runId);
    return batch === undefined || run === undefined ? undefined : { run, batch };
  });
}

/** Seqs that are buffered here, ascending. */
async function bufferedSeqs(batch: LocalBatch): Promise<number[]> {
  const keys = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batch.id, 0], [batch.id, chunkCountOf(batch)])
    .primaryKeys();
  return keys.map(([, seq]) => seq);
}

/** Buffered here, not on the server, not refused. */
export async function unsentSeqs(batch: LocalBatch, acknowledged: SeqRanges): Promise<number[]> {
  const refused = new Set(batch.refused.map(({ seq }) => seq));
  return (await bufferedSeqs(batch)).filter((seq) => !hasSeq(acknowledged, seq) && !refused.has(seq));
}

/** The chunks' bytes, in order; `undefined` for one that was given up meanwhile. */
export async function chunkBytes(
  batchId: string,
  seqs: readonly number[],
): Promise<(Uint8Array<ArrayBuffer> | undefined)[]> {
  const rows = await relaxedDatabase().chunks.bulkGet(seqs.map((seq): [string, number] => [batchId, seq]));
  collectAfter(rows.reduce((sum, row) => sum + (row?.bytes.length ?? 0), 0));
  return rows.map((row) => row?.bytes);
}

/**
 * Notes what the server says that it has: it is the truth about acknowledgements, in both directions. Losing this note
 * costs nothing, since the next uploader asks the server.
 * @returns false when the local database has no room for it.
 */
export async function noteAcknowledged(batchId: string, acknowledged: SeqRanges): Promise<boolean> {
  try {
    await relaxedDatabase().batches.update(batchId, { declared: true, acknowledged: mergeRanges(acknowledged) });
    return true;
  } catch (error) {
    const failure = storageErrorOf(error);
    if (failure.code !== 'mint-storage-full') throw failure;
    console.warn('The acknowledgements could not be noted.', failure.message);
    return false;
  }
}

export async function refuse(batchId: string, seq: number, code: string, detail: string): Promise<void> {
  const database = relaxedDatabase();
  await database.transaction('rw', database.batches, async () => {
    const batch = await database.batches.get(batchId);
    if (batch === undefined || batch.refused.some((refusal) => refusal.seq === seq)) return;
    await database.batches.update(batchId, { refused: [...batch.refused, { seq, code, detail }] });
  });
}

/** Marks a batch sealed, and its run finished when it was the last. Strict: what follows may free the only local copy. */
export async function markSealed(batch: LocalBatch): Promise<RunRecord | undefined> {
  const database = strictDatabase();
  return database.transaction('rw', database.batches, database.runs, async () => {
    await database.batches.update(batch.id, { sealed: batch.state === 'cancelled' ? 'cancelled' : 'complete' });
    const run = await database.runs.get(batch.runId);
    if (run === undefined) return undefined;
    const batches = await database.batches.where('runId').equals(run.id).toArray();
    if (batches.some(({ sealed, state }) => sealed === null && state !== 'lost')) return undefined;
    const finished = {
      ...run,
      state: run.state === 'cancelling' ? 'cancelled' : 'done',
      finishedAt: Date.now(),
    } as const;
    await database.runs.put(finished);
    return finished;
  });
}

/** Acknowledged tickets of a run. @param live a batch of it, of which more may be known than is noted. */
export async function uploadedTickets(runId: string, live?: LocalBatch): Promise<number> {
  const batches = await relaxedDatabase().batches.where('runId').equals(runId).toArray();
  return batches
    .map((batch) => (batch.id === live?.id ? live : batch))
    .reduce((sum, batch) => sum + ticketsInRanges(batch.acknowledged, batch), 0);
}

/** Lines that say what went well are written this much later, together: a transaction a line costs more than its chunk. */
const LOG_INTERVAL_MS = 250;

let unwrittenLines: Omit<RunLogEntry, 'id'>[] = [];
let logTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Adds a line to the run's log, and to the console for whoever watches there. Resolves once it is stored; for an `info`
 * line at once, and it is stored soon.
 */
export async function logEvent(runId: string, level: RunLogLevel, event: RunLogEvent): Promise<void> {
  const text = runLogText(event);
  console.info(`[run ${runId.slice(0, 6)}] ${text}`);
  unwrittenLines.push({ runId, at: Date.now(), level, text, event });
  if (level !== 'info') await writeLines();
  else logTimer ??= setTimeout(writeLines, LOG_INTERVAL_MS);
}

/** A full disk must not stop an upload. */
async function writeLines(): Promise<void> {
  clearTimeout(logTimer);
  logTimer = undefined;
  const lines = unwrittenLines;
  unwrittenLines = [];
  try {
    await relaxedDatabase().logs.bulkAdd(lines);
  } catch (error) {
    console.warn(`${lines.length} of the lines above are missing in the stored log.`, storageErrorOf(error).message);
  }
}
