import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { test as base, expect } from '../support/app-test.ts';
import { storedKeys } from '../support/device-store.ts';
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts';
import { serverBatches } from '../support/stored-tickets.ts';

const test = base.extend<{ readonly freshServer: TestServer }>({
  // A new installation: other tests make events.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  freshServer: async ({}, use) => {
    const server = await startTestServer();
    await use(server);
    await server.close();
  },
  baseURL: ({ freshServer }, use) => use(freshServer.url),
});
test.use({ actionTimeout: 15_000 });
test.setTimeout(180_000);
// No picker here: files come as downloads, which a test can read.
test.beforeEach(({ page }) =>
  page.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined })),
);

/** A person who counts: every press, and every field that is typed into. */
class Person {
  interactions = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(role: 'button' | 'link', name: string | RegExp): Promise<void> {
    this.interactions++;
    await this.page.getByRole(role, { name, exact: typeof name === 'string' }).click();
  }

  async type(field: Locator, text: string): Promise<void> {
    this.interactions++;
    await field.fill(text);
  }

  async signIn(): Promise<void> {
    await this.page.goto('/');
    await this.type(this.page.getByLabel('E-mail'), ADMIN.email);
    await this.type(this.page.getByRole('textbox', { name: 'Password' }), ADMIN.password);
    await this.press('button', 'Sign in');
  }

  /** Presses for the printed tickets. @returns the file's first bytes. */
  async print(): Promise<string> {
    const downloading = this.page.waitForEvent('download');
    await this.press('button', 'Tickets to print (PDF)');
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    return (await readFile(await download.path(), 'latin1')).slice(0, 5);
  }
}

test('from signing in to the first printed ticket of an own event takes at most ten interactions', async ({ page }) => {
  const person = new Person(page);
  await person.signIn();
  await person.press('link', 'New event');
  await person.type(page.getByLabel('Name'), 'Founders’ Day');
  await person.press('button', 'Create event');
  await person.type(page.getByLabel('How many'), '24');
  await person.press('button', 'Check');
  await person.press('button', 'Mint 24 tickets');
  expect(await person.print()).toBe('%PDF-');
  expect(person.interactions).toBeLessThanOrEqual(10);
});

test('a demo event fills every page, prints, and goes in one press that can be undone', async ({
  page,
  freshServer,
}) => {
  const person = new Person(page);
  await person.signIn();
  await person.press('button', 'Try a demo event');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible({ timeout: 60_000 });
  await person.press('link', 'Exports');
  expect(await person.print()).toBe('%PDF-');
  expect(person.interactions).toBeLessThanOrEqual(6);

  const batches = serverBatches(`${freshServer.dataFolder}/ticketmint.sqlite`);
  expect(batches).toHaveLength(5);
  expect(batches.reduce((sum, { stored }) => sum + stored, 0)).toBe(380);
  const eventPath = new URL(page.url()).pathname.replace('/exports', '');
  await expect(page.getByText('Door list', { exact: true })).toBeVisible();
  await page.goto(`${eventPath}/settings/types`);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(5);
  await page.goto(`${eventPath}/settings/revocations`);
  await expect(page.getByText('Refunded')).toBeVisible();
  // Found in another script, on the server's index or on this device.
  await page.goto(`${eventPath}/tickets?q=लक्ष्मी`);
  await expect(page.getByText(/लक्ष्मी/).first()).toBeVisible();
  await page.goto(`${eventPath}/tickets`);
  await page.getByRole('link', { name: /^208 × General/ }).click();
  await expect(page.getByText('Never: it is a rehearsal')).toBeVisible();

  await page.goto(eventPath);
  await person.press('button', 'Remove it with 380 tickets');
  await person.press('button', 'Undo');
  await person.press('link', /Demo: Lantern Festival/);
  await person.press('button', 'Remove it with 380 tickets');
  await expect(page.getByText('No events yet')).toBeVisible({ timeout: 30_000 });
  expect(serverBatches(`${freshServer.dataFolder}/ticketmint.sqlite`)).toEqual([]);
  const { settings: _settings, ...tables } = await storedKeys(page);
  expect(Object.entries(tables).filter(([, keys]) => keys.length > 0)).toEqual([]);
  // What was removed on purpose is not missed.
  await page.reload();
  await expect(page.getByText('No events yet')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
