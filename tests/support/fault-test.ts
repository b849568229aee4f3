import { expect, test } from 'vitest';
import { chunkRange, DEFAULT_CHUNK_SIZE } from '../../core/chunk/chunk.ts';
import type { RunEvent } from '../../core/mint/run-event.ts';
import { createLedger, type Ledger, type Verdict } from './ledger.ts';
import { createWorld, IS_FULL, type World } from './world.ts';

const TIMEOUT_MS = IS_FULL ? 3_600_000 : 120_000;

/** A test that gets a world of its own, torn down whatever happens. */
export function faultTest(title: string, use: (world: World) => Promise<void>): void {
  test(title, { timeout: TIMEOUT_MS }, async () => {
    const world = await createWorld(title);
    try {
      await use(world);
    } finally {
      await world.close();
    }
  });
}

/** What the pages promised to have buffered, by the news of committed writes that reached the test. */
export function bufferLedger(events: readonly RunEvent[], count: number): Ledger {
  const ledger = createLedger();
  for (const event of events) {
    if (event.type !== 'chunks-buffered') continue;
    for (const seq of event.seqs) {
      const range = chunkRange({ count, chunkSize: DEFAULT_CHUNK_SIZE }, seq);
      ledger.acknowledge(event.batchId, range.firstSerial, range.firstSerial + range.count - 1);
    }
  }
  return ledger;
}

/** Nothing lost, nothing twice, nothing that nobody asked for, and this many tickets. */
export function expectExactly(verdict: Verdict, tickets: number): void {
  const { lost, doubled, phantom, present } = verdict;
  expect({ lost: lost.length, doubled: doubled.length, phantom: phantom.length, present }).toEqual({
    lost: 0,
    doubled: 0,
    phantom: 0,
    present: tickets,
  });
}
