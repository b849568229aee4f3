import { hasSeq, mergeRanges, rangesOfSeqs, type SeqRanges } from '../../core/chunk/seq-ranges.ts';
import { MAX_SERIAL } from '../../core/ticket/token.ts';
import { mergeBatch, takesChunks } from '../../core/workspace/merge.ts';
import type { WorkspaceGain, WorkspacePlan, WorkspaceProgress } from '../../core/workspace/workspace-job.ts';
import type { WorkspaceBatch, WorkspaceRecord } from '../../core/workspace/workspace-record.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { readAnswer } from '../../src/database/known-answers.ts';
import { hasChange } from '../../src/database/waiting-changes.ts';

type Chunk = Extract<WorkspaceRecord, { readonly kind: 'chunk' }>;

/** Where what the device lacks goes; a plan is made without one. */
export interface JoinTarget {
  /** Chunks of the batch that stands before them. */
  addChunk(chunk: Chunk, isNewBatch: boolean): Promise<void>;
  /** Everything else, merged again with what is there then. */
  add(record: WorkspaceRecord): void;
}

interface OpenBatch {
  readonly batch: WorkspaceBatch;
  readonly isNew: boolean;
  readonly isTaken: boolean;
  readonly present: SeqRanges;
}

/**
 * Goes through a file's records, to its end, and gives the target what this device lacks.
 * @returns what that was.
 * @throws {TicketmintError} what the records throw; the target is to take back what it was given then.
 */
export async function joinRecords(
  records: AsyncIterable<WorkspaceRecord>,
  { target, onProgress }: { readonly target?: JoinTarget; onProgress(progress: WorkspaceProgress): void },
): Promise<WorkspacePlan> {
  const gain = { batches: 0, tickets: 0, runs: 0, exports: 0, answers: 0, changes: 0 };
  const seen = { notUploaded: 0, unfinishedBatches: 0, tickets: 0, bytes: 0 };
  let start: Extract<WorkspaceRecord, { readonly kind: 'workspace' }> | undefined;
  let end: Extract<WorkspaceRecord, { readonly kind: 'end' }> | undefined;
  let open: OpenBatch | undefined;
  for await (const record of records) {
    if (record.kind === 'workspace') start = record;
    else if (record.kind === 'end') end = record;
    else if (record.kind === 'batch') {
      open = await openBatch(record.batch);
      if (open.isNew) gain.batches++;
      if (open.isNew && record.batch.state === 'minting') seen.unfinishedBatches++;
    } else if (record.kind === 'chunk' && open !== undefined) {
      seen.tickets += record.count;
      seen.bytes += record.bytes.length;
      onProgress({ tickets: seen.tickets, totalTickets: start?.tickets ?? 0, bytes: seen.bytes });
      if (!open.isTaken || hasSeq(open.present, record.seq)) continue;
      gain.tickets += record.count;
      if (!hasSeq(open.batch.acknowledged, record.seq)) seen.notUploaded += record.count;
      await target?.addChunk(record, open.isNew);
    } else await countNew(record, gain);
    if (record.kind !== 'chunk') target?.add(record);
  }
  if (start === undefined || end === undefined) throw new TypeError('records: expected a first and a last');
  const { createdAt, origin } = start;
  const { kind: _, ...holds } = end;
  const { notUploaded, unfinishedBatches } = seen;
  return { createdAt, origin, holds, gain, notUploaded, unfinishedBatches };
}

async function openBatch(batch: WorkspaceBatch): Promise<OpenBatch> {
  const database = relaxedDatabase();
  const mine = await database.batches.get(batch.id);
  // Refused here already, before anything is written.
  if (mine !== undefined) mergeBatch(mine, batch);
  const keys = await database.chunks
    .where('[batchId+seq]')
    .between([batch.id, 0], [batch.id, MAX_SERIAL], true, true)
    .primaryKeys();
  const present = mine === undefined ? [] : mergeRanges(rangesOfSeqs(keys.map(([, seq]) => seq)));
  return { batch, isNew: mine === undefined, isTaken: takesChunks(mine), present };
}

async function countNew(record: WorkspaceRecord, gain: { -readonly [Name in keyof WorkspaceGain]: number }) {
  const database = relaxedDatabase();
  if (record.kind === 'run' && (await database.runs.get(record.run.id)) === undefined) gain.runs++;
  if (record.kind === 'export' && (await database.exports.get(record.export.id)) === undefined) gain.exports++;
  if (record.kind === 'change' && !(await hasChange(record.change.nonce))) gain.changes++;
  if (record.kind === 'answer' && (await readAnswer(record.name)) === undefined) gain.answers++;
}
