import { chunkCountOf, chunkRange, DEFAULT_CHUNK_SIZE, encodeChunk } from '../../../core/chunk/chunk.ts';
import type { BatchRequest } from '../../../core/export/job.ts';
import { SIGNATURE_BYTES } from '../../../core/ticket/token.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { emailOf, holderOf, seatOf } from '../records.ts';

const CHUNKS_PER_WRITE = 32;
const MINTED_AT = Date.UTC(2026, 10, 22, 9);

/** A batch of the bench; nothing in an export asks whether its signatures are good. */
export function batchOf(rows: number): BatchRequest {
  return {
    id: 'be7c4be7c4be',
    typeIndex: 0,
    typeName: 'General',
    priceMinor: 49_900,
    count: rows,
    chunkSize: DEFAULT_CHUNK_SIZE,
    notBefore: null,
    notAfter: null,
    stored: [],
    revoked: [],
    corrections: [],
  };
}

/** Buffers a personalised batch as minting would have left it. */
export async function bufferBatch(rows: number): Promise<void> {
  const batch = batchOf(rows);
  const chunks = chunkCountOf(batch);
  for (let seq = 0; seq < chunks; seq += CHUNKS_PER_WRITE) {
    const length = Math.min(CHUNKS_PER_WRITE, chunks - seq);
    await relaxedDatabase().chunks.bulkPut(Array.from({ length }, (_, index) => bufferedChunk(batch, seq + index)));
  }
}

function bufferedChunk(batch: BatchRequest, seq: number) {
  const { firstSerial, count } = chunkRange(batch, seq);
  const serials = Array.from({ length: count }, (_, index) => firstSerial + index);
  const signatures = new Uint8Array(count * SIGNATURE_BYTES);
  for (let at = 0; at < signatures.length; at += 65_536) crypto.getRandomValues(signatures.subarray(at, at + 65_536));
  const fields = { holder: serials.map(holderOf), email: serials.map(emailOf), seat: serials.map(seatOf) };
  const bytes = encodeChunk({ batchId: batch.id, seq, firstSerial, count, mintedAt: MINTED_AT, signatures, fields });
  return { batchId: batch.id, seq, count, bytes };
}
