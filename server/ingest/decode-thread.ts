import { parentPort } from 'node:worker_threads';
import { TicketmintError } from '../../core/errors.ts';
import { type DecodeAnswer, type DecodeRequest, decodeNow } from './decode.ts';

/** Decodes the chunks that are too large for the main thread, one after another. */
parentPort?.on('message', ({ id, body }: DecodeRequest) => {
  const answer = decode(id, body);
  const transferred = 'chunk' in answer ? [answer.chunk.signatures.buffer] : [];
  parentPort?.postMessage(answer, transferred);
});

function decode(id: number, body: Uint8Array): DecodeAnswer {
  try {
    const chunk = decodeNow(body);
    // A copy of their own: a view would bring the whole body along.
    return { id, chunk: { ...chunk, signatures: chunk.signatures.slice() } };
  } catch (error) {
    if (error instanceof TicketmintError) return { id, error: error.toData() };
    throw error;
  }
}
