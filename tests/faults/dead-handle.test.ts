import type { BrowserContext, Page } from '@playwright/test';
import { expect } from 'vitest';
import { type HandleDeath, killHandles, plantHandleDeath } from '../support/dead-handles.ts';
import { bufferLedger, expectExactly, faultTest, someWrites } from '../support/fault-test.ts';
import { batchesOf, IS_FULL, isDone, judgeServer, mint, ticketsAnywhere, until, type World } from '../support/world.ts';

const DEATHS = IS_FULL ? 100 : 2;
const TICKETS = 10_000;

const KINDS: readonly HandleDeath[] = [
  { manner: 'lost', of: 'minters', isForGood: false },
  { manner: 'closed', of: 'all', isForGood: true },
  { manner: 'lost', of: 'all', isForGood: false },
  { manner: 'lost', of: 'minters', isForGood: true },
  { manner: 'closed', of: 'minters', isForGood: false },
  { manner: 'closed', of: 'all', isForGood: false },
];

faultTest(
  `opens a dead connection anew once, then asks for a reload, and never calls buffered what is not (B6, ${DEATHS} deaths)`,
  async (world) => {
    const browser = await world.launch();
    await plantHandleDeath(browser.context);
    let page = await world.open(browser);
    for (let death = 0; death < DEATHS; death++) {
      const kind = KINDS[death % KINDS.length] as HandleDeath;
      const heardBefore = world.events.length;
      const runId = await mint(page, world.eventId, TICKETS);
      const batches = await batchesOf(page, runId);
      await someWrites(world, heardBefore);
      await killHandles(page, kind);
      if (kind.isForGood) {
        await until('the question for a reload', () => asksForReload(world, page, heardBefore));
        // Before anything is minted again: what was called buffered lies there.
        const promised = bufferLedger(world.events.slice(heardBefore), TICKETS);
        const present = await seenFromOutside(world, browser.context, batches);
        expect(promised.judge(present).lost, JSON.stringify(kind)).toEqual([]);
        await page.close();
        page = await world.open(browser);
      }
      // The test's own question may be the one that finds the connection dead.
      await until('the run to be done', () => isDone(page, runId).catch(() => false), { timeoutMs: 120_000 });
      expectExactly(judgeServer(world, batches), TICKETS);
    }
  },
);

/** Through a page of the same site that has connections of its own. */
async function seenFromOutside(world: World, context: BrowserContext, batches: readonly string[]) {
  const page = await context.newPage();
  await page.goto(`${world.origin}/healthz`);
  const present = await ticketsAnywhere(world, page, batches);
  await page.close();
  return present;
}

/** By the run's page, or by the one that stands above all pages; or nothing is left to be asked. */
async function asksForReload({ events }: World, page: Page, heardBefore: number): Promise<boolean> {
  const news = events.slice(heardBefore);
  const isBlocked = news.some((event) => event.type === 'blocked' && event.block?.kind === 'storage-lost');
  const isBuffered = bufferLedger(news, TICKETS).judge([]).acknowledged === TICKETS;
  return isBlocked || isBuffered || (await page.evaluate(() => window.harness.storeState())) === 'dead';
}
