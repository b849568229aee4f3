import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { parseToken } from '../../core/ticket/token.ts';
import { expect, test } from '../support/app-test.ts';
import { checkAndPress } from '../support/mint.ts';
import { readQr } from '../support/read-qr.ts';
import { signIn } from '../support/sign-in.ts';
import { isSignedBy, publicKeyOf, type ServerBatch, serverBatches } from '../support/stored-tickets.ts';

test.use({ actionTimeout: 15_000 });

const LISTS = '../shared/data';
const hasLists = existsSync(LISTS);
const withoutLists = hasLists ? '' : ' (without the attendee lists: their folder is not beside the repository)';

test(`the main job from sign-in to a checked CSV${withoutLists}`, async ({ page, server }) => {
  test.setTimeout(180_000);
  // No picker here: the file comes as a download, which the test can read.
  await page.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }));
  const databaseFile = join(server.dataFolder, 'ticketmint.sqlite');
  const batches = () => serverBatches(databaseFile).filter(({ eventId }) => page.url().includes(eventId));
  const storedTickets = () => batches().reduce((sum, { stored }) => sum + stored, 0);

  await test.step('sign in', async () => {
    await page.goto('/');
    await signIn(page);
  });

  await test.step('make an event with five types', async () => {
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Founders’ Day');
    await page.getByRole('radio', { name: 'Later' }).check();
    await page.getByRole('button', { name: 'Create event' }).click();
    await page.getByRole('link', { name: 'Add ticket types' }).click();
    await page.getByRole('button', { name: 'Add the usual five' }).click();
    await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(5);
  });
  const eventUrl = /^.*\/events\/[0-9a-z]{12}/.exec(page.url())?.[0] ?? '';

  await test.step('mint 10,000 by quantity', async () => {
    await page.goto(`${eventUrl}/tickets/mint`);
    await page.getByRole('combobox', { name: 'Ticket type' }).click();
    await page.getByRole('option', { name: 'General' }).click();
    await page.getByLabel('How many').fill('10000');
    await checkAndMint(page, '10,000');
    expect(storedTickets()).toBe(10_000);
  });

  await test.step('the QR codes of the preview decode to tickets of the batch', async () => {
    const codes = page.getByRole('img', { name: /^QR code of ticket/ });
    await expect(codes).toHaveCount(10);
    for (const code of await codes.all()) await expectTicketIn(code, batches());
  });

  if (hasLists) await mintLists(page, eventUrl, storedTickets);

  await test.step('save the CSV: its rows, their tokens and the server’s count agree, and OpenSSL verifies each', async () => {
    const count = storedTickets().toLocaleString('en');
    await page.goto(`${eventUrl}/exports`);
    await page.getByRole('button', { name: `Check ${count} tickets` }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save ${count} tickets` }).click();
    const csv = await readFile(await (await downloading).path(), 'utf8');
    await expect(page.getByText(`${count} tickets`, { exact: false }).last()).toBeVisible();
    const tokens = tokensOf(csv);
    expect(tokens).toHaveLength(storedTickets());
    expect(new Set(tokens).size).toBe(storedTickets());
    expect(tokens.filter((token) => !isTicketOf(token, batches()))).toEqual([]);
  });
});

async function mintLists(page: Page, eventUrl: string, storedTickets: () => number): Promise<void> {
  await test.step('mint the 12,000 of the attendee list', async () => {
    await page.goto(`${eventUrl}/tickets/mint`);
    await openList(page, 'attendees-12000.csv');
    await expect(page.getByText('12,000 rows give a ticket each')).toBeVisible({ timeout: 30_000 });
    await checkAndMint(page, '12,000');
    expect(storedTickets()).toBe(22_000);
  });

  await test.step('mint what is usable of the dirty list', async () => {
    await page.goto(`${eventUrl}/tickets/mint`);
    await openList(page, 'attendees-dirty-3000.csv');
    await expect(page.getByText('2,978 rows give a ticket each')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Show rows left out (31)' }).click();
    await expect(page.getByRole('cell', { name: '501', exact: true })).toBeVisible();
    await checkAndMint(page, '2,978');
    expect(storedTickets()).toBe(24_978);
  });
}

function tokensOf(csv: string): string[] {
  const { data, errors } = Papa.parse<Record<string, string>>(csv.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data.map(({ Token }) => Token ?? '');
}

/** From the filled-in first step to the last ticket on the server. */
async function checkAndMint(page: Page, count: string): Promise<void> {
  await checkAndPress(page, count);
  await expect(page.getByText(`All ${count} tickets are on the server.`)).toBeVisible({ timeout: 60_000 });
}

async function openList(page: Page, name: string): Promise<void> {
  await page.getByText('An attendee list', { exact: true }).click();
  await page.getByLabel('Attendee list', { exact: true }).setInputFiles(join(LISTS, name));
}

/** A picture of the element, read by ZXing, parsed, and verified by OpenSSL. */
async function expectTicketIn(code: Locator, batches: readonly ServerBatch[]): Promise<void> {
  const token = (await readQr(new Uint8Array(await code.screenshot()))) ?? '';
  expect(isTicketOf(token, batches)).toBe(true);
  const serial = parseToken(token)?.serial.toLocaleString('en');
  expect(await code.getAttribute('aria-label')).toBe(`QR code of ticket ${serial}`);
}

/** Whether a token is of one of the batches, and its signature is that batch's. */
function isTicketOf(token: string, batches: readonly ServerBatch[]): boolean {
  const ticket = parseToken(token);
  const batch = batches.find(({ id }) => id === ticket?.batchId);
  return ticket !== undefined && batch !== undefined && isSignedBy(publicKeyOf(batch.publicKey), ticket);
}
