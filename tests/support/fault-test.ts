import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chunkRange, DEFAULT_CHUNK_SIZE } from '../../core/chunk/chunk.ts';
import type { RunEvent } from '../../core/mint/run-event.ts';
import { createLedger, type Ledger, type Verdict } from './ledger.ts';
import { createWorld, IS_FULL, until, type World } from './world.ts';

const TIMEOUT_MS = IS_FULL ? 3_600_000 : 300_000;

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

/** Waits for a random number of writes, from none to nearly all of 10,000 tickets, and for a moment more. */
export async function someWrites({ events, random }: World, heardBefore: number): Promise<void> {
  const wanted = random.between(0, 4);
  const writes = () => events.slice(heardBefore).filter((event) => event.type === 'chunks-buffered').length;
  await until(`${wanted} writes`, () => writes() >= wanted, { everyMs: 5 });
  await sleep(random.between(0, 60));
}

/** Of a hundred kills; measured were one or two. */
const MOST_WIPES_PERCENT = 5;

/** What Chromium throws away of its own accord is no fault of ours, unless it becomes a habit. */
export function expectFewWipes(wipes: number, kills: number): void {
  if (wipes > 0) console.log(`Chromium threw its store away after ${wipes} of ${kills} kills.`);
  expect(wipes, 'times that Chromium threw its store away').toBeLessThanOrEqual(
    Math.ceil((MOST_WIPES_PERCENT * kills) / 100),
  );
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
