import type { SealReason } from '../../core/api/batch.ts';
import { countSeqs, isComplete } from '../../core/chunk/seq-ranges.ts';
import type { RunEvent } from '../../core/mint/run-event.ts';
import { createParallelism } from '../../core/upload/parallelism.ts';
import type { LocalBatch } from '../../src/database/database.ts';
import { createGate } from './gate.ts';
import { createLink, type Delivery, type Link } from './link.ts';
import { createNotes, type Notes } from './notes.ts';
import { type SendOutcome, sendChunk, sendDeclaration, sendSeal } from './send.ts';
import * as store from './upload-store.ts';

/** How long to wait before looking again without being told of anything. */
const IDLE_MS = 5_000;
/**
 * Tickets read from the local database at a time, or one chunk: more are no faster, and the engine holds each reading some
 * times over.
 */
const READ_TICKETS = 2_000;
/** Whether a run was paused or cancelled is asked of the local database this often at most. */
const RUN_CHECK_MS = 100;

export interface Uploader {
  /** Uploads whatever is there, for ever. */
  run(): Promise<never>;
  /** Chunks were buffered. */
  notice(): void;
  /** A run was resumed, somebody signed in, the line is back. */
  wake(): void;
}

/** @param emit tells the tabs; called a few times a second at most for progress. */
export function createUploader(emit: (event: RunEvent) => void): Uploader {
  const gate = createGate();
  const parallelism = createParallelism();
  const link = createLink(gate, parallelism, emit);
  const context: UploadContext = { link, emit, limit: () => parallelism.limit, notes: new Map() };

  /** @returns whether there was anything to do. */
  async function uploadOnce(): Promise<boolean> {
    let didWork = false;
    for (const { batch } of await store.batchesToUpload()) if (await uploadBatch(batch, context)) didWork = true;
    return didWork;
  }

  return {
    async run() {
      for (;;) if (!(await uploadOnce())) await gate.idle(IDLE_MS);
    },
    notice: gate.notice,
    wake: gate.wake,
  };
}

interface UploadContext {
  readonly link: Link;
  readonly emit: (event: RunEvent) => void;
  readonly limit: () => number;
  /** Of the batches about which we asked the server what it has, since this uploader began. */
  readonly notes: Map<string, Notes>;
}

/** Brings one batch as far as it can be brought now. @returns whether anything was done. */
async function uploadBatch(batch: LocalBatch, context: UploadContext): Promise<boolean> {
  // Also where no declaration was acknowledged: it may have arrived, and would hold its share of the capacity for ever.
  if (batch.state === 'cancelled') return sealAs(batch, 'cancelled', context);
  const notes = context.notes.get(batch.id) ?? (await agree(batch, context));
  if (notes === undefined) return false;
  const didWork = await uploadChunks(batch, context, notes);
  const current = await store.currentBatch(batch.id);
  const isWhole = current?.batch.state === 'minted' && isComplete(notes.acknowledged, batch);
  if (!isWhole || current.run.state !== 'running') return didWork;
  return (await seal(current.batch, context)) || didWork;
}

/** Whether a batch's run goes on. One that is being cancelled goes on with sealing only. */
async function isRunStopped(batch: LocalBatch): Promise<boolean> {
  const current = await store.currentBatch(batch.id);
  if (current === undefined || current.batch.state === 'lost') return true;
  return current.run.state !== (batch.state === 'cancelled' ? 'cancelling' : 'running');
}

/** Sends something about the batch as a whole, with the same patience as a chunk. */
function deliver<Answer>(
  batch: LocalBatch,
  { link }: UploadContext,
  send: () => Promise<SendOutcome<Answer>>,
): Promise<Delivery<Answer>> {
  const subject = { runId: batch.runId, batchId: batch.id, seq: 0 };
  return link.deliver(subject, send, () => isRunStopped(batch));
}

/**
 * Declares the batch, again where the server knows it: the answer says what is stored there. So an uploader that takes
 * over sends nothing twice, and a server that lost something (it was restored from a backup, say) gets it again.
 * @returns `undefined` when the run was stopped, or the server refuses the batch.
 */
async function agree(batch: LocalBatch, context: UploadContext): Promise<Notes | undefined> {
  // Refused for good once: only a person can change that.
  if (!batch.declared && batch.refused.length > 0) return undefined;
  const outcome = await deliver(batch, context, () => sendDeclaration(batch));
  if (outcome.kind === 'refused') {
    await store.refuse(batch.id, 0, outcome.code, outcome.detail);
    await store.logEvent(batch.runId, 'failure', { code: 'batch-refused', batch: batch.id, ...refusalOf(outcome) });
  }
  if (outcome.kind !== 'done') return undefined;
  const notes = await createNotes(batch, outcome.answer.acknowledged, context.emit);
  context.notes.set(batch.id, notes);
  return notes;
}

/**
 * Sends the batch's unsent chunks, several at a time, and those that are buffered meanwhile, until none is left.
 * @returns whether any was acknowledged.
 */
