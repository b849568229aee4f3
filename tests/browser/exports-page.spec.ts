import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import XLSX from 'xlsx';
import { callApi, makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { makeTickets, pickedFiles, stubPickers } from '../support/export-tickets.ts';
import { faultsOf } from '../support/page-faults.ts';
import { unzip } from '../support/unzip.ts';

test.use({ actionTimeout: 15_000 });

const preview = (page: Page): Locator => page.getByRole('region', { name: 'Preview' });

async function openForm(page: Page, eventId: string): Promise<void> {
  await page.goto(`/events/${eventId}/exports`);
  await expect(page.getByRole('button', { name: 'Check 1,200 tickets' })).toBeEnabled();
}

async function addCondition(page: Page, kind: string): Promise<Locator> {
  const add = page.getByRole('button', { name: 'Add a condition' });
  if (!(await add.isVisible())) await page.getByRole('button', { name: /^Which tickets/ }).click();
  await add.click();
  await page.getByRole('menuitem', { name: kind, exact: true }).click();
  return page.getByRole('listitem', { name: new RegExp(`^Condition \\d+: ${kind}$`) });
}

async function keepColumns(page: Page, kept: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: /^Columns/ }).click();
  await expect(page.getByRole('textbox', { name: 'Header of Holder' })).toBeVisible();
  for (const column of await page.getByRole('group', { name: 'Columns' }).getByRole('checkbox').all())
    if (!kept.includes((await column.getAttribute('aria-label')) ?? '')) await column.uncheck();
}

test('the preview is what the encoder writes, and follows every choice', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await openForm(app, eventId);
  await keepColumns(app, ['Serial', 'Holder', 'Status']);
  await app.getByRole('textbox', { name: 'Header of Holder' }).fill('Guest');
  const lines = ['Serial,Guest,Status', '1,Person 1,valid', '2,Meena R,valid', '3,Person 3,revoked'];
  await expect(preview(app)).toContainText(lines.join('\n'));
  await expect(preview(app)).toContainText('The first 5 of 1,200');
  await app.getByRole('button', { name: 'CSV: as usual' }).click();
  await app.getByRole('combobox', { name: 'Delimiter' }).click();
  await app.getByRole('option', { name: 'Semicolon' }).click();
  await expect(preview(app)).toContainText('2;Meena R;valid');
  await app.getByRole('button', { name: /^Order/ }).click();
  await app.getByRole('combobox', { name: 'Order by' }).click();
  await app.getByRole('option', { name: 'Serial', exact: true }).click();
  await app.getByText('largest first', { exact: true }).click();
  await expect(preview(app)).toContainText('1200;Person 1200;valid');

  await app.getByRole('checkbox', { name: /^Excel/ }).check();
  await app.getByRole('checkbox', { name: /^JSON/ }).check();
  await preview(app).getByText('Excel', { exact: true }).click();
  await expect(preview(app).getByRole('columnheader')).toHaveText(['Serial', 'Guest', 'Status']);
  await expect(preview(app).getByRole('row').nth(1)).toContainText('1200Person 1200valid');
  await preview(app).getByText('JSON', { exact: true }).click();
  await expect(preview(app)).toContainText('"Person 1199"');

  for (const format of [/^CSV/, /^Excel/, /^JSON/]) await app.getByRole('checkbox', { name: format }).uncheck();
  await expect(app.getByText('Choose at least one format.')).toBeVisible();
  // Longer than a choice rests before it is drawn.
  await app.waitForTimeout(400);
  await app.getByRole('checkbox', { name: /^XML/ }).check();
  await expect(preview(app)).toContainText('<holder>Person 1199</holder>');
});

test('conditions narrow an export, and the numbers before it say by how much', async ({ app, server }) => {
  const { eventId, batch } = await makeTickets(server);
  await stubPickers(app, 'files');
  await openForm(app, eventId);
  const serial = await addCondition(app, 'Serial');
  await serial.getByLabel('From serial').fill('1');
  await serial.getByLabel('To serial').fill('10');
  await expect(app.getByRole('button', { name: 'Check 10 tickets' })).toBeVisible();
  const status = await addCondition(app, 'Status');
  await status.getByRole('combobox', { name: 'Status of the ticket' }).click();
  await app.getByRole('option', { name: 'Revoked' }).click();
  await expect(app.getByRole('button', { name: 'Check 2 tickets' })).toBeVisible();
  await status.getByRole('combobox', { name: 'Status: is or is not' }).click();
  await app.getByRole('option', { name: 'is not' }).click();
  await expect(app.getByRole('button', { name: 'Check 8 tickets' })).toBeVisible();
  const text = await addCondition(app, 'Text');
  await text.getByLabel('Holds').fill('MEENA');
  await expect(app.getByRole('button', { name: 'Check 1 ticket', exact: true })).toBeVisible();
  await text.getByLabel('Holds').fill('nobody at all');
  await expect(app.getByText('No ticket meets the conditions.').first()).toBeVisible();
  await text.getByRole('button', { name: /^Remove condition/ }).click();
  await app.getByLabel('File name').fill('eight');
  await app.getByRole('button', { name: 'Check 8 tickets' }).click();
  await app.getByRole('button', { name: 'Save 8 tickets' }).click();
  await expect(app.getByText('It is saved as “eight.csv”.')).toBeVisible();
  const { 'eight.csv': csv = '' } = await pickedFiles(app);
  const serials = csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[2]);
  expect(serials).toEqual(['1', '2', '5', '6', '7', '8', '9', '10']);
  expect(csv).toContain(batch.id);
});

