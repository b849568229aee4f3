import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { GateDevice } from '../../core/api/gate-device.ts';
import { callApi } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { addGate, makeRunningEvent, storeBatch } from '../support/gate-page.ts';
import { mintBatch } from '../support/minted-batch.ts';
import { pairDevice } from '../support/pair-device.ts';
import { seedScans } from '../support/seed-scans.ts';
import type { TestServer } from '../support/server.ts';

/* The organiser's side of a day: what is in, what went wrong, by which rules, and the scans as a file. */
test.use({ actionTimeout: 15_000, breaksRequests: true });

interface Evening {
  readonly eventId: string;
  readonly batchId: string;
  readonly devices: readonly GateDevice[];
}

async function makeEvening(server: TestServer): Promise<Evening> {
  const eventId = await makeRunningEvent(server);
  const batch = await mintBatch({ eventId, count: 1_000, chunkSize: 500 });
  await storeBatch(server, eventId, batch);
  for (const name of ['North door', 'South door']) {
    const gateId = await addGate(server, eventId, { name, types: null });
    await pairDevice(server, { eventId, gateId }, `Tablet of the ${name.toLowerCase()}`);
  }
  const devices = (await callApi(server, 'GET', `/events/${eventId}/gate-devices`)) as GateDevice[];
  return { eventId, batchId: batch.id, devices };
}

/** One entry a serial, now. */
async function letIn(server: TestServer, { eventId, batchId, devices }: Evening, first: number, count: number) {
  const [device] = devices;
  const scans = Array.from({ length: count }, (_, index) => ({
    nonce: crypto.randomUUID().replaceAll('-', ''),
    batch: batchId,
    serial: first + index,
    kind: 'enter',
    at: Date.now(),
    device: device?.id,
    gate: device?.gateId,
  }));
  for (let from = 0; from < count; from += 100)
    await callApi(server, 'POST', `/events/${eventId}/scans`, { scans: scans.slice(from, from + 100) });
}

async function addCondition(app: Page, kind: string, label: string, choice: string): Promise<void> {
  await app.getByRole('button', { name: 'Which scans: all' }).click();
  await app.getByRole('button', { name: 'Add a condition' }).click();
  await app.getByRole('menuitem', { name: kind, exact: true }).click();
  await app.getByRole('combobox', { name: label }).click();
  await app.getByRole('option', { name: choice }).click();
}

const goTo = (app: Page, name: string) =>
  app
    .getByRole('navigation', { name: 'Pages about the gates' })
    .getByRole('link', { name, exact: true })
    .press('Enter');

test('numbers come in by themselves, the last ones stand without the server, and rules can be put back', async ({
  app,
  server,
  context,
}) => {
  const evening = await makeEvening(server);
  await app.goto(`/events/${evening.eventId}/gates/live`);
  await expect(app.getByText('Nobody was scanned yet')).toBeVisible();
  await seedScans(server, evening);
  await expect(app.getByRole('heading', { name: /^300 of 1,000 in by / })).toBeVisible();
  await expect(app.getByText('2 devices have not synced lately')).toBeVisible();
  await letIn(server, evening, 700, 5);
  await expect(app.getByRole('heading', { name: /^305 of 1,000 in by / })).toBeVisible();
  await app.getByRole('button', { name: 'As a table' }).press('Enter');
  const rows = app.getByRole('region', { name: 'In and out, by time' }).getByRole('row');
  // On site after the last step: 302 and 5 came in, 24 left.
  await expect(rows.last()).toContainText('283');

  await goTo(app, 'Conflicts');
  await expect(app.getByRole('heading', { name: '2 double entries' })).toBeVisible();
  await context.setOffline(true);
  await goTo(app, 'Live');
  await expect(app.getByText(/^As of .*, offline/)).toBeVisible();
  await expect(app.getByRole('heading', { name: /^305 of 1,000 in by / })).toBeVisible();
  await letIn(server, evening, 800, 1);
  await context.setOffline(false);
  await expect(app.getByRole('heading', { name: /^306 of 1,000 in by / })).toBeVisible();

  await goTo(app, 'Gates');
  await expect(app.getByText('Let in from 2 hours before a ticket is valid')).toBeVisible();
  await app.getByRole('button', { name: 'Edit the admission rules' }).press('Enter');
  await app.getByRole('textbox', { name: 'On site at once, at most' }).fill('250');
  await app.getByRole('textbox', { name: 'Let in late by' }).fill('90');
  await app.keyboard.press('Enter');
  await expect(app.getByText('Let in until 1 h 30 min after its validity has ended')).toBeVisible();
  await goTo(app, 'Live');
  await expect(app.getByText('34 more than the 250 allowed')).toBeVisible();
  await app.getByRole('button', { name: 'Undo' }).click();
  await expect(app.getByText('no limit is set')).toBeVisible();
});

test('double entries lead to their ticket, and all scans go into a file, page by page', async ({
  app,
  server,
  context,
}) => {
  test.setTimeout(90_000);
  const evening = await makeEvening(server);
  await seedScans(server, evening);
  // More than one answer of the server holds.
  await letIn(server, evening, 1, 40);
  await letIn(server, evening, 400, 600);
  await letIn(server, evening, 41, 59);
  const { count } = (await callApi(server, 'GET', `/events/${evening.eventId}/scan-totals`)) as { count: number };
  expect(count).toBe(1_025);
  await app.goto(`/events/${evening.eventId}/gates/conflicts`);
  await expect(app.getByRole('heading', { name: '2 double entries' })).toBeVisible();
  const newest = app.getByRole('listitem').filter({ hasText: 'In force' }).first();
  await expect(newest).toContainText('North door · Tablet of the north door');
  await expect(newest).toContainText('South door · Tablet of the south door');
  await newest.getByRole('link', { name: 'Ticket 120' }).click();
  await expect(app).toHaveURL(/\/tickets\/120$/);
  await app.goBack();

  await app.setViewportSize({ width: 1_280, height: 1_200 });
  await app.getByRole('link', { name: 'Export check-ins' }).click();
  const check = app.getByRole('button', { name: 'Check 1,025 scans' });
  await expect(check).toBeEnabled();
  await expect(app.getByRole('checkbox', { name: /^Tickets \(PDF\)/ })).toHaveCount(0);
  await addCondition(app, 'Effect', 'One of these effects', 'Double entry');
  await expect(app.getByRole('button', { name: 'Check 2 scans' })).toBeEnabled();
  await app.keyboard.press('Escape');
  await app.getByRole('button', { name: /^Remove condition 1/ }).click();
  await check.click();
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(head?.replace('\ufeff', '')).toBe('Scanned,Scan,Effect,Gate,Device,Batch,Serial,Type,Reason,Received');
  expect(lines).toHaveLength(1_025);
  expect(lines.filter((line) => line.includes(',double,'))).toHaveLength(2);
  expect(download.suggestedFilename()).toMatch(/ check-ins .*\.csv$/);
  await expect(app.getByText(/^1,025 scans, /).first()).toBeVisible();

  await context.setOffline(true);
  await app.getByRole('button', { name: 'New export' }).click();
  await addCondition(app, 'Scan', 'One of these kinds of scans', 'Exit');
  await expect(app.getByText(/the scans are there only/i).first()).toBeVisible({ timeout: 40_000 });
});
