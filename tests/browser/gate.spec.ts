import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { axeFaults, smallTargets, widerBy } from '../support/accessibility.ts';
import { callApi } from '../support/api.ts';
import { test as base, expect } from '../support/app-test.ts';
import { codeVideo } from '../support/code-video.ts';
import {
  addGate,
  gateStatus,
  insideWords,
  makeRunningEvent,
  openGate,
  show,
  storeBatch,
  verdict,
} from '../support/gate-page.ts';
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

test.setTimeout(240_000);

async function addBatch(server: TestServer, eventId: string, typeIndex = 0): Promise<MintedBatch> {
  const batch = await mintBatch({ eventId, typeIndex, count: 400, chunkSize: 400 });
  await storeBatch(server, eventId, batch);
  return batch;
}

async function tokenOf({ id, signer }: MintedBatch, serial: number, { typeIndex = 0, as = serial } = {}) {
  const signature = await signer.signAll([signedMessageWriter(id, typeIndex)(serial)]);
  return encodeToken({ batchId: id, serial: as, typeIndex }, signature);
}

test('a gate lets in with the server and without, and everything arrives', async ({ ownServer: server, browser }) => {
  const eventId = await makeRunningEvent(server);
  const batch = await addBatch(server, eventId);
  const vip = await addBatch(server, eventId, 1);
  const foreign = await addBatch(server, await makeRunningEvent(server));
  const stranger = await mintBatch({ eventId, count: 400, chunkSize: 400 });
  await callApi(server, 'POST', `/events/${eventId}/revocations`, { batch: batch.id, from: 390, to: 400, reason: 'x' });
  const gateId = await addGate(server, eventId, { name: 'North door', types: [0] });
  const other = await addGate(server, eventId, { name: 'VIP lounge', types: [1] });
  const here = await pairDevice(server, { eventId, gateId }, 'Tablet 1');
  const page = await openGate(browser, server, here);

  await test.step('300 tickets through a scanner, and each refusal for its reason', async () => {
    const tokens = await Promise.all(Array.from({ length: 300 }, (_, index) => tokenOf(batch, index + 1)));
    await show(page, ...tokens);
    await expect(insideWords(page)).toHaveText('Inside: 300', { timeout: 120_000 });
    await expect(verdict(page)).toContainText('Let inGeneral · No. 300');
    const first = tokens[0] as string;
    const [head, tail] = [first.slice(0, 60), first.slice(61)];
    const refusals = [
      [first.toLowerCase(), /Already used at .*, North door/],
      [` ${tokens[1]?.toLowerCase().replace(/.{10}/g, '$& ')}`, /Already used at .*, North door/],
      [`${head}${first[60] === 'A' ? 'B' : 'A'}${tail}`, 'Forged'],
      [await tokenOf(batch, 350, { as: 351 }), 'Forged'],
      [await tokenOf(foreign, 1), 'A ticket for Founders’ Day'],
      [await tokenOf(stranger, 1), 'Not known at this gate'],
      [await tokenOf(batch, 395), 'revoked'],
      [await tokenOf(batch, 401), 'No such ticket was ever issued'],
      [await tokenOf(vip, 1, { typeIndex: 1 }), 'It passes at VIP lounge'],
      ['https://example.org/somebody/else', 'no ticket of ours'],
    ] as const;
    for (const [text, reason] of refusals) {
      await show(page, text);
      await expect(verdict(page).getByRole('alert')).toContainText(reason);
      await expect(verdict(page)).toContainText('Stop');
    }
    expect([await axeFaults(page), await widerBy(page), await smallTargets(page)]).toEqual([[], 0, []]);
    await page.getByLabel('Ticket’s code').fill('abcd-1234-wxyz');
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(verdict(page)).toContainText('No ticket has this short code');
  });

  await test.step('taken back, and let in on a supervisor’s word', async () => {
    await show(page, await tokenOf(batch, 301));
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(verdict(page)).toContainText('Taken back');
    await expect(insideWords(page)).toHaveText('Inside: 300');
    await show(page, await tokenOf(vip, 2, { typeIndex: 1 }));
    await page.getByRole('button', { name: 'Let in all the same' }).click();
    await page.getByLabel('Reason').fill('guest of the band');
    await page.getByRole('button', { name: 'Let in', exact: true }).click();
    await expect(verdict(page)).toContainText('guest of the band');
    await expect(insideWords(page)).toHaveText('Inside: 301');
  });

  await test.step('without the server, also after a restart', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
    await expect(gateStatus(page)).not.toContainText('to send');
    await server.kill();
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => tokenOf(batch, 310 + index)));
    await show(page, ...tokens);
    await expect(insideWords(page)).toHaveText('Inside: 321');
    await expect(gateStatus(page)).toContainText('Offline');
    await expect(gateStatus(page)).toContainText('20 to send');
    await page.reload();
    await expect(insideWords(page)).toHaveText('Inside: 321');
    await show(page, tokens[3] as string);
    await expect(verdict(page)).toContainText(/Already used at .*, North door/);
  });

  await test.step('the server is back: everything arrives once, and the double entry is listed', async () => {
    await server.restart();
    const there = await pairDevice(server, { eventId, gateId: other }, 'Tablet 2');
    await scanElsewhere(server, { cookie: there, eventId, batch: batch.id, serial: 315 });
    await expect(gateStatus(page)).toContainText('Online', { timeout: 60_000 });
    await expect(gateStatus(page)).not.toContainText('to send');
    expect(await callApi(server, 'GET', `/events/${eventId}/admissions`)).toMatchObject({
      admitted: 322,
      conflicts: 1,
    });
    expect(await callApi(server, 'GET', `/events/${eventId}/scan-conflicts`)).toMatchObject({
      conflicts: [{ serial: 315, kept: { gate: other }, doubled: { gate: gateId } }],
    });
  });
  await page.context().close();
});

