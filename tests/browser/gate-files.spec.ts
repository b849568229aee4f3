import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Download, Page } from '@playwright/test';
import type { ScanConflicts } from '../../core/api/gate.ts';
import type { Gate } from '../../core/api/gate-device.ts';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import { axeFaults, smallTargets, widerBy } from '../support/accessibility.ts';
import { callApi, makeEvent } from '../support/api.ts';
import { addSession, test as base, expect } from '../support/app-test.ts';
import { storedKeys } from '../support/device-store.ts';
import { show, gateStatus as status, verdict } from '../support/gate-page.ts';
import { mint } from '../support/mint.ts';
import { chunkRequest, mintBatch } from '../support/minted-batch.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { bufferedTickets } from '../support/stored-tickets.ts';

const test = base.extend<{ readonly ownServer: TestServer }>({
  // It is gone for most of the time.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  ownServer: async ({}, use) => {
    const server = await startTestServer();
    await use(server);
    await server.close();
  },
});

test.setTimeout(180_000);

const HOUR = 3_600_000;

/** A tablet with an empty profile that has been here once; files come as downloads, which a test can read. */
async function openTablet(browser: Browser, server: TestServer): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'allow', acceptDownloads: true });
  await context.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }));
  return context.newPage();
}

async function isInstalled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
}

async function save(page: Page, button: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download: Download = await downloading;
  return download.path();
}

async function saysOf(page: Page, token: string, words: string | RegExp): Promise<void> {
  await show(page, token);
  await expect(verdict(page)).toContainText(words);
}

/** Opens the details, does something there, and closes them. */
async function inDetails<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
  await page.getByRole('button', { name: 'Details' }).click();
  const result = await work();
  await page.keyboard.press('Escape');
  return result;
}