test('several formats come in one ZIP where there is no folder', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'none');
  await openForm(app, eventId);
  await app.getByRole('checkbox', { name: /^Excel/ }).check();
  await app.getByRole('checkbox', { name: /^XML/ }).check();
  await app.getByLabel('File name').fill('everything');
  await app.getByRole('button', { name: 'Check 1,200 tickets' }).click();
  await expect(app.getByText('Without a folder, all files come in one ZIP.')).toBeVisible();
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save 1,200 tickets' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('everything.zip');
  const files = await unzip(await download.path());
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  expect(text('everything.csv').trim().split('\r\n')).toHaveLength(1_201);
  expect(text('everything.xml').match(/<ticket>/g)).toHaveLength(1_200);
  const workbook = XLSX.read(files.get('everything.xlsx'));
  expect(XLSX.utils.sheet_to_json(workbook.Sheets.Data as XLSX.WorkSheet)).toHaveLength(1_200);
});

test('several formats go into the picked folder as files of their own', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'folder');
  await openForm(app, eventId);
  await app.getByRole('checkbox', { name: /^NDJSON/ }).check();
  await app.getByLabel('File name').fill('both');
  await app.getByRole('button', { name: 'Check 1,200 tickets' }).click();
  await app.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(app.getByRole('switch', { name: 'All files in one ZIP' })).not.toBeChecked();
  await app.getByRole('button', { name: 'Save 1,200 tickets' }).click();
  for (const name of ['both.csv', 'both.ndjson'])
    await expect(app.getByText(`“${name}”, with its manifest beside it`)).toBeVisible();
  const files = await pickedFiles(app);
  expect(files['both.ndjson']?.trim().split('\n')).toHaveLength(1_200);
  expect(files['both.csv']?.trim().split('\r\n')).toHaveLength(1_201);
});

test('a template is saved, used by another person, renamed, and deleted with a way back', async ({
  app,
  browser,
  context,
  server,
}) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'files');
  await openForm(app, eventId);
  await keepColumns(app, ['Serial', 'Holder']);
  const status = await addCondition(app, 'Status');
  await status.getByRole('combobox', { name: 'Status of the ticket' }).click();
  await app.getByRole('option', { name: 'Revoked' }).click();
  await expect(app.getByRole('button', { name: 'Check 2 tickets' })).toBeVisible();
  await app.getByLabel('File name').fill('refunds');
  await app.getByRole('button', { name: 'Save as template' }).click();
  await app.getByRole('textbox', { name: 'Name of the template' }).fill('Refunds');
  await app.getByRole('button', { name: 'Save template' }).click();
  const templates = (page: Page) => page.getByRole('region', { name: 'Templates of this event' });
  await expect(templates(app)).toContainText('CSV · 1 condition · 2 columns');

  const other = await browser.newContext({ storageState: await context.storageState(), baseURL: server.url });
  const page = await other.newPage();
  await stubPickers(page, 'files');
  await page.goto(`/events/${eventId}/exports`);
  await page.getByRole('button', { name: 'Export Refunds' }).click();
  await expect(page.getByText('It is saved as “refunds.csv”.')).toBeVisible();
  const { 'refunds.csv': csv } = await pickedFiles(page);
  expect(csv).toBe('\ufeffSerial,Holder\r\n3,Person 3\r\n4,Person 4\r\n');
  await page.getByRole('button', { name: 'More on Refunds' }).click();
  await page.getByRole('menuitem', { name: 'Open and adjust' }).click();
  await expect(page.getByRole('button', { name: 'Which tickets: 1 condition' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Columns: 2 of/ })).toBeVisible();
  await other.close();

  await app.getByRole('button', { name: 'More on Refunds' }).click();
  await app.getByRole('menuitem', { name: 'Rename' }).click();
  await app.getByRole('textbox', { name: 'New name' }).fill('Taken back');
  await app.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(app.getByRole('button', { name: 'Export Taken back' })).toBeVisible();
  await app.getByRole('button', { name: 'More on Taken back' }).click();
  await app.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(templates(app)).toBeHidden();
  await app.getByRole('button', { name: 'Undo' }).click();
  await expect(app.getByRole('button', { name: 'Export Taken back' })).toBeVisible();
});

