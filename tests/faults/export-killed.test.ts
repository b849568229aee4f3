import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import type { FileRequest } from '../../core/export/job.ts';
import { expectFewWipes, faultTest } from '../support/fault-test.ts';
import { IS_FULL, isStoreGone, until } from '../support/world.ts';

const KILLS = IS_FULL ? 100 : 2;
const CRASHES_TO_STOP = 3;
const TAKEOVERS = IS_FULL ? 50 : 1;

interface Path {
  readonly title: string;
  readonly tickets: number;
  readonly kind: 'staging' | 'folder' | 'file';
  readonly file: FileRequest;
}

const csv = { formatId: 'csv', options: {}, fileName: 'tickets.csv' } as const;
const pdfInParts = { formatId: 'tickets-pdf', options: {}, fileName: 'tickets.pdf', recordsPerFile: 2_000 } as const;
const PATHS: readonly Path[] = [
  { title: 'a download', tickets: 100_000, kind: 'staging', file: csv },
  { title: 'a picked file', tickets: 100_000, kind: 'file', file: csv },
  { title: 'a PDF in parts, in a folder', tickets: 10_000, kind: 'folder', file: pdfInParts },
];

for (const { title, tickets, kind, file } of PATHS)
  faultTest(
    `${title} has the same content after the browser was killed; nothing half done is called complete, no debris (B8, E5, ${KILLS} kills)`,
    async (world) => {
      let browser = await world.launch();
      let page = await world.open(browser);
      await isStoreGone(page);
      let wipes = 0;
      await page.evaluate((count) => window.harness.exports.seed(count), tickets);
      const content = await contentOf(page, await start(page, { tickets, kind, file }));
      for (let kill = 1; kill <= KILLS; kill++) {
        const id = await start(page, { tickets, kind, file });
        // Spread over 10 to 90 %.
        const fraction = 0.1 + (0.8 * (kill - world.random.next())) / KILLS;
        await reach(page, id, fraction);
        await browser.kill();
        const killedAt = Date.now();

        browser = await world.launch();
        page = await world.open(browser);
        await expectWholeFiles(page);
        if (await isStoreGone(page)) {
          wipes++;
          await page.evaluate((count) => window.harness.exports.seed(count), tickets);
          continue;
        }
        expect(await contentOf(page, id), `kill ${kill} at ${fraction.toFixed(2)}`).toBe(content);
        await expectWholeFiles(page);
        await expectNoDebris(page);
        // On a busy machine one may be done, and saved, in the time that a kill takes.
        const { finishedAt } = (await recordOf(page, id)) ?? {};
        if (kind === 'staging' && (finishedAt ?? 0) > killedAt) await expectOneTap(page, id);
        await page.evaluate((exportId) => window.harness.exports.forget(exportId), id);
      }
      expectFewWipes(wipes, KILLS);
    },
  );

faultTest(`an export that brought the browser down ${CRASHES_TO_STOP} times stops, and says so`, async (world) => {
  let browser = await world.launch();
  let page = await world.open(browser);
  await page.evaluate((count) => window.harness.exports.seed(count), 100_000);
  const id = await start(page, { tickets: 100_000, kind: 'folder', file: csv });
  for (let crash = 1; crash <= CRASHES_TO_STOP; crash++) {
    await reach(page, id, 0.02);
    await browser.kill();
    browser = await world.launch();
    page = await world.open(browser);
  }
  await until('the export to stop', async () => (await recordOf(page, id))?.state === 'failed');
  expect((await recordOf(page, id))?.failure).toEqual({ code: 'browser-gave-out', times: CRASHES_TO_STOP });
  await expectNoDebris(page);
  // By hand it may be tried again, and it is the person's own browser's files that it goes to then.
  await page.evaluate((exportId) => window.harness.exports.retry(exportId), id);
  expect(await contentOf(page, id)).toMatch(/^[0-9a-f]{64}$/);
});

