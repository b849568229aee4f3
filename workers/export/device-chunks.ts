import ky, { HTTPError } from 'ky';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { rangesOfSeqs, type SeqRanges, seqsOf } from '../../core/chunk/seq-ranges.ts';
import { exportError } from '../../core/export/fault-error.ts';
import { release } from '../../core/export/release.ts';
import type { ChunkReader } from '../../core/export/sources/ticket-batch.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { collectAfter } from '../early-collection.ts';

/**
 * Tickets read at a time; one such window is ahead of the one that is being written. Larger ones are no faster, and the
 * engine holds each some times over until it collects.
 */
const WINDOW_TICKETS = 2_048;
/** Chunks asked of the server at once. */
const FETCHES = 4;
const FETCH_TIMEOUT_MS = 30_000;

/** The seqs of a batch that are buffered on this device. */
export async function bufferedRanges(batchId: string, chunkCount: number): Promise<SeqRanges> {
  const keys = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batchId, 0], [batchId, chunkCount])
    .primaryKeys();
  return rangesOfSeqs(keys.map(([, seq]) => seq));
}

/** Reads chunks from this device's buffer, and from the server those that are not there. Holds two windows of tickets. */
export function deviceChunks(eventId: string, chunkSizeOf: (batchId: string) => number): ChunkReader {
  return {
    async *read(batchId, seqs, signal) {
      const windows = windowsOf(seqs, Math.max(1, Math.floor(WINDOW_TICKETS / chunkSizeOf(batchId))));
      let next = readWindow(eventId, batchId, windows.next().value ?? [], signal);
      for (;;) {
        const bodies = await next;
        if (bodies.length === 0) return;
        next = readWindow(eventId, batchId, windows.next().value ?? [], signal);
        // Met when its turn comes, which may be never.
        next.catch(() => {});
        // Decoded one at a time: what lives through many small collections makes the engine grow its young heap.
        for (const body of bodies) {
          const chunk = decodeTrustedChunk(body);
          yield chunk;
          release(body);
          release(chunk.signatures);
        }
      }
    },
  };
}

/** The first holds one chunk, so that the file begins soon. */
function* windowsOf(seqs: SeqRanges, size: number): Generator<number[]> {
  let window: number[] = [];
  let isFirst = true;
  for (const seq of seqsOf(seqs)) {
    window.push(seq);
    if (isFirst || window.length === size) {
      yield window;
      window = [];
      isFirst = false;
    }
  }
  if (window.length > 0) yield window;
}

async function readWindow(
  eventId: string,
  batchId: string,
  seqs: readonly number[],
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (first === undefined || last === undefined) return [];
  const buffered = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batchId, first], [batchId, last], true, true)
    .toArray();
  collectAfter(buffered.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const bytesOf = new Map(buffered.map(({ seq, bytes }) => [seq, bytes]));
  const missing = seqs.filter((seq) => !bytesOf.has(seq));
  for (let at = 0; at < missing.length; at += FETCHES) {
    const some = missing.slice(at, at + FETCHES);
    const fetched = await Promise.all(some.map((seq) => fetchChunk(eventId, batchId, seq, signal)));
    for (const [index, seq] of some.entries()) bytesOf.set(seq, fetched[index] as Uint8Array<ArrayBuffer>);
  }
  signal.throwIfAborted();
  return seqs.map((seq) => bytesOf.get(seq) as Uint8Array<ArrayBuffer>);
}

/** The cookie goes along by itself. */
async function fetchChunk(
  eventId: string,
  batchId: string,
  seq: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = `/api/events/${eventId}/batches/${batchId}/chunks/${seq}`;
  try {
    const answer = await ky(url, {
      headers: { Accept: 'application/cbor' },
      signal,
      timeout: FETCH_TIMEOUT_MS,
      retry: { limit: 4, jitter: true, backoffLimit: 8_000, maxRetryAfter: 30_000, retryOnTimeout: true },
    });
    if (answer.headers.get('Content-Type') !== 'application/cbor') throw new TypeError('expected application/cbor');
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    throw exportError({ code: whyMissing(error), part: seq + 1, batch: batchId }, { cause: error, retryable: true });
  }
}

function whyMissing(error: unknown) {
  const status = error instanceof HTTPError ? error.response.status : 0;
  if (status === 401) return 'signed-out';
  if (status === 404) return 'tickets-missing';
  return 'server-unreachable';
}
