import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { expectExactly, faultTest, someWrites } from '../support/fault-test.ts';
import { serverBatches } from '../support/stored-tickets.ts';
import { IS_FULL, judgeServer, mint, mintWhatIsMissing, until, type World } from '../support/world.ts';

const EVICTIONS = IS_FULL ? 50 : 2;
const TICKETS = 10_000;

faultTest(
  `tells what a cleared store has lost, and mints only what was never acknowledged (B4, ${EVICTIONS} evictions)`,
  async (world) => {
    let browser = await world.launch();
    let page = await world.open(browser);
    for (let eviction = 1; eviction <= EVICTIONS; eviction++) {
      const heardBefore = world.events.length;
      const runId = await mint(page, world.eventId, TICKETS);
      const [batch] = await page.evaluate((id) => window.harness.batches(id), runId);
      const id = batch?.id ?? '';
      await until('the batch on the server', () => statusOf(world, id) !== undefined);
      await someWrites(world, heardBefore);
      if (eviction % 2 === 1) await clearSite(world, page);
      else browser = await withoutStore(world, browser);
      page = await world.open(browser);

      // It may have been done before the store was gone.
      const { stored = 0, sealReason } = statusOf(world, id) ?? {};
      const told = (await page.evaluate((eventId) => window.harness.lost(eventId), world.eventId))[id];
      if (sealReason === null) expect(told).toMatchObject({ missing: TICKETS - stored });
      else expect(stored).toBe(TICKETS);
      await mintWhatIsMissing(world, page, eviction * TICKETS);
      expectExactly(judgeServer(world), eviction * TICKETS);
    }
  },
);

function statusOf({ databaseFile }: World, batchId: string) {
  return serverBatches(databaseFile).find(({ id }) => id === batchId);
}

/** What the browser does when it needs the room: under the open page, all of it at once. */
async function clearSite({ origin, random }: World, page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const storageTypes = 'indexeddb,local_storage,cache_storage,file_systems,service_workers';
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  // What it does on an empty store must not come out as anybody's tickets.
  await sleep(random.between(0, 500));
  await page.close({ runBeforeUnload: false });
}

async function withoutStore({ profile, launch }: World, browser: RealBrowser): Promise<RealBrowser> {
  await browser.kill();
  rmSync(join(profile.folder, 'Default', 'IndexedDB'), { recursive: true });
  return launch();
}