faultTest(`another tab takes up an export when its own is gone (${TAKEOVERS} takeovers)`, async (world) => {
  const browser = await world.launch();
  const other = await world.open(browser);
  await other.evaluate((count) => window.harness.exports.seed(count), 100_000);
  for (let takeover = 1; takeover <= TAKEOVERS; takeover++) {
    const page = await world.open(browser);
    const id = await start(page, { tickets: 100_000, kind: 'folder', file: csv });
    await reach(page, id, 0.05);
    expect(await other.evaluate(() => window.harness.exports.states())).toContainEqual('running elsewhere');
    await page.close({ runBeforeUnload: false });
    expect(await contentOf(other, id)).toMatch(/^[0-9a-f]{64}$/);
    await expectWholeFiles(other);
    await expectNoDebris(other);
  }
});

function start(page: Page, { tickets, kind, file }: Omit<Path, 'title'>): Promise<string> {
  const input = [tickets, file, kind] as const;
  return page.evaluate(([count, what, where]) => window.harness.exports.start(count, what, where), input);
}

/** Waits until so much of an export is written. */
async function reach(page: Page, id: string, fraction: number): Promise<void> {
  const input = [id, fraction] as const;
  const isThere = ([exportId, wanted]: readonly [string, number]) =>
    window.harness.exports.fraction(exportId) >= wanted;
  await page.waitForFunction(isThere, input, { polling: 5 });
}

async function recordOf(page: Page, id: string) {
  const records = await page.evaluate(() => window.harness.exports.records());
  return records.find((record) => record.id === id);
}

/** Resolves once an export is completed. @returns its content's hash. */
async function contentOf(page: Page, id: string): Promise<string | undefined> {
  await until('the export to be completed', async () => {
    const { state, failure } = (await recordOf(page, id)) ?? {};
    if (state === 'failed') throw new Error(`the export failed: ${JSON.stringify(failure)}`);
    return state === 'completed';
  });
  return (await recordOf(page, id))?.manifest?.contentSha256;
}

/** What is called completed is all there; what lies in the picked folder is whole, or empty while it is not completed. */
async function expectWholeFiles(page: Page): Promise<void> {
  const { records, staged, picked } = await filesOf(page);
  const hashes = new Set<string>();
  for (const { state, manifest, destination, savedAt, staged: files } of records) {
    for (const { sha256 } of manifest?.parts ?? []) hashes.add(sha256);
    if (state !== 'completed') continue;
    const parts = manifest?.parts ?? [];
    expect(files.map(({ name }) => staged[name]?.sha256)).toEqual(parts.map(({ sha256 }) => sha256));
    if (destination === 'staging' || savedAt === null) continue;
    for (const { fileName, sha256 } of parts) expect(picked[fileName]?.sha256, fileName).toBe(sha256);
  }
  for (const [name, { bytes, sha256 }] of Object.entries(picked))
    if (!name.endsWith('.manifest.json') && bytes > 0) expect(hashes, name).toContain(sha256);
}

/** Nothing is staged but what the history offers to save again, and the picked folder has no empty file. */
async function expectNoDebris(page: Page): Promise<void> {
  const { records, staged, picked } = await filesOf(page);
  const known = records.flatMap((record) => record.staged.map(({ name }) => name));
  expect(Object.keys(staged).sort()).toEqual(known.sort());
  expect(Object.entries(picked).filter(([, { bytes }]) => bytes === 0)).toEqual([]);
}

async function filesOf(page: Page) {
  const records = await page.evaluate(() => window.harness.exports.records());
  const staged = await page.evaluate(() => window.harness.exports.staged());
  const picked = await page.evaluate(() => window.harness.exports.picked());
  return { records, staged, picked };
}

/** Nothing is downloaded by itself after a crash: it waits for a press, and then is not made again. */
async function expectOneTap(page: Page, id: string): Promise<void> {
  const waiting = await recordOf(page, id);
  expect(waiting).toMatchObject({ savedAt: null, staged: [{ fileName: 'tickets.csv' }] });
  const downloading = page.waitForEvent('download');
  await page.evaluate((exportId) => window.harness.exports.save(exportId), id);
  const file = await readFile(await (await downloading).path());
  expect(createHash('sha256').update(file).digest('hex')).toBe(waiting?.manifest?.sha256);
}
