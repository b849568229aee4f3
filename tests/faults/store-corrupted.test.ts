import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect } from 'vitest';
import { expectExactly, faultTest, someWrites } from '../support/fault-test.ts';
import { serverBatches } from '../support/stored-tickets.ts';
import { IS_FULL, judgeServer, mint, mintWhatIsMissing, until, type World } from '../support/world.ts';

const CORRUPTIONS = IS_FULL ? 40 : 2;
const TICKETS = 10_000;
/** What is promised; on a machine that does other work besides, only the long run holds us to it. */
const TOLD_MS = IS_FULL ? 5_000 : 30_000;

faultTest(
  `repairs a corrupted store or tells what is lost, never a blank page (B5, ${CORRUPTIONS} corruptions)`,
  async (world) => {
    let lost = 0;
    for (let corruption = 1; corruption <= CORRUPTIONS; corruption++) {
      let browser = await world.launch();
      let page = await world.open(browser);
      const heardBefore = world.events.length;
      const runId = await mint(page, world.eventId, TICKETS);
      const [batch] = await page.evaluate((id) => window.harness.batches(id), runId);
      const id = batch?.id ?? '';
      await until('the batch on the server', () => storedOf(world, id) !== undefined);
      await someWrites(world, heardBefore);
      await browser.kill();
      const how = corrupt(world, corruption);

      browser = await world.launch();
      const faults = await watchFaults(browser.context);
      page = await browser.context.newPage();
      await page.goto(`${world.origin}/events/${world.eventId}/tickets`);
      const stored = storedOf(world, id) ?? 0;
      // With all of it on the server nothing but a copy is lost, and the witness may not have been written yet.
      const open = stored === TICKETS ? [] : ['nothing said'];
      await expect.poll(() => standingOf(page, id), { timeout: TOLD_MS, message: how }).not.toBeOneOf(open);
      const standing = await standingOf(page, id);
      if (standing !== 'there') lost++;
      if (standing !== 'there' && stored < TICKETS)
        await expect.poll(() => alertsOf(page), { timeout: TOLD_MS, message: how }).toMatch(numbersOf(stored));
      await expect(page.getByRole('heading', { level: 1 }).isVisible(), how).resolves.toBe(true);
      expect(faults, how).toEqual([]);

      await browser.kill();
      // What cannot be opened is given up here as the button does it; the next round begins with a sound one.
      if (standing === 'cannot be opened') rmSync(storeOf(world), { recursive: true });
      browser = await world.launch();
      page = await world.open(browser);
      await mintWhatIsMissing(world, page, corruption * TICKETS);
      expectExactly(judgeServer(world), corruption * TICKETS);
      await browser.kill();
      // Each round has a witness of its own.
      rmSync(join(world.profile.folder, 'Default', 'Local Storage'), { recursive: true });
    }
    console.log(`${lost} of ${CORRUPTIONS} corruptions cost the store.`);
  },
);

function storedOf({ databaseFile }: World, batchId: string): number | undefined {
  return serverBatches(databaseFile).find(({ id }) => id === batchId)?.stored;
}

function numbersOf(stored: number): string {
  return `${stored.toLocaleString('en')} of ${TICKETS.toLocaleString('en')}`;
}

/** LevelDB's folder of the origin. */
function storeOf({ profile, origin }: World): string {
  const { port } = new URL(origin);
  return join(profile.folder, 'Default', 'IndexedDB', `http_127.0.0.1_${port}.indexeddb.leveldb`);
}

/** @returns what was done, for the message of a failure. */
function corrupt(world: World, corruption: number): string {
  const { random } = world;
  const folder = storeOf(world);
  // In turn, so that each kind comes up: what cannot be opened for writing, the log, the manifest, a table.
  const kinds = [/^CURRENT$/, /\.log$/, /^MANIFEST-/, /\.ldb$/] as const;
  const files = readdirSync(folder).filter((name) => kinds[(corruption - 1) % kinds.length]?.test(name));
  const name = files[random.between(0, files.length - 1)] ?? 'CURRENT';
  const file = join(folder, name);
  if (name === 'CURRENT') {
    // Permissions do not stop whoever runs as root: a folder in its place can be neither read nor written.
    rmSync(file);
    mkdirSync(file);
    return `${name} made unwritable`;
  }
  const { size } = statSync(file);
  const length = Math.min(size, random.between(1, 4_096));
  const at = random.between(0, size - length);
  const handle = openSync(file, 'r+');
  writeSync(
    handle,
    Uint8Array.from({ length }, () => random.between(0, 255)),
    0,
    length,
    at,
  );
  closeSync(handle);
  return `${length} bytes of ${name} overwritten at ${at} of ${size}`;
}

/** Errors that nobody caught, in pages that are opened from now on. */
async function watchFaults(context: BrowserContext): Promise<readonly string[]> {
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(`${error.error()} ${error.error().stack}`));
  return faults;
}

type Standing = 'there' | 'told' | 'cannot be opened' | 'nothing said';

/** Whether the store still has the batch, or what the page says of it. */
async function standingOf(page: Page, batchId: string): Promise<Standing> {
  const alerts = await alertsOf(page);
  if (/cannot open what Ticketmint keeps|has closed the storage/.test(alerts)) return 'cannot be opened';
  if (alerts !== '') return 'told';
  return (await hasBatch(page, batchId)) ? 'there' : 'nothing said';
}

async function alertsOf(page: Page): Promise<string> {
  return (await page.locator('main [class*="Alert-root"]').allInnerTexts()).join('\n');
}

/** Past the program; makes no database where there is none. */
function hasBatch(page: Page, batchId: string): Promise<boolean> {
  return page.evaluate(
    (id) =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('ticketmint');
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve(false);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('batches').objectStore('batches').count(id);
          const end = (isThere: boolean) => {
            opening.result.close();
            resolve(isThere);
          };
          reading.onsuccess = () => end(reading.result > 0);
          reading.onerror = () => end(false);
        };
      }),
    batchId,
  );
}
