import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { COUNT, makeTickets, pickedContents, stubPickers } from '../support/export-tickets.ts';

test.use({ actionTimeout: 15_000 });

const PARTS_BEFORE = 5;

/** Lets the first parts through to the browser, and holds those after them. @returns what lets them through too. */
async function holdParts(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.context().route(/\/chunks\/\d+$/, async (route) => {
    if (Number(/\d+$/.exec(route.request().url())?.[0]) >= PARTS_BEFORE) await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}

/** Saves the event's tickets as `tickets.csv`, and reloads the page in the middle of it. */
async function interruptExport(page: Page, eventId: string): Promise<void> {
  await page.goto(`/events/${eventId}/exports`);
  await page.getByLabel('File name').fill('tickets');
  await page.getByRole('button', { name: 'Check 1,200 tickets' }).click();
  await page.getByRole('button', { name: 'Save 1,200 tickets' }).click();
  const isRunning = page.getByText(/^(Reading|Writing)$/);
  await expect(isRunning).toBeVisible();
  await page.reload();
  await expect(isRunning).toBeVisible();
}

const inHistory = (page: Page) => page.getByRole('region', { name: 'On this device' }).getByRole('listitem');

/** What the history says of the file that it proves. */
async function shownSha256(page: Page): Promise<string | null> {
  return inHistory(page).locator('code').textContent();
}

function sha256Of(file: Buffer): string {
  return createHash('sha256').update(file).digest('hex');
}

test('a download that a reload interrupted is made by itself, and saved by one tap', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'none');
  const release = await holdParts(app);
  await interruptExport(app, eventId);
  release();
  await expect(inHistory(app)).toContainText('Ready to save');
  // It waits over visits too, and is not made again.
  await app.reload();
  await expect(inHistory(app)).toContainText('Ready to save');
  const sha256 = await shownSha256(app);
  const downloading = app.waitForEvent('download');
  await inHistory(app).getByRole('button', { name: 'Save it now' }).click();
  const file = await readFile(await (await downloading).path());
  expect(sha256Of(file)).toBe(sha256);
  expect(file.toString().trim().split('\r\n')).toHaveLength(COUNT + 1);
  await expect(inHistory(app)).toContainText('Completed');
  await expect(inHistory(app).getByRole('button', { name: 'Save again' })).toBeVisible();
});

test('a picked file that has to be asked for again after a reload is saved into by one tap', async ({
  app,
  server,
}) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'files');
  const release = await holdParts(app);
  await interruptExport(app, eventId);
  await takePermissionAway(app, 'tickets.csv');
  release();
  await expect(inHistory(app)).toContainText('Ready to save');
  expect((await pickedContents(app))['tickets.csv']).toHaveLength(0);
  await inHistory(app).getByRole('button', { name: 'Save it now' }).click();
  await expect(inHistory(app)).toContainText('Completed');
  const { 'tickets.csv': file = Buffer.of() } = await pickedContents(app);
  expect(sha256Of(file)).toBe(await shownSha256(app));
  expect(file.toString().trim().split('\r\n')).toHaveLength(COUNT + 1);
});

/** As after a restart: the file cannot be written until the person is asked, which the browser does only from a press. */
async function takePermissionAway(page: Page, fileName: string): Promise<void> {
  await page.evaluate(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
    const handle = await folder.getFileHandle(name);
    const open = handle.createWritable.bind(handle) as (options: object) => Promise<FileSystemWritableFileStream>;
    const lock = await open({ mode: 'exclusive' });
    let state = 'prompt';
    Object.assign(FileSystemFileHandle.prototype, {
      queryPermission: async () => state,
      requestPermission: async () => {
        if (!navigator.userActivation.isActive) throw new DOMException('expected a press', 'SecurityError');
        await lock.abort();
        state = 'granted';
        return state;
      },
    });
  }, fileName);
}
