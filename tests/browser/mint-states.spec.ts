import type { Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import type { RunEvent } from '../../core/mint/run-event.ts';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { holdUploads, mintByQuantity } from '../support/held-uploads.ts';
import { faultsOf } from '../support/page-faults.ts';

/*
 * Every state of minting on the production build, under its content security policy: no error in the console (the fixture
 * sees to that), accessible as far as axe can tell in light and dark, and no wider than the screen, on a desktop and when
 * its window is then made as narrow as a phone.
 */
test.use({ actionTimeout: 15_000, breaksRequests: true });

test('minting by quantity: what, check', async ({ app, server }) => {
  const eventId = await makeEvent(server);
  const faults: string[] = [];
  await app.goto(`/events/${eventId}/tickets/mint`);
  await app.getByLabel('How many').fill('12000');
  await app.getByLabel('Give each ticket a seat or number').check();
  await app.getByLabel('Valid at other times than the ticket type says').check();
  faults.push(...(await faultsOf(app, 'what')));
  await app.getByLabel('Pattern').fill('{gate}');
  faults.push(...(await faultsOf(app, 'a wrong pattern')));
  await app.getByLabel('Pattern').fill('{row}-{seat}');
  await app.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(app.getByText('measured here')).toBeVisible();
  faults.push(...(await faultsOf(app, 'check')));
  expect(faults).toEqual([]);
});

test('minting a workbook’s list: what, check', async ({ app, server }) => {
  const eventId = await makeEvent(server, ['General', 'VIP']);
  const faults: string[] = [];
  await app.goto(`/events/${eventId}/tickets/mint?by=list`);
  const list = app.getByLabel('Attendee list', { exact: true });
  await list.setInputFiles({ name: 'noise.csv', mimeType: 'text/csv', buffer: Buffer.alloc(900) });
  await expect(app.getByRole('alert')).toBeVisible();
  faults.push(...(await faultsOf(app, 'no list')));
  await list.setInputFiles({ name: LONG_NAME, mimeType: XLSX, buffer: await workbook() });
  await app.getByRole('button', { name: 'Show rows left out (110)' }).click();
  await app.getByRole('button', { name: 'Wrong letters or columns?' }).click();
  await expect(app.getByRole('button', { name: 'Create the missing type' })).toBeVisible();
  faults.push(...(await faultsOf(app, 'list')));
  await app.getByLabel(/^Ticket type for “A type/).selectOption({ label: 'VIP' });
  await expect(app.getByText('290 rows give a ticket each, 10 left out.')).toBeVisible();
  await app.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(app.getByText('measured here')).toBeVisible();
  faults.push(...(await faultsOf(app, 'check of a list')));
  await app.getByRole('button', { name: 'Mint 290 tickets' }).click();
  await expect(app.getByText('All 290 tickets are on the server.')).toBeVisible();
  faults.push(...(await faultsOf(app, 'done')));
  await app.goto(`/events/${eventId}/tickets/mint?by=list`);
  await list.setInputFiles({ name: LONG_NAME, mimeType: XLSX, buffer: await workbook() });
  await expect(app.getByText('(190 people have a ticket)')).toBeVisible();
  faults.push(...(await faultsOf(app, 'list again')));
  expect(faults).toEqual([]);
});

test('a run: under way, waiting, paused, being cancelled, cancelled', async ({ app, server }) => {
  const eventId = await makeEvent(server);
  const faults: string[] = [];
  const uploads = await holdUploads(app, 1);
  await mintByQuantity(app, eventId, 2_000);
  await expect(app.getByText('500 of 2,000', { exact: true })).toBeVisible();
  await app.getByRole('button', { name: 'Log', exact: true }).click();
  faults.push(...(await faultsOf(app, 'run')));
  for (const kind of ['offline', 'storage-full'] as const) {
    const block = { kind, detail: 'why it waits' };
    await tell(app, { type: 'blocked', runId: app.url().slice(-32), by: 'mint', block });
    await expect(app.getByRole('alert')).toBeVisible();
    faults.push(...(await faultsOf(app, `waiting: ${kind}`)));
  }
  await tell(app, { type: 'blocked', runId: app.url().slice(-32), by: 'mint', block: null });
  await app.getByRole('button', { name: 'Pause' }).click();
  await expect(app.getByRole('button', { name: 'Resume' })).toBeVisible();
  faults.push(...(await faultsOf(app, 'paused')));
  await app.getByRole('button', { name: 'Cancel run' }).click();
  await expect(app.getByRole('dialog')).toBeVisible();
  faults.push(...(await faultsOf(app, 'cancel?')));
  await app.getByRole('button', { name: /^Give up/ }).click();
  await uploads.fail();
  await expect(app.getByText('were given up; no gate lets them in')).toBeVisible();
  faults.push(...(await faultsOf(app, 'cancelled')));
  await app.getByRole('link', { name: 'Mint more' }).click();
  await expect(app.getByRole('heading', { name: 'Runs on this device' })).toBeVisible();
  faults.push(...(await faultsOf(app, 'runs')));
  expect(faults).toEqual([]);
});

async function tell(page: Page, event: RunEvent): Promise<void> {
  await page.evaluate((message) => {
    const channel = new BroadcastChannel('ticketmint-runs');
    channel.postMessage(message);
    channel.close();
  }, event);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LONG_NAME = 'Guests of the festival, as the sponsors sent them, final (2).xlsx';
const LONG_TYPE = 'A type that some sponsor gave a long name';

/** 300 rows: 10 without an address, 100 of a type that the event does not have. Its texts are as long as people's. */
async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Guests');
  sheet.addRow([
    'Full name',
    'E-mail',
    'Reference',
    'Ticket type',
    'Shirt size that somebody asked for in a long header',
  ]);
  for (let index = 0; index < 300; index++) {
    const email = index % 30 === 1 ? 'nothing' : `guest${index}@example.org`;
    sheet.addRow([`Guest ${index}`, email, `R-${index}`, index % 3 === 0 ? LONG_TYPE : 'General', 'XL']);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
