import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page, expect as see } from '@playwright/test';
import { expect, test } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { openServer, PASSWORD, type ServerFixture } from '../server/server-fixture.ts';
import { holdUploads } from '../support/held-uploads.ts';
import { mint } from '../support/mint.ts';
import { deployNewVersion } from '../support/new-version.ts';
import { signIn } from '../support/sign-in.ts';
import { serverBatches, serverTickets } from '../support/stored-tickets.ts';
import { IS_FULL, until } from '../support/world.ts';

const RUNS = IS_FULL ? 50 : 1;
const TICKETS = IS_FULL ? 100_000 : 20_000;
const STOP_EVERY_MS = IS_FULL ? 10_000 : 1_000;
const PATIENCE_MS = 60_000;
const NOTE = 'A new version is ready.';

test(`a run finishes on the version it began with when another is deployed (B10, ${RUNS} runs of ${TICKETS})`, {
  timeout: RUNS * 300_000,
}, async () => {
  for (let run = 1; run <= RUNS; run++) {
    const folder = mkdtempSync(join(tmpdir(), 'ticketmint-built-'));
    try {
      await deployUnderRun(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

async function deployUnderRun(staticFolder: string): Promise<void> {
  cpSync('dist', staticFolder, { recursive: true });
  await using fixture = await openServer({}, { staticFolder });
  const baseURL = await fixture.server.listen();
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const context = await browser.newContext({ baseURL, serviceWorkers: 'allow' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const problems = watchProblems(page);
    await runOver(fixture, page, staticFolder);
    expect(problems, 'what the page could not load').toEqual([]);
  } finally {
    await browser.close();
  }
}

async function runOver(fixture: ServerFixture, page: Page, staticFolder: string): Promise<void> {
  const eventId = await fixture.makeEvent();
  const databaseFile = join(fixture.dataFolder, 'ticketmint.sqlite');
  const stored = () => serverBatches(databaseFile).reduce((sum, batch) => sum + batch.stored, 0);
  const devTools = await page.context().newCDPSession(page);
  await openSignedIn(page, `/events/${eventId}/tickets/mint`);
  const uploads = await holdUploads(page, 2);
  await mint(page, TICKETS.toLocaleString('en'));
  await until('the first part to be on the server', () => stored() > 0);

  deployNewVersion(staticFolder);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await see(page.getByText(NOTE)).toBeVisible({ timeout: PATIENCE_MS });
  await using _ = await stopWorkersAgainAndAgain(devTools);
  await see(page.getByRole('button', { name: 'After the jobs' })).toBeDisabled();
  // What the old version loads on use is gone from the server.
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await see(page.getByRole('heading', { name: 'Settings' })).toBeVisible({ timeout: PATIENCE_MS });
  expect(await versionOf(page)).toBe(1);

  await uploads.release();
  await until('all tickets to be on the server', () => stored() === TICKETS, { timeoutMs: 4 * PATIENCE_MS });
  const ids = serverTickets(databaseFile).map(({ id }) => id);
  expect([ids.length, new Set(ids).size], 'tickets on the server, each once').toEqual([TICKETS, TICKETS]);
  expect(await versionOf(page)).toBe(1);
  await page.getByRole('button', { name: 'Load it now' }).click();
  await until('the new version', async () => (await versionOf(page).catch(() => 1)) === 2);
}

async function openSignedIn(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await signIn(page, { email: 'admin@example.org', password: PASSWORD });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await see(page.getByLabel('How many')).toBeVisible({ timeout: PATIENCE_MS });
}

/** What must not happen: a file of the application that is not found, an error of the page. */
function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().includes('/api/'))
      problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

/** As browsers do with service workers that have nothing to do, only more often. */
async function stopWorkersAgainAndAgain(devTools: CDPSession): Promise<AsyncDisposable> {
  await devTools.send('ServiceWorker.enable');
  const timer = setInterval(() => devTools.send('ServiceWorker.stopAllWorkers').catch(() => undefined), STOP_EVERY_MS);
  await devTools.send('ServiceWorker.stopAllWorkers');
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await devTools.send('ServiceWorker.disable').catch(() => undefined);
    },
  };
}

function versionOf(page: Page): Promise<number> {
  return page
    .locator('script[type=module]')
    .first()
    .evaluate((script) => (script.getAttribute('src')?.includes('Version2') ? 2 : 1));
}
