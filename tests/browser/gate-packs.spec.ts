import type { Page } from '@playwright/test';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { shortCodeOf } from '../../core/ticket/short-code.ts';
import { encodeToken } from '../../core/ticket/token.ts';
import { axeFaults, smallTargets, widerBy } from '../support/accessibility.ts';
import { callApi } from '../support/api.ts';
import { test as base, expect } from '../support/app-test.ts';
import { addGate, makeRunningEvent, openGate, show, storeBatch, verdict } from '../support/gate-page.ts';
import { type MintedBatch, mintBatch } from '../support/minted-batch.ts';
import { pairDevice } from '../support/pair-device.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const test = base.extend<{ readonly ownServer: TestServer }>({
  // It is killed in the middle.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  ownServer: async ({}, use) => {
    const server = await startTestServer();
    await use(server);
    await server.close();
  },
});

test.setTimeout(180_000);

async function addGuests(server: TestServer, eventId: string): Promise<MintedBatch> {
  const fieldsOf = ({ firstSerial, count }: { firstSerial: number; count: number }) => ({
    holder: Array.from({ length: count }, (_, index) => `Guest ${firstSerial + index}`),
    seat: Array.from({ length: count }, () => 'B 12'),
  });
  const batch = await mintBatch({ eventId, count: 100, chunkSize: 50, fieldsOf });
  await storeBatch(server, eventId, batch);
  return batch;
}

async function ticketOf(batch: MintedBatch, serial: number): Promise<{ token: string; code: string }> {
  const { signatures } = decodeTrustedChunk(await batch.chunk(Math.floor((serial - 1) / 50)));
  const signature = signatures.slice(((serial - 1) % 50) * 64).slice(0, 64);
  const token = encodeToken({ batchId: batch.id, serial, typeIndex: 0 }, signature);
  return { token, code: shortCodeOf(signature) };
}

async function type(page: Page, code: string): Promise<void> {
  await page.getByLabel('Ticket’s code').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Check' }).click();
}

const details = (page: Page) => page.getByRole('button', { name: 'Details' }).click();
const close = (page: Page) => page.keyboard.press('Escape');
const keptNames = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'ticketmint-gate-packs'));

test('a gate shows names and finds short codes, with the server and without', async ({
  ownServer: server,
  browser,
}) => {
  const eventId = await makeRunningEvent(server);
  const batch = await addGuests(server, eventId);
  const gateId = await addGate(server, eventId, { name: 'North door', types: null });
  const page = await openGate(browser, server, await pairDevice(server, { eventId, gateId }, 'Tablet 1'));
  await callApi(server, 'POST', `/events/${eventId}/batches/${batch.id}/corrections`, {
    serial: 2,
    column: 'holder',
    value: 'Someone Else',
  });

  await test.step('no name before the event asks for it; a typed code is asked of the server', async () => {
    await show(page, (await ticketOf(batch, 1)).token);
    await expect(verdict(page)).toContainText('Let in');
    await expect(verdict(page)).not.toContainText('Guest');
    await type(page, (await ticketOf(batch, 60)).code);
    await expect(verdict(page)).toContainText('No. 60');
    await expect(verdict(page)).toContainText('By its short code');
    await type(page, '0000-0000-0000');
    await expect(verdict(page)).toContainText('No ticket has this short code');
  });

  await test.step('names and codes come to the device', async () => {
    await callApi(server, 'PATCH', `/events/${eventId}`, { gateNames: true });
    await details(page);
    await page.getByRole('button', { name: /^Put the codes on this device/ }).click();
    await expect(page.getByText(/^100 codes are on this device/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(/^100 are on this device/)).toBeVisible({ timeout: 20_000 });
    expect([await axeFaults(page), await widerBy(page), await smallTargets(page)]).toEqual([[], 0, []]);
    await close(page);
    await show(page, (await ticketOf(batch, 2)).token);
    await expect(verdict(page)).toContainText('Someone Else');
    await expect(verdict(page)).toContainText('Seat B 12');
  });

  await test.step('the same without the server, after a restart', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
    await server.kill();
    await page.reload();
    await expect(page.getByText('Ready. Scan a ticket.')).toBeVisible();
    await show(page, (await ticketOf(batch, 3)).token);
    await expect(verdict(page)).toContainText('Guest 3');
    await show(page, (await ticketOf(batch, 2)).token);
    await expect(verdict(page)).toContainText(/Already used.*Someone Else/);
    await type(page, (await ticketOf(batch, 4)).code);
    await expect(verdict(page)).toContainText('No. 4');
    await expect(verdict(page)).not.toContainText('Guest');
    await type(page, '0000-0000-0000');
    await expect(verdict(page)).toContainText(/No ticket of .* or before has this short code/);
    await details(page);
    await page.getByRole('button', { name: 'Remove the codes' }).click();
    await close(page);
    await type(page, (await ticketOf(batch, 5)).code);
    await expect(verdict(page)).toContainText('Short codes are not on this device');
  });

  await test.step('names leave the device with the setting, and with its pairing; scans of it do not', async () => {
    await server.restart();
    await callApi(server, 'PATCH', `/events/${eventId}`, { gateNames: false });
    await details(page);
    await expect(page.getByText('Names', { exact: true })).toHaveCount(0, { timeout: 60_000 });
    await callApi(server, 'PATCH', `/events/${eventId}`, { gateNames: true });
    await expect(page.getByText(/^100 are on this device/)).toBeVisible({ timeout: 60_000 });
    await close(page);
    const devices = (await callApi(server, 'GET', `/events/${eventId}/gate-devices`)) as { id: string }[];
    await page.route('**/api/events/*/scans**', (route) => route.abort());
    await show(page, (await ticketOf(batch, 6)).token);
    await expect(verdict(page)).toContainText('Guest 6');
    await callApi(server, 'DELETE', `/events/${eventId}/gate-devices/${devices[0]?.id}`);
    await expect(page.getByRole('heading', { name: 'Not paired any more' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('1 scan is on this device only')).toBeVisible();
    await expect.poll(() => keptNames(page)).toBe(false);
  });
  await page.context().close();
});