test('the door list is one press away: valid tickets by name', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'none');
  await app.goto(`/events/${eventId}/exports`);
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Door list as Excel', exact: true }).click();
  const workbook = XLSX.read(await readFile(await (await downloading).path()));
  const rows = XLSX.utils.sheet_to_json<Record<string, string>>(workbook.Sheets.Data as XLSX.WorkSheet);
  expect(rows).toHaveLength(1_198);
  expect(rows[0]).toMatchObject({ Holder: 'Meena R', Type: 'General' });
  expect(rows.some(({ Status }) => Status === 'revoked')).toBe(false);
});

test('the plain page saves, shows and clears with the hook alone', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await stubPickers(app, 'none');
  await app.goto(`/events/${eventId}/exports/plain`);
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'NDJSON' }).click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1_200);
  await expect(app.getByText('completed, 1,200 tickets')).toBeVisible();
  await app.getByRole('button', { name: 'Clear what is over' }).click();
  await expect(app.getByText('Nothing is running.')).toBeVisible();
  expect(await faultsOf(app, 'plain')).toEqual([]);
});

test('every state is accessible and fits: nothing there, the open form, check, result, templates', async ({
  app,
  server,
}) => {
  test.setTimeout(120_000);
  const empty = await makeEvent(server);
  await app.goto(`/events/${empty}/exports`);
  await expect(app.getByText('No tickets yet')).toBeVisible();
  const faults = await faultsOf(app, 'empty');
  const { eventId } = await makeTickets(server);
  const plan = { batches: null, formats: [{ id: 'csv', options: {} }], columns: null, filters: null, sort: null };
  await callApi(server, 'PUT', `/events/${eventId}/export-templates/000000000001`, {
    name: 'For the accounts department',
    plan: { ...plan, fileName: null },
  });
  await stubPickers(app, 'none');
  await openForm(app, eventId);
  await app.getByRole('checkbox', { name: /^Tickets \(PDF\)/ }).check();
  for (const kind of ['Ticket type', 'Status', 'Batch', 'Serial', 'Date', 'Text']) await addCondition(app, kind);
  for (const part of [/^Columns/, /^Order/, /^CSV: as/, /^Tickets \(PDF\): as/])
    await app.getByRole('button', { name: part }).click();
  faults.push(...(await faultsOf(app, 'form')));
  await app.getByRole('button', { name: 'Remove condition 2: Status' }).click();
  await app.getByRole('button', { name: 'Check 1,200 tickets' }).click();
  faults.push(...(await faultsOf(app, 'check')));
  const downloading = app.waitForEvent('download');
  // Where there is no picker, saving is a download: one button, not two that do the same.
  await expect(app.getByRole('button', { name: 'Download' })).toBeHidden();
  await app.getByRole('button', { name: 'Save 1,200 tickets' }).click();
  await downloading;
  await expect(app.getByText('Completed', { exact: true })).toBeVisible();
  faults.push(...(await faultsOf(app, 'result')));
  expect(faults).toEqual([]);
});

test.describe('where the server fails', () => {
  test.use({ breaksRequests: true });

  test('templates are those that this device knew last', async ({ app, server }) => {
    const { eventId } = await makeTickets(server);
    const plan = { batches: null, formats: [{ id: 'csv', options: {} }], columns: null, filters: null, sort: null };
    const template = { name: 'Door list', plan: { ...plan, fileName: null } };
    await callApi(server, 'PUT', `/events/${eventId}/export-templates/000000000001`, template);
    await openForm(app, eventId);
    await expect(app.getByRole('button', { name: 'Export Door list' })).toBeVisible();
    await app.route('**/export-templates', (route) => route.abort());
    await app.reload();
    await expect(app.getByRole('button', { name: 'Export Door list' })).toBeVisible();
  });

  test('a preview that cannot be drawn says what happened and what to do, and is drawn at the next try', async ({
    app,
    server,
  }) => {
    const { eventId } = await makeTickets(server);
    const chunks = '**/chunks/*';
    await app.context().route(chunks, (route) => route.fulfill({ status: 404 }));
    await app.goto(`/events/${eventId}/exports`);
    await expect(preview(app).getByRole('alert')).toContainText('There is no preview.');
    await expect(preview(app).getByRole('alert')).toContainText('neither on this device nor on the server');
    await expect(app.getByRole('button', { name: 'Check tickets' })).toBeDisabled();
    expect(await faultsOf(app, 'no preview')).toEqual([]);
    await app.context().unroute(chunks);
    await preview(app).getByRole('button', { name: 'Try again' }).click();
    await expect(preview(app)).toContainText('Person 1');
    await expect(app.getByRole('button', { name: 'Check 1,200 tickets' })).toBeEnabled();
  });
});
