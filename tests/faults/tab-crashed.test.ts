import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { bufferLedger, expectExactly, faultTest, someWrites } from '../support/fault-test.ts';
import {
  batchesOf,
  IS_FULL,
  isDone,
  judgeServer,
  mint,
  ticketsAnywhere,
  until,
  untilDone,
  type World,
} from '../support/world.ts';

const CRASHES = IS_FULL ? 300 : 5;
const THROWS = IS_FULL ? 100 : 2;
const TAKEOVERS = IS_FULL ? 50 : 1;
const TICKETS = 10_000;
const TAKEOVER_MS = 2_000;
/** Of several tabs: enough for each leader to show that it is the only one. */
const SHARED_TICKETS = 30_000;
const LED_UPLOADS = 8;

faultTest(`loses no buffered ticket when the tab crashes while it mints (B2, ${CRASHES} crashes)`, async (world) => {
  const browser = await world.launch();
  for (let crash = 1; crash <= CRASHES; crash++) {
    const heardBefore = world.events.length;
    const crashing = await world.open(browser);
    const runId = await mint(crashing, world.eventId, TICKETS);
    await someWrites(world, heardBefore);
    await crashTab(crashing);
    const promised = bufferLedger(world.events.slice(heardBefore), TICKETS);

    const page = await world.open(browser);
    const batches = await batchesOf(page, runId);
    expect(promised.judge(await ticketsAnywhere(world, page, batches)).lost, `crash ${crash}`).toEqual([]);
    await untilDone(page, runId);
    expectExactly(judgeServer(world, batches), TICKETS);
    await page.close();
  }
  expectExactly(judgeServer(world), CRASHES * TICKETS);
});

faultTest(`goes on by itself when its workers throw (B2, ${THROWS} throws)`, async (world) => {
  const page = await world.open(await world.launch());
  for (let thrown = 1; thrown <= THROWS; thrown++) {
    const runId = await mint(page, world.eventId, TICKETS);
    await sleep(world.random.between(0, 500));
    const workers = page.workers();
    const chosen = workers[world.random.between(0, workers.length - 1)];
    // A worker that has ended meanwhile has nothing to throw.
    await chosen
      ?.evaluate(
        () =>
          void setTimeout(() => {
            throw new Error('planted');
          }),
      )
      .catch(() => {});
    await untilDone(page, runId);
    expectExactly(judgeServer(world, await batchesOf(page, runId)), TICKETS);
  }
  expectExactly(judgeServer(world), THROWS * TICKETS);
});

for (const tabs of [2, 4])
  faultTest(
    `another tab takes over within ${TAKEOVER_MS} ms, and no two upload at once (B7, ${tabs} tabs, ${TAKEOVERS * (tabs - 1)} crashes)`,
    async (world) => {
      const takeovers: number[] = [];
      for (let round = 1; round <= TAKEOVERS; round++) {
        takeovers.push(...(await takeOverRound(world, tabs)));
        expectExactly(judgeServer(world), round * SHARED_TICKETS);
      }
      takeovers.sort((left, right) => left - right);
      expect(takeovers[Math.floor(takeovers.length * 0.95)], `ms to take over: ${takeovers}`).toBeLessThanOrEqual(
        TAKEOVER_MS,
      );
    },
  );

/** Crashes the leading tab again and again until one is left. @returns how long each takeover took. */
async function takeOverRound(world: World, tabs: number): Promise<number[]> {
  // Slow enough that the run outlives the crashes.
  world.proxy.set([{ kind: 'latency', ms: 250 }]);
  const browser = await world.launch();
  const pages: Page[] = [];
  for (let tab = 0; tab < tabs; tab++) pages.push(await world.open(browser));
  const uploads = watchUploads(pages);
  const runId = await mint(pages[0] as Page, world.eventId, SHARED_TICKETS);
  for (const page of pages.slice(1)) await page.evaluate(() => window.harness.wakeRuns());
  const takeovers: number[] = [];
  const alive = new Set(pages.keys());
  // The others queue for the lock in no certain order.
  let leader = 0;
  while (alive.size > 1) {
    // Long enough for the others to show themselves, had they not to wait.
    await until('the leading tab to upload', () => uploads.filter(({ tab }) => tab === leader).length >= LED_UPLOADS);
    await sleep(world.random.between(0, 200));
    const crashedAt = await crashTab(pages[leader] as Page);
    alive.delete(leader);
    for (const upload of uploads) if (upload.tab === leader) upload.endedAt = Math.min(upload.endedAt, crashedAt);
    const next = () => uploads.find(({ tab }) => alive.has(tab));
    await until('another tab to upload', () => next() !== undefined);
    const { tab, at } = next() as Upload;
    takeovers.push(at - crashedAt);
    leader = tab;
  }
  world.proxy.set([]);
  await until('the run to be done', () => isDone(pages[leader] as Page, runId));
  expect(overlapsOfTabs(uploads)).toEqual([]);
  await browser.kill();
  return takeovers;
}

interface Upload {
  readonly tab: number;
  readonly at: number;
  endedAt: number;
}

/** The chunks that each tab's worker sends, from when to when. */
function watchUploads(pages: readonly Page[]): Upload[] {
  const uploads: Upload[] = [];
  for (const [tab, page] of pages.entries())
    page.on('request', (request) => {
      if (!request.url().includes('/chunks/')) return;
      const upload: Upload = { tab, at: Date.now(), endedAt: Number.POSITIVE_INFINITY };
      uploads.push(upload);
      const end = () => {
        upload.endedAt = Math.min(upload.endedAt, Date.now());
      };
      // Rejects when the tab crashes, which ends it too.
      request.response().then(end, end);
    });
  return uploads;
}

function overlapsOfTabs(uploads: readonly Upload[]): string[] {
  return uploads.flatMap((one) =>
    uploads
      .filter((other) => other.tab > one.tab && other.at < one.endedAt && one.at < other.endedAt)
      .map((other) => `tab ${one.tab} at ${one.at}–${one.endedAt}, tab ${other.tab} at ${other.at}–${other.endedAt}`),
  );
}

/** @returns when. */
async function crashTab(page: Page): Promise<number> {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  const at = Date.now();
  // Never answered: who would.
  session.send('Page.crash').catch(() => {});
  await crashed;
  return at;
}
