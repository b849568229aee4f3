import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { callApi, makeEvent } from '../support/api.ts';
import { storedKeys } from '../support/device-store.ts';
import { checkAndPress, mint } from '../support/mint.ts';
import { filesWith, filesWithKeys } from '../support/profile-files.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';
import { serverBatches } from '../support/stored-tickets.ts';

interface Tablet {
  readonly server: TestServer;
  /** The browser's folder, which somebody may copy. */
  readonly profile: string;
  /** Opens the browser over a profile. */
  open(profile: string): Promise<{ readonly context: BrowserContext; readonly page: Page }>;
}

const test = base.extend<{ readonly tablet: Tablet }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  tablet: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ticketmint-tablet-'));
    const server = await startTestServer();
    await use({
      server,
      profile: join(folder, 'profile'),
      async open(profile) {
        const options = { ...chromiumLaunchOptions(), baseURL: server.url, serviceWorkers: 'allow' } as const;
        const context = await chromium.launchPersistentContext(profile, options);
        context.setDefaultTimeout(30_000);
        return { context, page: context.pages()[0] ?? (await context.newPage()) };
      },
    });
    await server.close();
    await rm(folder, { recursive: true });
  },
});
test.setTimeout(180_000);

async function openSignedIn(page: Page): Promise<void> {
  await page.goto('/');
  await signIn(page);
  await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
}

const GUESTS = 300;
/** Found nowhere else in a browser's files. */
const CANARIES = ['Zanzibarca', 'zzqx.example', '+44 7700 97'];

function guestList(): Buffer {
  const rows = Array.from(
    { length: GUESTS },
    (_, index) => `Guest${index} Zanzibarca,guest${index}@zzqx.example,+44 7700 97${1_000 + index}`,
  );
  return Buffer.from(['Name,E-mail,Phone', ...rows, ''].join('\n'));
}

test('a copy of the profile has no signing key of use, and nobody’s data once it is freed or signed out (S12)', async ({
  tablet: { server, profile, open },
}) => {
  const eventId = await makeEvent(server);

  await test.step('minted and uploaded, it keeps tickets for work offline, and no key', async () => {
    const { context, page } = await open(profile);
    await openSignedIn(page);
    await page.goto(`/events/${eventId}/tickets/mint?by=list`);
    const file = { name: 'guests.csv', mimeType: 'text/csv', buffer: guestList() };
    await page.getByLabel('Attendee list', { exact: true }).setInputFiles(file);
    await expect(page.getByText(`${GUESTS} rows give a ticket each`)).toBeVisible();
    await checkAndPress(page, String(GUESTS));
    await expect(page.getByText(`All ${GUESTS} tickets are on the server.`)).toBeVisible({ timeout: 60_000 });
    for (const canary of CANARIES) expect(await page.evaluate(tablesWith, canary)).toEqual(['chunks']);
    expect((await storedKeys(page)).keys).toEqual([]);
    await context.close();
    // What the steps below do not find could be found.
    for (const canary of CANARIES) expect(filesWith(profile, canary)).not.toEqual([]);
  });

  await test.step('freed, no table has anybody’s data', async () => {
    const { context, page } = await open(profile);
    await page.goto(`/events/${eventId}/settings/storage`);
    await page.getByRole('button', { name: /^Free/ }).first().click();
    for (const canary of CANARIES) await expect.poll(() => page.evaluate(tablesWith, canary)).toEqual([]);
    await context.close();
  });

  await test.step('signed out, no file of the profile has a name, an address, a number or a key', async () => {
    const { context, page } = await open(profile);
    await page.goto(`/events/${eventId}`);
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.waitForFunction(() => localStorage.getItem('ticketmint-clear') === null);
    // The application comes back, for the next start without a network.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
    await context.close();
    for (const canary of CANARIES) expect(filesWith(profile, canary)).toEqual([]);
    expect(filesWithKeys(profile)).toEqual([]);
  });
});

test('a tablet lost while it mints makes no ticket once its batch is sealed (S12)', async ({
  tablet: { server, profile, open },
}) => {
  const eventId = await makeEvent(server);
  const batches = () => serverBatches(join(server.dataFolder, 'ticketmint.sqlite'));
  const { context, page } = await open(profile);
  await openSignedIn(page);
  await page.goto(`/events/${eventId}/tickets/mint`);
  await mint(page, '100,000');
  await expect.poll(() => batches()[0]?.stored ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  const runPath = new URL(page.url()).pathname;
  await context.close();
  const copied = `${profile}-copied`;
  cpSync(profile, copied, { recursive: true });

  const [{ id = '' } = {}] = batches();
  await callApi(server, 'POST', `/events/${eventId}/batches/${id}/seal`, { reason: 'lost' });
  const stored = batches()[0]?.stored;
  expect(stored).toBeLessThan(100_000);

  const thief = await open(copied);
  const refused = thief.page.waitForResponse((response) => response.status() === 410);
  await thief.page.goto(runPath);
  await thief.page.getByRole('button', { name: 'Resume' }).click();
  await refused;
  await thief.context.close();
  expect(batches()).toMatchObject([{ id, stored }]);
});

/** The tables of the local database in which a text stands, read past the program. */
function tablesWith(text: string): Promise<string[]> {
  const isIn = (value: unknown): boolean => {
    if (typeof value === 'string') return value.includes(text);
    if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value).includes(text);
    return typeof value === 'object' && value !== null && Object.values(value).some(isIn);
  };
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('ticketmint');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const names = [...opening.result.objectStoreNames];
      const transaction = opening.result.transaction(names);
      const readings = names.map((name) => [name, transaction.objectStore(name).getAll()] as const);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(readings.filter(([, { result }]) => isIn(result)).map(([name]) => name));
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