async function uploadChunks(batch: LocalBatch, context: UploadContext, notes: Notes): Promise<boolean> {
  const pass: Pass = { batch, context, notes, mustStop: false, checkedAt: 0 };
  const before = countSeqs(notes.acknowledged);
  const sending = new Set<Promise<void>>();
  for (;;) {
    const current = await store.currentBatch(batch.id);
    if (pass.mustStop || current?.run.state !== 'running') break;
    const seqs = await store.unsentSeqs(current.batch, notes.acknowledged);
    if (seqs.length === 0) break;
    for await (const [seq, bytes] of chunksOf(batch, seqs)) {
      while (sending.size >= context.limit()) await Promise.race(sending);
      if (pass.mustStop) break;
      const task = uploadChunk(seq, bytes, pass).finally(() => sending.delete(task));
      sending.add(task);
    }
    await Promise.all(sending);
    await notes.flush();
  }
  return countSeqs(notes.acknowledged) > before;
}

/** One going-through of a batch's unsent chunks. */
interface Pass {
  readonly batch: LocalBatch;
  readonly context: UploadContext;
  readonly notes: Notes;
  mustStop: boolean;
  /** When it was last asked whether the run goes on, ms since epoch. */
  checkedAt: number;
}

/** Reads {@link READ_TICKETS} ahead of those that are being sent. Leaves out those that were given up meanwhile. */
async function* chunksOf(
  batch: LocalBatch,
  seqs: readonly number[],
): AsyncGenerator<[seq: number, bytes: Uint8Array<ArrayBuffer>]> {
  const size = Math.max(1, Math.floor(READ_TICKETS / batch.chunkSize));
  const read = (at: number) => store.chunkBytes(batch.id, seqs.slice(at, at + size));
  let next = read(0);
  for (let at = 0; at < seqs.length; at += size) {
    const some = seqs.slice(at, at + size);
    const bodies = await next;
    next = read(at + size);
    // Met when its turn comes, which may be never.
    next.catch(() => {});
    for (const [index, bytes] of bodies.entries()) if (bytes !== undefined) yield [some[index] as number, bytes];
  }
}

async function isPassStopped(pass: Pass): Promise<boolean> {
  if (pass.mustStop || Date.now() - pass.checkedAt < RUN_CHECK_MS) return pass.mustStop;
  pass.checkedAt = Date.now();
  return isRunStopped(pass.batch);
}

async function uploadChunk(seq: number, bytes: Uint8Array<ArrayBuffer>, pass: Pass): Promise<void> {
  const { batch, context, notes } = pass;
  for (let digestMismatches = 0; ; ) {
    const subject = { runId: batch.runId, batchId: batch.id, seq };
    const outcome = await context.link.deliver(
      subject,
      () => sendChunk(batch, seq, bytes),
      () => isPassStopped(pass),
    );
    if (outcome.kind === 'stopped') {
      pass.mustStop = true;
      return;
    }
    if (outcome.kind === 'done') return notes.add(seq);
    if (outcome.code === 'batch-not-declared') {
      // The server was restored from a backup, say: declare again, then go on with what it lacks.
      context.notes.delete(batch.id);
      pass.mustStop = true;
      return;
    }
    // Damaged on the way: once more, and only then is the chunk itself at fault.
    if (outcome.code === 'digest-mismatch' && digestMismatches++ === 0) continue;
    await store.refuse(batch.id, seq, outcome.code, outcome.detail);
    const part = { batch: batch.id, part: seq + 1 };
    return store.logEvent(batch.runId, 'failure', { code: 'part-refused', ...part, ...refusalOf(outcome) });
  }
}

async function seal(batch: LocalBatch, context: UploadContext): Promise<boolean> {
  // A seal revokes for ever what the server lacks, so it is asked once more whether it has everything.
  const notes = await agree(batch, context);
  if (notes === undefined) return false;
  if (!isComplete(notes.acknowledged, batch)) return (await store.unsentSeqs(batch, notes.acknowledged)).length > 0;
  return sealAs(batch, 'complete', context);
}

async function sealAs(batch: LocalBatch, reason: SealReason, context: UploadContext): Promise<boolean> {
  const outcome = await deliver(batch, context, () => sendSeal(batch, reason));
  if (outcome.kind === 'stopped') return false;
  if (outcome.kind === 'done') await store.noteAcknowledged(batch.id, outcome.answer.acknowledged);
  // A batch that the server never heard of has nothing to seal there. Otherwise it is gone: we say what came.
  else if (reason === 'complete' || outcome.code !== 'batch-not-declared')
    await store.logEvent(batch.runId, 'failure', { code: 'seal-refused', batch: batch.id, ...refusalOf(outcome) });
  await finish(batch, context);
  return true;
}

/** What the server said, as the log keeps it. */
function refusalOf({ code, detail }: { readonly code: string; readonly detail: string }) {
  return { problem: code, detail };
}

async function finish(batch: LocalBatch, { emit }: UploadContext): Promise<void> {
  const run = await store.markSealed(batch);
  if (run === undefined) return;
  const uploaded = await store.uploadedTickets(run.id);
  const tookMs = (run.finishedAt ?? run.createdAt) - run.createdAt;
  const code = run.state === 'done' ? 'done' : 'cancelled';
  await store.logEvent(run.id, 'done', { code, tickets: uploaded, of: run.count, tookMs });
  emit({ type: 'uploaded', runId: run.id, uploaded });
}