/** What another device has let in while neither could be reached. */
async function scanElsewhere(
  server: TestServer,
  { cookie, eventId, batch, serial }: { cookie: string; eventId: string; batch: string; serial: number },
): Promise<void> {
  const headers = { Cookie: cookie, Origin: server.url, 'Content-Type': 'application/json' };
  const session = await fetch(`${server.url}/api/gate/session`, { headers });
  const { device, gate } = (await session.json()) as { device: { id: string }; gate: { id: string } };
  const at = Date.now() - 10 * 60_000;
  const scan = { nonce: 'e'.repeat(32), batch, serial, kind: 'enter', at, device: device.id, gate: gate.id };
  const body = JSON.stringify({ scans: [scan] });
  const answer = await fetch(`${server.url}/api/events/${eventId}/scans`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
}

test('a camera reads tickets, each showing once', async ({ ownServer: server }, testInfo) => {
  const eventId = await makeRunningEvent(server);
  const batch = await addBatch(server, eventId);
  const gateId = await addGate(server, eventId, { name: 'North door', types: null });
  const cookie = await pairDevice(server, { eventId, gateId }, 'Tablet 1');
  const video = testInfo.outputPath('codes.y4m');
  writeFileSync(video, codeVideo(await Promise.all([1, 2, 3].map((serial) => tokenOf(batch, serial))), 12));
  const options = chromiumLaunchOptions();
  const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const args = [...(options.args ?? []), ...fake, `--use-file-for-fake-video-capture=${video}`];
  const browser = await chromium.launch({ ...options, args });
  const page = await openGate(browser, server, cookie);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(insideWords(page)).toHaveText('Inside: 3', { timeout: 60_000 });
  // The video begins anew: the first ones come again after they were gone.
  await expect(verdict(page)).toContainText(/Already used at .*, North door/, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Camera off' }).click();
  await expect(page.getByLabel('What the camera sees')).toHaveCount(0);
  expect(await callApi(server, 'GET', `/events/${eventId}/admissions`)).toMatchObject({ admitted: 3, conflicts: 0 });
  expect(errors).toEqual([]);
  await browser.close();
});
