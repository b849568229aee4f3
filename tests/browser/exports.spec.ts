import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import Papa from 'papaparse';
import { parseToken } from '../../core/ticket/token.ts';
import { expect, test } from '../support/app-test.ts';
import { COUNT, makeTickets, pickedFiles, stubPickers } from '../support/export-tickets.ts';
import type { MintedBatch } from '../support/minted-batch.ts';

function expectTickets(csv: string, batch: MintedBatch): void {
  const { data } = Papa.parse<Record<string, string>>(csv.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(data).toHaveLength(COUNT);
  expect(new Set(data.map(({ Token }) => Token)).size).toBe(COUNT);
  expect(parseToken(data[41]?.Token ?? '')).toMatchObject({ batchId: batch.id, serial: 42 });
  expect(data.slice(0, 4).map(({ Holder, Status }) => [Holder, Status])).toEqual([
    ['Person 1', 'valid'],
    ['Meena R', 'valid'],
    ['Person 3', 'revoked'],
    ['Person 4', 'revoked'],
  ]);
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

test('one press downloads the tickets where there is no picker, and proves the file', async ({ app, server }) => {
  const { eventId, batch } = await makeTickets(server);
  await stubPickers(app, 'none');
  await app.goto(`/events/${eventId}/tickets/batches/${batch.id}`);
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save tickets' }).click();
  const file = await contentOf(await downloading);
  expectTickets(file.toString(), batch);
  await expect(app.getByText('1,200 tickets', { exact: false }).last()).toBeVisible();

  await app.goto(`/events/${eventId}/exports`);
  await expect(app.getByText(createHash('sha256').update(file).digest('hex'))).toBeVisible();
  await app.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(app.getByText('The file is whole')).toBeVisible();
  const again = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save again' }).click();
  expect((await contentOf(await again)).equals(file)).toBe(true);
});

test('the exports page writes chosen columns into a picked file', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'files');
  await app.goto(`/events/${eventId}/exports`);
  await app.getByLabel('File name').fill('door list: "main"');
  await app.getByRole('button', { name: /^Columns/ }).click();
  await expect(app.getByRole('textbox', { name: 'Header of Holder' })).toBeVisible();
  for (const column of await app.getByRole('group', { name: 'Columns' }).getByRole('checkbox').all())
    if (!['Serial', 'Holder'].includes((await column.getAttribute('aria-label')) ?? '')) await column.uncheck();
  await app.getByRole('textbox', { name: 'Header of Holder' }).fill('Guest');
  await app.getByRole('button', { name: 'Check 1,200 tickets' }).click();
  await app.getByRole('button', { name: 'Save 1,200 tickets' }).click();
  await expect(app.getByText('It is saved as “door list main.csv”.')).toBeVisible();
  const csv = (await pickedFiles(app))['door list main.csv'] ?? '';
  expect(csv.split('\r\n').slice(0, 3)).toEqual(['\ufeffSerial,Guest', '1,Person 1', '2,Meena R']);
});

test('a folder chosen once takes each export under a name of its own, with its manifest', async ({ app, server }) => {
  const { eventId, batch } = await makeTickets(server);
  await stubPickers(app, 'folder');
  await app.goto(`/events/${eventId}/exports`);
  await app.getByLabel('File name').fill('tickets');
  for (const name of ['tickets.csv', 'tickets (2).csv']) {
    await app.getByRole('button', { name: 'Check 1,200 tickets' }).click();
    const choose = app.getByRole('button', { name: 'Choose a folder' });
    if (await choose.isVisible()) await choose.click();
    await expect(app.getByText('Exports go into the folder “picked”')).toBeVisible();
    await app.getByRole('button', { name: 'Save 1,200 tickets' }).click();
    await expect(app.getByText(`“${name}”, with its manifest beside it`)).toBeVisible();
    await app.getByRole('button', { name: 'New export' }).click();
  }
  const files = await pickedFiles(app);
  expect(Object.keys(files).sort()).toEqual([
    'tickets (2).csv',
    'tickets (2).csv.manifest.json',
    'tickets.csv',
    'tickets.csv.manifest.json',
  ]);
  expectTickets(files['tickets.csv'] ?? '', batch);
  const { sha256, records } = JSON.parse(files['tickets (2).csv.manifest.json'] ?? '{}');
  expect(records).toBe(COUNT);
  expect(sha256).toBe(
    createHash('sha256')
      .update(files['tickets (2).csv'] ?? '')
      .digest('hex'),
  );
});

test('a closed picker saves nothing, says so, and offers a download', async ({ app, server }) => {
  const { eventId, batch } = await makeTickets(server);
  await stubPickers(app, 'declined');
  await app.goto(`/events/${eventId}/tickets/batches/${batch.id}`);
  await app.getByRole('button', { name: 'Save tickets' }).click();
  await expect(app.getByText('No file was chosen, so nothing was saved.')).toBeVisible();
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Download instead' }).click();
  expectTickets((await contentOf(await downloading)).toString(), batch);
});
