import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { openServer, PASSWORD } from '../server/server-fixture.ts';
import { mint } from '../support/mint.ts';
import { CHANGED_FONT, deployNewVersion } from '../support/new-version.ts';
import { signIn } from '../support/sign-in.ts';

test.setTimeout(120_000);

const NOTE = 'A new version is ready.';
const UNCHANGED_FONT = 'NotoSansLao_400Regular-';

const versionOf = (page: Page) =>
  page.locator('script[type=module]').evaluate((script) => (script.getAttribute('src')?.includes('Version2') ? 2 : 1));

test('a new version waits for the jobs and a tap; other pages stay whole with the old one', async ({
  browserName: _,
}, testInfo) => {
  const staticFolder = testInfo.outputPath('built');
  cpSync('dist', staticFolder, { recursive: true });
  await using fixture = await openServer({}, { staticFolder });
  const eventId = await fixture.makeEvent();
  const baseURL = await fixture.server.listen();
  const browser = await chromium.launch(chromiumLaunchOptions());
  const context = await browser.newContext({ baseURL, serviceWorkers: 'allow' });
  context.setDefaultTimeout(30_000);
  const [first, second] = [await context.newPage(), await context.newPage()];

  await test.step('two pages of the old version', async () => {
    await first.goto(`/events/${eventId}`);
    await signIn(first, { email: 'admin@example.org', password: PASSWORD });
    await first.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
    await second.goto(`/events/${eventId}`);
    await expect(second.getByRole('heading', { name: 'Overview' })).toBeVisible();
    expect([await versionOf(first), await versionOf(second)]).toEqual([1, 1]);
  });

  await test.step('which keep the fonts that exports have used', async () => {
    const isUsed = (name: string) => [CHANGED_FONT, UNCHANGED_FONT].some((start) => name.startsWith(start));
    const fonts = readdirSync(join(staticFolder, 'assets')).filter((name) => isUsed(name) && name.endsWith('.ttf'));
    for (const font of fonts) await first.evaluate(async (path) => void (await fetch(path)).blob(), `/assets/${font}`);
    await expect.poll(() => keptFonts(first)).toEqual([UNCHANGED_FONT, CHANGED_FONT]);
  });

  deployNewVersion(staticFolder);

  await test.step('the note comes to both, and loading the page anew is no consent', async () => {
    await first.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    for (const page of [first, second]) await expect(page.getByText(NOTE)).toBeVisible({ timeout: 30_000 });
    await first.reload();
    await expect(first.getByRole('button', { name: 'Load it now' })).toBeEnabled();
    expect(await versionOf(first)).toBe(1);
  });

  await test.step('its button waits for a run', async () => {
    await context.setOffline(true);
    await first.goto(`/events/${eventId}/tickets/mint`);
    await mint(first, '1,000');
    await expect(first.getByRole('button', { name: 'After the jobs' })).toBeDisabled();
    await context.setOffline(false);
    await expect(first.getByText('All 1,000 tickets are on the server.')).toBeVisible({ timeout: 30_000 });
    await expect(first.getByRole('button', { name: 'Load it now' })).toBeEnabled();
  });

  await test.step('the tap loads it in this page only', async () => {
    await first.getByRole('button', { name: 'Load it now' }).click();
    await expect.poll(() => versionOf(first).catch(() => 1)).toBe(2);
    await expect(first.getByText('All 1,000 tickets are on the server.')).toBeVisible();
    await expect(first.getByText(NOTE)).toBeHidden();
    expect(await versionOf(second)).toBe(1);
  });

  await test.step('the other page still loads what it had not yet, and says that it is old', async () => {
    await second.getByRole('link', { name: 'Settings' }).first().click();
    await expect(second.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await expect(second.getByText(NOTE)).toBeVisible();
    expect(await keptVersions(first)).toEqual([1, 2]);
    expect(await keptFonts(first)).toEqual([UNCHANGED_FONT, CHANGED_FONT]);
  });

  await test.step('once its last page is gone, nothing of the old version is kept', async () => {
    await second.close();
    // A page is gone a little later than it is closed; what is found then stays until the next load.
    await expect(async () => {
      await first.reload();
      expect(await keptVersions(first)).toEqual([2]);
      expect(await keptFonts(first)).toEqual([UNCHANGED_FONT]);
    }).toPass({ timeout: 15_000 });
    await browser.close();
  });
});

/** Which versions' settings pages are on the device. */
function keptVersions(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const pages = keys.flat().filter(({ url }) => /\/settings-page-.*\.js$/.test(url));
    return pages.map(({ url }) => (url.includes('Version2') ? 2 : 1)).sort();
  });
}

/** The fonts beside those of the application, without what their names end on in one version. */
function keptFonts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const kept = await (await caches.open('fonts')).keys();
    return kept.map(({ url }) => url.replace(/^.*\/|[\w-]{8}\.ttf$/g, '')).sort();
  });
}
