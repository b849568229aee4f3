import { type KeyObject, randomInt } from 'node:crypto';
import { chunkCountOf, chunkRange } from '../../core/chunk/chunk.ts';
import { SIGNATURE_BYTES, signedMessageWriter } from '../../core/ticket/token.ts';
import { ProblemError } from '../problem.ts';
import type { BatchFacts } from '../store/store.ts';
import type { DecodedChunk } from './decode.ts';
import { verifyEd25519 } from './ed25519.ts';

/** Signatures verified before the acknowledgement; all of them are verified afterwards. */
const SAMPLE = 3;

/**
 * Checks a decoded chunk against the place it was sent to and its batch's manifest: batch, number, serial range, density.
 * @throws {ProblemError} `chunk-invalid` with field and reason
 */
export function checkChunk(chunk: DecodedChunk, at: { batch: string; seq: number }, facts: BatchFacts): void {
  if (chunk.batchId !== at.batch) throw invalid('batch', 'expected the batch of the address');
  if (chunk.seq !== at.seq) throw invalid('seq', `expected ${at.seq}`);
  const chunks = chunkCountOf(facts);
  if (chunk.seq >= chunks) throw invalid('seq', `expected at most ${chunks - 1}`);
  const { firstSerial, count } = chunkRange(facts, chunk.seq);
  if (chunk.firstSerial !== firstSerial) throw invalid('firstSerial', `expected ${firstSerial}`);
  if (chunk.count !== count) throw invalid('count', `expected ${count}`);
}

/**
 * Verifies a random sample of a chunk's signatures: whoever sends a chunk cannot know which.
 * @throws {ProblemError} `signature-invalid`
 */
export async function checkSample(chunk: DecodedChunk, facts: BatchFacts, key: KeyObject): Promise<void> {
  const messageOf = signedMessageWriter(chunk.batchId, facts.typeIndex);
  const results = await Promise.all(
    Array.from({ length: SAMPLE }, () => {
      const index = randomInt(chunk.count);
      const offset = index * SIGNATURE_BYTES;
      const signature = chunk.signatures.subarray(offset, offset + SIGNATURE_BYTES);
      return verifyEd25519(key, messageOf(chunk.firstSerial + index), signature);
    }),
  );
  if (results.includes(false))
    throw new ProblemError('signature-invalid', { field: 'signatures', reason: 'expected signatures of this batch' });
}

function invalid(field: string, reason: string): ProblemError {
  return new ProblemError('chunk-invalid', { field, reason });
}
