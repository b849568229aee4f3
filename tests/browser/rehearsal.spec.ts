import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import { axeFaults } from '../support/accessibility.ts';
import { callApi, makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { addGate, makeRunningEvent, openGate, show, storeBatch, verdict } from '../support/gate-page.ts';
import { mint } from '../support/mint.ts';
import { mintBatch } from '../support/minted-batch.ts';
import { pairDevice } from '../support/pair-device.ts';

const report = (app: Page) => app.getByRole('region', { name: 'Report' });

/** Reads the downloaded report. */
async function savedReport(app: Page): Promise<Record<string, unknown> & { settings: { seed: number } }> {
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save the report' }).click();
  return JSON.parse(await readFile(await (await download).path(), 'utf8'));
}

test('a day is rehearsed with a real batch, and nothing of it is recorded', async ({ app, server }) => {
  const eventId = await makeEvent(server);
  const path = `/events/${eventId}/gates/rehearsal`;
  await app.goto(path);
  await expect(app.getByText('No tickets to rehearse with')).toBeVisible();
  // Declared is enough: a rehearsal takes numbers, no signatures.
  const large = await mintBatch({ eventId, count: 1_000_000, chunkSize: 5_000 });
  await callApi(server, 'PUT', `/events/${eventId}/batches/${large.id}`, large.manifest);
  await app.reload();
  await expect(app.getByText('No gate to rehearse at')).toBeVisible();
  await addGate(server, eventId, { name: 'North door', types: null });
  await app.reload();

  await test.step('cancelled, a million tickets are gone at once', async () => {
    await app.getByRole('button', { name: 'Rehearse' }).click();
    await expect(app.getByText(/ of 1,0(19|20),\d{3} · .* left/)).toBeVisible();
    await app.getByRole('button', { name: 'Cancel' }).click();
    await expect(app.getByText('Cancelled. Nothing was recorded.')).toBeVisible();
  });

  await storeBatch(server, eventId, await mintBatch({ eventId, count: 3_000, chunkSize: 3_000 }));
  await app.reload();
  await app.getByRole('textbox', { name: 'Without a network' }).fill('60');
  await app.getByRole('textbox', { name: 'Copies' }).fill('20');
  await app.getByRole('button', { name: 'Rehearse' }).click();
  await expect(report(app)).toContainText('Found all of them');
  await expect(report(app).getByRole('listitem').first()).toContainText(/Ticket [\d,]+In: .*North door.?, device \d/);
  expect(await axeFaults(app)).toEqual([]);
  const first = await savedReport(app);
  expect(first).toMatchObject({ foundAll: true, settings: { devices: 4, offline: 0.6, copies: 0.2 } });
  expect(first.found).toBe(first.letInTwice);

  await test.step('the same seed plays the same day', async () => {
    await app.reload();
    await app.getByRole('textbox', { name: 'Without a network' }).fill('60');
    await app.getByRole('textbox', { name: 'Copies' }).fill('20');
    await app.getByRole('textbox', { name: 'Seed' }).fill(String(first.settings.seed));
    await app.getByRole('button', { name: 'Rehearse' }).click();
    await expect(report(app)).toBeVisible();
    const { at: _, ...again } = await savedReport(app);
    expect({ ...again, at: first.at }).toEqual(first);
  });
  expect(await callApi(server, 'GET', `/events/${eventId}/scans`)).toEqual([]);
});

test('gates let in what an administrator has approved, and never a test', async ({ app, browser, server }) => {
  const eventId = await makeRunningEvent(server);
  await app.goto(`/events/${eventId}/settings/event`);
  const asks = app.getByRole('switch', { name: 'Gates get a batch only after an administrator approved it' });
  await asks.check({ force: true });
  await expect.poll(() => callApi(server, 'GET', `/events/${eventId}`)).toMatchObject({ approval: true });
  const batch = await mintBatch({ eventId, count: 100, chunkSize: 100 });
  await storeBatch(server, eventId, batch);
  const gateId = await addGate(server, eventId, { name: 'North door', types: null });
  const gate = await openGate(browser, server, await pairDevice(server, { eventId, gateId }, 'Tablet 1'));
  const showTicket = async (serial: number) => {
    const signature = await batch.signer.signAll([signedMessageWriter(batch.id, 0)(serial)]);
    await show(gate, encodeToken({ batchId: batch.id, serial, typeIndex: 0 }, signature));
  };
  await showTicket(1);
  await expect(verdict(gate).getByRole('alert')).toContainText('Not approved yet');

  await app.goto(`/events/${eventId}`);
  await expect(app.getByText('100 tickets wait for approval.')).toBeVisible();
  await app.goto(`/events/${eventId}/tickets`);
  await expect(app.getByText('Waiting for approval')).toBeVisible();
  expect(await axeFaults(app)).toEqual([]);
  await app.getByRole('button', { name: 'Approve 100 tickets' }).click();
  await expect(app.getByText('Waiting for approval')).toBeHidden();
  // The device hears of it with its next sync.
  let serial = 1;
  await expect(async () => {
    await showTicket(++serial);
    await expect(verdict(gate)).toContainText('Let in', { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });

  await app.goto(`/events/${eventId}/tickets/batches/${batch.id}`);
  await expect(app.getByRole('region', { name: 'Approval' })).toContainText(/Approved by .?admin/);
  await app.getByRole('button', { name: 'Withdraw the approval' }).click();
  await expect(app.getByRole('alert').filter({ hasText: 'Waiting for approval' })).toBeVisible();
  await showTicket(100);
  await expect(verdict(gate).getByRole('alert')).toContainText('Not approved yet');
  await gate.context().close();

  await test.step('test tickets', async () => {
    await app.goto(`/events/${eventId}/gates/rehearsal`);
    await app.getByRole('link', { name: 'Mint test tickets' }).click();
    await expect(app.getByRole('switch', { name: 'Test tickets: never let in' })).toBeChecked();
    await mint(app, '10');
    await app.waitForURL(/tickets\/mint\/[0-9a-f]{32}$/);
    await app.goto(`/events/${eventId}/tickets`);
    await expect(app.getByText('Test', { exact: true })).toBeVisible();
    const [test] = (await callApi(server, 'GET', `/events/${eventId}/batches`)) as { id: string }[];
    expect(test).toMatchObject({ rehearsal: true, count: 10 });
    expect(test).not.toHaveProperty('approval');
    await app.goto(`/events/${eventId}/exports?batch=${test?.id}`);
    await expect(app.getByText('TEST · General').first()).toBeVisible();
  });
});
