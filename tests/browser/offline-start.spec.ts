import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { makeEvent } from '../support/api.ts';
import { test as base, expect } from '../support/app-test.ts';
import { storedKeys } from '../support/device-store.ts';
import { mint } from '../support/mint.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';
import { serverBatches } from '../support/stored-tickets.ts';
import { unzip } from '../support/unzip.ts';

const test = base.extend<{ readonly ownServer: TestServer }>({
  // It is killed, and of many events a device keeps only the next ones: other tests make many.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  ownServer: async ({}, use) => {
    const server = await startTestServer();
    await use(server);
    await server.close();
  },
});

test.setTimeout(180_000);

/** A browser over a profile on disk, with service workers. No picker: files come as downloads, which a test can read. */
async function openBrowser(folder: string, baseURL: string): Promise<{ context: BrowserContext; page: Page }> {
  const options = { ...chromiumLaunchOptions(), baseURL, serviceWorkers: 'allow', acceptDownloads: true } as const;
  const context = await chromium.launchPersistentContext(folder, options);
  context.setDefaultTimeout(30_000);
  await context.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }));
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

async function openSignedIn(page: Page): Promise<void> {
  await page.goto('/');
  await signIn(page);
  await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
}

/** Until the application lies on the device, with the answers that opening the event takes. */
async function waitUntilKept(page: Page, eventId: string): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await expect.poll(async () => (await storedKeys(page)).settings).toContain(`answer events/${eventId}/types`);
}

/** The fonts beside those that come with the application. */
async function keptFonts(): Promise<string[]> {
  return (await (await caches.open('fonts')).keys()).map(({ url }) => url);
}

test('with the server gone the installed application starts, mints, exports and finds tickets', async ({
  ownServer: server,
}, testInfo) => {
  const eventId = await makeEvent(server, ['General', 'दिवाली']);
  const folder = testInfo.outputPath('profile');
  const databaseFile = join(server.dataFolder, 'ticketmint.sqlite');
  const stored = () => serverBatches(databaseFile).reduce((sum, batch) => sum + batch.stored, 0);

  await test.step('visit, and open nothing but the list of events', async () => {
    const { context, page } = await openBrowser(folder, server.url);
    await openSignedIn(page);
    await waitUntilKept(page, eventId);
    await expect
      .poll(() => page.evaluate(keptFonts), { timeout: 30_000 })
      .toEqual([expect.stringContaining('Devanagari')]);
    const devTools = await context.newCDPSession(page);
    expect((await devTools.send('Page.getAppManifest')).errors).toEqual([]);
    expect((await devTools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
    await context.close();
  });

  await server.kill();
  const { context, page } = await openBrowser(folder, server.url);

  await test.step('a cold start without the server opens the events', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: /Founders’ Day/ }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Reconnecting|Offline since .+): details$/ })).toBeVisible();
  });

  await test.step('mint 10,000', async () => {
    await page.goto(`/events/${eventId}/tickets/mint`);
    await mint(page, '10,000');
    await expect(page.getByRole('button', { name: /^Offline since .+ · 10,000 waiting/ })).toBeVisible({
      timeout: 30_000,
    });
  });

  const token = await test.step('save them in every format', async () => {
    // What the installed application’s shortcut opens.
    await page.goto('/open/exports');
    for (const format of [/^JSON/, /^NDJSON/, /^XML/, /^Excel/, /^Tickets \(PDF\)/, /^Report \(PDF\)/])
      await page.getByRole('checkbox', { name: format }).check({ timeout: 30_000 });
    await page.getByLabel('File name').fill('all');
    await page.getByRole('button', { name: 'Check 10,000 tickets' }).click();
    const downloading = page.waitForEvent('download', { timeout: 90_000 });
    await page.getByRole('button', { name: 'Save 10,000 tickets' }).click();
    const files = await unzip(await (await downloading).path());
    expect([...files.keys()].filter((name) => !name.endsWith('.json') || name === 'all.json')).toHaveLength(7);
    const lines = files.get('all.csv')?.toString().trim().split('\r\n') ?? [];
    expect(lines).toHaveLength(10_001);
    return /[A-Z2-7]{122}/.exec(lines[4_242] ?? '')?.[0] ?? '';
  });

  await test.step('of the fonts those of the event are here, and others wait for the server', async () => {
    await page.goto(`/events/${eventId}/settings/storage`);
    await expect(page.getByText('Latin, Cyrillic and Greek and Devanagari.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('combobox', { name: 'Another script' }).click();
    await page.getByRole('option', { name: 'Japanese' }).click();
    await expect(page.getByRole('button', { name: 'Prepare for offline: Japanese, 5.47 MB' })).toBeDisabled();
  });

  await test.step('find a ticket by its token', async () => {
    await page.goto(`/events/${eventId}/tickets`);
    await page.getByRole('searchbox').fill(token);
    await expect(page.getByText('Only this device was searched.')).toBeVisible();
    await expect(page.getByText('4,242').first()).toBeVisible();
  });

  await test.step('once the server is back, everything arrives by itself', async () => {
    await server.restart();
    await expect.poll(stored, { timeout: 60_000 }).toBe(10_000);
    await expect(page.getByRole('button', { name: 'Connected: details' })).toBeVisible();
  });

  await test.step('signing out takes what the server said off the device', async () => {
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    const { settings: keys = [] } = await storedKeys(page);
    expect(keys.filter((key) => String(key).startsWith('answer '))).toEqual([]);
    await context.close();
  });
});