test('a day without a server: minted, let in at two gates, gathered, and told once it is there', async ({
  ownServer: server,
  browser,
}, testInfo) => {
  const eventId = await makeEvent(server);
  await callApi(server, 'PATCH', `/events/${eventId}`, { startsAt: Date.now() - HOUR, endsAt: Date.now() + HOUR });
  const elsewhere = await makeEvent(server);
  const foreign = await mintBatch({ eventId: elsewhere, count: 50, chunkSize: 50 });
  await callApi(server, 'PUT', `/events/${elsewhere}/batches/${foreign.id}`, foreign.manifest);
  await server.fetch(`/api/events/${elsewhere}/batches/${foreign.id}/chunks/0`, chunkRequest(await foreign.chunk(0)));
  const tablet = await openTablet(browser, server);
  const gates = [await openTablet(browser, server), await openTablet(browser, server)] as const;
  const [north, south] = gates;

  await test.step('all were here once, and then the server is gone', async () => {
    await addSession(tablet, server);
    for (const id of [elsewhere, eventId]) {
      await tablet.goto(`/events/${id}/tickets`);
      await expect(tablet.getByRole('heading', { name: 'Tickets' })).toBeVisible();
      await tablet.waitForLoadState('networkidle');
      await expect.poll(async () => (await storedKeys(tablet)).settings).toContain(`answer events/${id}/batches`);
    }
    await isInstalled(tablet);
    for (const page of gates) {
      await page.goto('/gate');
      await expect(page.getByRole('link', { name: 'Set up from a file' })).toBeVisible();
      await isInstalled(page);
    }
    await server.kill();
  });

  const tokens = await test.step('50 tickets are minted, one is revoked, two gates are made', async () => {
    await tablet.goto(`/events/${eventId}/tickets/mint`);
    await mint(tablet, '50');
    await expect(tablet.getByRole('button', { name: /^Offline since .+ · 50 waiting|Reconnecting/ })).toBeVisible();
    await expect.poll(async () => (await bufferedTickets(tablet)).length).toBe(50);
    const tickets = await bufferedTickets(tablet);
    await tablet.goto(`/events/${eventId}/tickets/batches/${tickets[0]?.batchId}/tickets/50`);
    await tablet.getByLabel('Reason').fill('stolen');
    await tablet.getByRole('button', { name: 'Revoke ticket 50' }).click();
    await expect(tablet.getByText('Reason: stolen')).toBeVisible();
    await tablet.goto(`/events/${eventId}/gates/files`);
    await tablet.getByLabel('Name of the gate').fill('North door');
    await tablet.getByRole('button', { name: 'Add gate' }).click();
    await tablet.getByRole('button', { name: 'Add a gate here' }).click();
    await tablet.getByLabel('Name of the gate').fill('South door');
    await tablet.getByRole('button', { name: 'Add gate' }).click();
    await expect(tablet.getByText('South door')).toBeVisible();
    return tickets
      .sort((left, right) => left.serial - right.serial)
      .map(({ batchId, serial, signature }) => encodeToken({ batchId, serial, typeIndex: 0 }, signature));
  });
  const tokenOf = (serial: number) => tokens[serial - 1] as string;

  const first = await test.step('both gates are set up from its file, its key compared', async () => {
    const file = await save(tablet, 'Save gate file');
    const key = await tablet.getByTestId('fingerprint').textContent();
    for (const [page, gate] of [
      [north, 'North door'],
      [south, 'South door'],
    ] as const) {
      await page.reload();
      await page.getByRole('link', { name: 'Set up from a file' }).click();
      await page.getByLabel('Gate file').setInputFiles(file);
      await expect(page.getByTestId('fingerprint')).toHaveText(key ?? '');
      await page.getByRole('combobox', { name: 'Gate' }).click();
      await page.getByRole('option', { name: gate }).click();
      await page.getByLabel('Name of this device').fill(`${gate}, tablet`);
      await page.getByRole('button', { name: 'They match: set up' }).click();
      await expect(page.getByText('Ready. Scan a ticket.')).toBeVisible();
      await expect(status(page)).toContainText('By the file of');
    }
    return file;
  });

  await test.step('each says what is right, and knows it after a restart', async () => {
    for (const serial of [1, 2, 3]) await saysOf(north, tokenOf(serial), `Let inGeneral · No. ${serial}`);
    await north.reload();
    await expect(north.getByText('Ready. Scan a ticket.')).toBeVisible();
    await saysOf(north, tokenOf(2), /Already used at .*, North door/);
    await saysOf(north, tokenOf(50), 'revoked');
    const signature = await foreign.signer.signAll([signedMessageWriter(foreign.id, 0)(1)]);
    await saysOf(north, encodeToken({ batchId: foreign.id, serial: 1, typeIndex: 0 }, signature), 'Founders’ Day');
    await expect(status(north)).toContainText('3 not saved');
    for (const serial of [3, 4]) await saysOf(south, tokenOf(serial), `No. ${serial}`);
  });

  await test.step('their scans are gathered, and the double entry is found', async () => {
    const files = [];
    for (const page of gates) files.push(await inDetails(page, () => save(page, 'Save scans for the tablet')));
    await expect(status(north)).not.toContainText('not saved');
    await tablet.getByLabel('Files with scans').setInputFiles(files);
    for (let taken = 1; taken <= 2; taken++) {
      await tablet.getByRole('button', { name: 'They match: take the scans' }).first().click();
      await expect(tablet.getByText(/^\d new scans$/)).toHaveCount(taken);
    }
    await expect(tablet.getByRole('region', { name: '1 ticket let in twice' })).toContainText(
      /Ticket 3 · first North door/,
    );
    await expect(tablet.getByTestId('gathered')).toHaveText('5 scans of gates are kept here · 5 wait for the server');
    await tablet.getByLabel('Files with scans').setInputFiles(files[0] as string);
    await expect(tablet.getByText('No new scan')).toBeVisible();
    expect([await axeFaults(tablet), await widerBy(tablet)]).toEqual([[], 0]);
  });

  await test.step('the next file tells every gate; an older one and one that was changed are refused', async () => {
    const next = await save(tablet, 'Save gate file');
    const changed = testInfo.outputPath('changed.gatefile');
    const bytes = readFileSync(next);
    bytes[300] = (bytes[300] as number) ^ 1;
    writeFileSync(changed, bytes);
    await inDetails(north, async () => {
      for (const [file, words] of [
        [changed, 'The file is not whole'],
        [next, 'The file is taken'],
        [first, 'This file is older'],
      ] as const) {
        await north.getByLabel('Gate file').setInputFiles(file);
        await expect(north.getByText(words)).toBeVisible();
      }
      await expect(north.getByTestId('kept-scans')).toHaveText(/3 scans are kept .* all of them are elsewhere, too/);
      expect([await axeFaults(north), await smallTargets(north)]).toEqual([[], []]);
    });
    await saysOf(north, tokenOf(4), /Already used at .*, South door/);
    await saysOf(north, tokenOf(5), 'No. 5');
  });

  await test.step('the server is there again: everything arrives once', async () => {
    await server.restart();
    await expect(tablet.getByRole('button', { name: 'Connected: details' })).toBeVisible({ timeout: 60_000 });
    await expect(tablet.getByTestId('gathered')).toContainText('the server has all of them', { timeout: 60_000 });
    const last = await inDetails(north, () => save(north, 'Save scans for the tablet'));
    await tablet.getByLabel('Files with scans').setInputFiles(last);
    const admitted = async () => callApi(server, 'GET', `/events/${eventId}/admissions`);
    await expect.poll(admitted).toMatchObject({ inside: 6, conflicts: 1 });
    const { conflicts } = (await callApi(server, 'GET', `/events/${eventId}/scan-conflicts`)) as ScanConflicts;
    const known = (await callApi(server, 'GET', `/events/${eventId}/gates`)) as Gate[];
    const idOf = (name: string) => known.find((gate) => gate.name === name)?.id;
    expect(known).toHaveLength(2);
    expect(conflicts).toMatchObject([
      { serial: 3, kept: { gate: idOf('North door') }, doubled: { gate: idOf('South door') } },
    ]);
  });
  for (const page of [tablet, ...gates]) await page.context().close();
});
