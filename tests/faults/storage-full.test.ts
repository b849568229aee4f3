import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { expectExactly, faultTest } from '../support/fault-test.ts';
import { bufferedTickets } from '../support/stored-tickets.ts';
import { IS_FULL, judgeServer, mint, until, untilDone, type World } from '../support/world.ts';

const ROUNDS = IS_FULL ? 10 : 1;
const TICKETS = 40_000;
/** Chunks that are written in one transaction (workers/mint.worker.ts). */
const CHUNKS_PER_WRITE = 4;
const CHUNK_BYTES = 500 * 64;
/** How long the minter waits before it looks again by itself. */
const LOOK_AGAIN_MS = 10_000;

const MOMENTS = [
  { name: 'a third', share: 1 / 3, isWoken: false },
  { name: 'two thirds', share: 2 / 3, isWoken: true },
  { name: 'the last write', share: 0.9, isWoken: true },
];

faultTest(
  `pauses with a message at a full store, writes no half, goes on with room (B3, ${ROUNDS} × at ${MOMENTS.map(({ name }) => name).join(', ')})`,
  async (world) => {
    let asked = 0;
    for (let round = 1; round <= ROUNDS; round++)
      for (const { share, isWoken } of MOMENTS) {
        asked += TICKETS;
        await fillDuringRun(world, share, isWoken);
        expectExactly(judgeServer(world), asked);
      }
  },
);

/** With the server away, so that nothing can be sent and freed meanwhile. */
async function fillDuringRun(world: World, share: number, isWoken: boolean): Promise<void> {
  const browser = await world.launch();
  const page = await world.open(browser);
  const heardBefore = world.events.length;
  const before = (await bufferedTickets(page)).length;
  await world.server.kill();
  const setRoom = await quotaOf(page, world.origin);
  await setRoom(share * TICKETS * 64);
  const runId = await mint(page, world.eventId, TICKETS);

  const news = () => world.events.slice(heardBefore);
  await until('the pause', () =>
    news().some((event) => event.type === 'blocked' && event.block?.kind === 'storage-full'),
  );
  const buffered = (await bufferedTickets(page)).length - before;
  expect(buffered, 'tickets buffered').toBeLessThan(TICKETS);
  expect(buffered % (CHUNKS_PER_WRITE * 500), 'tickets of half a write').toBe(0);
  expect(await page.evaluate((id) => window.harness.run(id), runId)).toMatchObject({ state: 'running' });

  await setRoom(undefined);
  await world.server.restart();
  if (isWoken) await page.evaluate(() => window.harness.wakeRuns());
  const raisedAt = Date.now();
  await untilDone(page, runId);
  if (!isWoken) expect(Date.now() - raisedAt).toBeLessThan(LOOK_AGAIN_MS + 15_000);
  const written = news().flatMap((event) => (event.type === 'chunks-buffered' ? event.seqs : []));
  expect(written.length - new Set(written).size, 'parts written twice').toBeLessThanOrEqual(CHUNKS_PER_WRITE);
  await browser.kill();
}

/** Sets how many bytes the page's origin may still store; `undefined` gives back the browser's own quota. */
async function quotaOf(page: Page, origin: string): Promise<(room: number | undefined) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async (room) => {
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    const quota = room === undefined ? {} : { quotaSize: Math.round(usage + room + CHUNK_BYTES) };
    await session.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
  };
}
