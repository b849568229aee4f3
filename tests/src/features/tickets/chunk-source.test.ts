import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../../../core/chunk/chunk.ts';
import { ChunkSource } from '../../../../src/features/tickets/chunk-source.ts';

const BATCH = '0123456789ab';

function chunkOf(seq: number): Chunk {
  return {
    batchId: BATCH,
    seq,
    firstSerial: 1 + seq * 50,
    count: 50,
    mintedAt: 0,
    signatures: new Uint8Array(50 * 64),
  };
}

/** A loader that answers when told. */
function controlled() {
  const waiting = new Map<
    number,
    { resolve: (chunk: Chunk) => void; reject: (error: Error) => void; signal: AbortSignal }
  >();
  const asked: number[] = [];
  const load = (_batchId: string, seq: number, signal: AbortSignal) => {
    asked.push(seq);
    const { promise, resolve, reject } = Promise.withResolvers<Chunk>();
    waiting.set(seq, { resolve, reject, signal });
    signal.addEventListener('abort', () => reject(signal.reason));
    return promise;
  };
  return { load, asked, waiting };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('ChunkSource', () => {
  test('loads what is wanted once, and tells when it is there', async () => {
    const { load, asked, waiting } = controlled();
    const source = new ChunkSource(load);
    let changes = 0;
    source.subscribe(() => changes++);
    source.want(BATCH, [1, 2]);
    source.want(BATCH, [1, 2]);
    expect(asked).toEqual([1, 2]);
    expect(source.peek(BATCH, 1).state).toBe('loading');
    waiting.get(1)?.resolve(chunkOf(1));
    await settled();
    expect(source.peek(BATCH, 1)).toMatchObject({ state: 'ready', chunk: { seq: 1 } });
    expect(changes).toBe(1);
  });

  test('gives up what has left the view before it came, and loads it again when it is back', async () => {
    const { load, asked, waiting } = controlled();
    const source = new ChunkSource(load);
    source.want(BATCH, [1]);
    source.want(BATCH, [900]);
    await settled();
    expect(waiting.get(1)?.signal.aborted).toBe(true);
    expect(source.peek(BATCH, 1).state).toBe('loading');
    source.want(BATCH, [1]);
    expect(asked).toEqual([1, 900, 1]);
  });

  test('holds no more chunks than its capacity, and drops the longest unused first', async () => {
    const source = new ChunkSource(async (_batchId, seq) => chunkOf(seq), 3);
    for (const seq of [0, 1, 2]) source.load(BATCH, seq);
    await settled();
    source.want(BATCH, [0]);
    source.load(BATCH, 3);
    await settled();
    const states = [0, 1, 2, 3].map((seq) => source.peek(BATCH, seq).state);
    expect(states).toEqual(['ready', 'loading', 'ready', 'ready']);
  });

  test('keeps a failure until it is asked to try again', async () => {
    const { load, asked, waiting } = controlled();
    const source = new ChunkSource(load);
    source.load(BATCH, 5);
    waiting.get(5)?.reject(new Error('no network'));
    await settled();
    source.load(BATCH, 5);
    expect(source.peek(BATCH, 5).state).toBe('failed');
    expect(asked).toEqual([5]);
    source.retryFailed();
    source.load(BATCH, 5);
    expect(asked).toEqual([5, 5]);
  });
});
