import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { bufferLedger, expectExactly, expectFewWipes, faultTest, someWrites } from '../support/fault-test.ts';
import {
  batchesOf,
  IS_FULL,
  isDone,
  isStoreGone,
  judgeServer,
  mint,
  mintWhatIsMissing,
  ticketsAnywhere,
  until,
  untilDone,
  untilStored,
} from '../support/world.ts';

const KILLS = IS_FULL ? 300 : 4;
const TICKETS = 10_000;
const RESUME_MS = 5_000;
const BIG_RUN = IS_FULL ? 100_000 : 20_000;

faultTest(`loses no buffered ticket when the browser is killed while it mints (B1, ${KILLS} kills)`, async (world) => {
  let browser = await world.launch();
  let page = await world.open(browser);
  await isStoreGone(page);
  let wipes = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const heardBefore = world.events.length;
    const runId = await mint(page, world.eventId, TICKETS);
    await someWrites(world, heardBefore);
    await browser.kill();
    const promised = bufferLedger(world.events.slice(heardBefore), TICKETS);

    browser = await world.launch();
    const startedAt = Date.now();
    const heardSince = world.events.length;
    page = await world.open(browser);
    if (await isStoreGone(page)) {
      wipes++;
      await mintWhatIsMissing(world, page, kill * TICKETS);
      expectExactly(judgeServer(world), kill * TICKETS);
      continue;
    }
    await until('the run to go on', async () => (await isDone(page, runId)) || hasNews(heardSince));
    expect(Date.now() - startedAt, 'ms until the run goes on').toBeLessThanOrEqual(RESUME_MS);
    const batches = await batchesOf(page, runId);
    expect(promised.judge(await ticketsAnywhere(world, page, batches)).lost, `kill ${kill}`).toEqual([]);
    await untilDone(page, runId);
    expectExactly(judgeServer(world, batches), TICKETS);
  }
  expectExactly(judgeServer(world), KILLS * TICKETS);
  expectFewWipes(wipes, KILLS);

  function hasNews(since: number): boolean {
    return world.events.slice(since).some(({ type }) => type === 'uploaded' || type === 'chunks-buffered');
  }
});

faultTest(
  `ends with exactly ${BIG_RUN} tickets after a reload at a third, a killed browser at a half, a killed server at two thirds`,
  async (world) => {
    let browser = await world.launch();
    let page = await world.open(browser);
    const runId = await mint(page, world.eventId, BIG_RUN);

    await untilStored(world, BIG_RUN / 3);
    await page.reload();
    await untilStored(world, BIG_RUN / 2);
    await browser.kill();
    browser = await world.launch();
    page = await world.open(browser);
    await untilStored(world, (2 * BIG_RUN) / 3);
    await world.server.kill();
    await sleep(500);
    await world.server.restart();

    await untilDone(page, runId);
    expectExactly(judgeServer(world), BIG_RUN);
    expect(await page.evaluate(() => window.harness.keys())).toBe(0);
  },
);
