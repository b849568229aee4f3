import { Worker } from 'node:worker_threads';
import { TicketmintError } from '../../core/errors.ts';
import { ProblemError } from '../problem.ts';
import { type DecodeAnswer, type DecodedChunk, type DecodeRequest, decodeNow } from './decode.ts';

/** Decoding so much takes some 10 ms; the largest chunk takes 200, which is too long for the event loop. */
const MAX_BYTES_ON_MAIN = 512 * 1024;
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };

/** Decodes chunks strictly: usual ones at once, large ones on a thread that is started when the first one comes. */
export class ChunkDecoder {
  readonly #waiting = new Map<number, PromiseWithResolvers<DecodedChunk>>();
  #worker: Worker | undefined;
  #nextId = 1;

  /** @throws {TicketmintError} `chunk-invalid`; {ProblemError} `overloaded` when the thread died of it */
  async decode(body: Uint8Array): Promise<DecodedChunk> {
    if (body.length <= MAX_BYTES_ON_MAIN) return decodeNow(body);
    this.#worker ??= this.#start();
    const answer = Promise.withResolvers<DecodedChunk>();
    const request: DecodeRequest = { id: this.#nextId++, body };
    this.#waiting.set(request.id, answer);
    this.#worker.postMessage(request);
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./decode-thread.ts', import.meta.url), { resourceLimits: HEAP_LIMITS });
    worker.on('message', (answer: DecodeAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('chunk' in answer) waiting?.resolve(answer.chunk);
      else waiting?.reject(TicketmintError.fromData(answer.error));
    });
    // The exit that follows an error refuses whatever waits.
    worker.on('error', () => {});
    worker.on('exit', () => {
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(new ProblemError('overloaded', { retryAfterSeconds: 5 }));
      this.#waiting.clear();
    });
    return worker;
  }
}
