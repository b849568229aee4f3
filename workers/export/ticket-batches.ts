import { chunkCountOf, decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { mergeRanges, type SeqRanges } from '../../core/chunk/seq-ranges.ts';
import type { BatchRequest } from '../../core/export/job.ts';
import type { ChunkReader, CorrectionMap, TicketBatch } from '../../core/export/sources/ticket-batch.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { bufferedRanges } from './device-chunks.ts';

/** Completes what the page knows of a batch: which chunks exist, here or on the server, and which columns they have. */
export async function ticketBatchOf(
  request: BatchRequest,
  chunks: ChunkReader,
  signal: AbortSignal,
): Promise<TicketBatch> {
  const { id, typeIndex, typeName, priceMinor, count, chunkSize, notBefore, notAfter, revoked } = request;
  const seqs = request.seqs ?? (await knownSeqs(request));
  return {
    id,
    typeIndex,
    typeName,
    priceMinor,
    count,
    chunkSize,
    notBefore,
    notAfter,
    seqs,
    revoked,
    fieldColumns: await fieldColumnsOf(id, seqs, chunks, signal),
    corrections: correctionMapOf(request),
  };
}

/** The chunks that exist, as far as is known here. */
export async function knownSeqs({ id, count, chunkSize, stored }: BatchRequest): Promise<SeqRanges> {
  return mergeRanges([...(await bufferedRanges(id, chunkCountOf({ count, chunkSize }))), ...stored]);
}

/** The personal columns of a batch: all its chunks have the same. Read from the first one, from this device if possible. */
async function fieldColumnsOf(
  batchId: string,
  seqs: SeqRanges,
  chunks: ChunkReader,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const first = seqs[0]?.[0];
  if (first === undefined) return [];
  const anyBuffered = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batchId, 0], [batchId, Number.MAX_SAFE_INTEGER])
    .first();
  if (anyBuffered !== undefined) return Object.keys(decodeTrustedChunk(anyBuffered.bytes).fields ?? {});
  for await (const { fields } of chunks.read(batchId, [[first, first]], signal)) return Object.keys(fields ?? {});
  return [];
}

function correctionMapOf({ corrections }: BatchRequest): CorrectionMap {
  const bySerial = new Map<number, Map<string, string | null>>();
  for (const { serial, column, value } of corrections) {
    const columns = bySerial.get(serial) ?? new Map<string, string | null>();
    bySerial.set(serial, columns.set(column, value));
  }
  return bySerial;
}
