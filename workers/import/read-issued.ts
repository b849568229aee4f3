import { IssuedIndex, type PersonDetail } from '../../core/attendees/issued-index.ts';
import type { IssuedBatch, IssuedBatches, IssuedSummary } from '../../core/attendees/list-job.ts';
import { chunkCountOf, chunkRange, type FieldColumns } from '../../core/chunk/chunk.ts';
import { countSeqs, hasSeq, mergeRanges, rangesOfSeqs, type SeqRanges, seqsOf } from '../../core/chunk/seq-ranges.ts';
import { TicketmintError } from '../../core/errors.ts';
import type { ChunkReader } from '../../core/export/sources/ticket-batch.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { bufferedRanges, deviceChunks } from '../export/device-chunks.ts';

export interface ReadIssued extends IssuedSummary {
  readonly index: IssuedIndex;
}

export interface ReadIssuedOptions {
  readonly signal: AbortSignal;
  /** Called after every chunk with the share of the tickets that was read, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Reads who already has a ticket: what this device keeps first, lists that are still being minted included, then what only
 * the server has. Streamed: holds two windows of about 8,000 tickets besides the index.
 * @throws {TicketmintError} `aborted`. A server that cannot be asked makes the result incomplete, and is no error.
 */
export async function readIssued(
  { eventId, batches, asksServer }: IssuedBatches,
  details: readonly PersonDetail[],
  { signal, onProgress }: ReadIssuedOptions,
): Promise<ReadIssued> {
  const index = new IssuedIndex(details);
  const sizes = new Map(batches.map(({ id, chunkSize }) => [id, chunkSize]));
  const chunks = deviceChunks(eventId, (id) => sizes.get(id) ?? 1);
  const total = batches.reduce((sum, batch) => sum + chunkCountOf(batch), 0);
  let isReachable = asksServer;
  let isComplete = asksServer;
  for (const [position, batch] of batches.entries()) {
    const before = batches.slice(0, position).reduce((sum, done) => sum + chunkCountOf(done), 0);
    const adder = chunkAdder(index, batch, (read) => onProgress((before + read) / total));
    const { here, elsewhere } = await placesOf(batch, adder.add);
    await readChunks(chunks, batch.id, here, adder.add, signal);
    if (countSeqs(elsewhere) === 0) continue;
    try {
      if (isReachable) await readChunks(chunks, batch.id, elsewhere, adder.add, signal);
      else isComplete = false;
    } catch (error) {
      if (signal.aborted || !(error instanceof TicketmintError)) throw error;
      isReachable = false;
      isComplete = false;
    }
  }
  return { index, tickets: index.tickets, isComplete };
}

/** Takes one chunk's fields. @returns false when the rest of the batch names nobody. */
type AddChunk = (seq: number, fields: FieldColumns | undefined) => boolean;

function chunkAdder(
  index: IssuedIndex,
  batch: IssuedBatch,
  onRead: (chunks: number) => void,
): { readonly add: AddChunk } {
  let read = 0;
  const isVoid = (serial: number) => hasSeq(batch.revoked, serial);
  return {
    add(seq, fields) {
      if (fields?.ref === undefined && fields?.email === undefined) return false;
      const { firstSerial } = chunkRange(batch, seq);
      index.addTickets(batch.id, firstSerial, { ref: [], email: [], ...fields }, isVoid);
      onRead(++read);
      return true;
    },
  };
}

/** The batch's chunks on this device and those on the server only; takes what is staged and not minted yet itself. */
async function placesOf(
  batch: IssuedBatch,
  add: AddChunk,
): Promise<{ readonly here: SeqRanges; readonly elsewhere: SeqRanges }> {
  const staged = batch.isOpen ? await addStaged(batch.id, add) : [];
  const buffered = await bufferedRanges(batch.id, chunkCountOf(batch));
  const wanted = batch.isOpen ? mergeRanges([...batch.stored, ...buffered]) : batch.stored;
  const seqs = [...seqsOf(wanted)].filter((seq) => !hasSeq(staged, seq));
  return {
    here: rangesOfSeqs(seqs.filter((seq) => hasSeq(buffered, seq))),
    elsewhere: rangesOfSeqs(seqs.filter((seq) => !hasSeq(buffered, seq))),
  };
}

/** Pages are deleted as they are minted, so they come before the chunks. @returns the seqs that were added. */
async function addStaged(batchId: string, add: AddChunk): Promise<SeqRanges> {
  const pages = relaxedDatabase()
    .stagedPages.where('[batchId+seq]')
    .between([batchId, 0], [batchId, Number.MAX_SAFE_INTEGER]);
  const added: number[] = [];
  for (const key of await pages.primaryKeys()) {
    const page = await relaxedDatabase().stagedPages.get(key);
    if (page === undefined) continue;
    if (!add(page.seq, page.fields)) break;
    added.push(page.seq);
  }
  return rangesOfSeqs(added);
}

async function readChunks(
  chunks: ChunkReader,
  batchId: string,
  seqs: SeqRanges,
  add: AddChunk,
  signal: AbortSignal,
): Promise<void> {
  // All chunks of a batch have the same columns.
  for await (const { seq, fields } of chunks.read(batchId, seqs, signal)) if (!add(seq, fields)) return;
}
