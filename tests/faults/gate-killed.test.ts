import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import type { RecordedScan } from '../../core/api/gate.ts';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import { callApi } from '../support/api.ts';
import { createProfile, type RealBrowser } from '../support/browser.ts';
import { expectFewWipes } from '../support/fault-test.ts';
import { addGate, makeRunningEvent, show, storeBatch } from '../support/gate-page.ts';
import { mintBatch } from '../support/minted-batch.ts';
import { pairDevice } from '../support/pair-device.ts';
import { seededRandom } from '../support/random.ts';
import { startTestServer } from '../support/server.ts';
import { IS_FULL, isStoreGone } from '../support/world.ts';

const TICKETS_A_KILL = 10;
const KILLS = IS_FULL ? 100 : 3;
const CLAIM_KILLS = IS_FULL ? 50 : 2;
const APART = IS_FULL ? 500 : 10;
const LOCAL_STORAGE_MS = 10_000;
const TIMEOUT_MS = IS_FULL ? 3_600_000 : 300_000;

/** A gate's own tablet, on a profile on disk, before the real server. */
async function createGate(name: string, tickets: number) {
  const random = seededRandom(name);
  let launches = 0;
  const server = await startTestServer();
  const profile = createProfile();
  const eventId = await makeRunningEvent(server);
  const batch = await mintBatch({ eventId, count: tickets, chunkSize: 500 });
  await storeBatch(server, eventId, batch);
  const gateId = await addGate(server, eventId, { name: 'North door', types: null });
  const cookies = [
    await pairDevice(server, { eventId, gateId }, '1'),
    await pairDevice(server, { eventId, gateId }, '2'),
  ];
  const messageOf = signedMessageWriter(batch.id, 0);
  return {
    random,
    server,
    /** @returns the browser, and whether it has thrown away all that was stored; false at the first launch. */
    async launch(): Promise<{ browser: RealBrowser; isGone: boolean }> {
      const browser = await profile.launch();
      const page = await browser.context.newPage();
      await page.goto(`${server.url}/healthz`);
      const isGone = (await isStoreGone(page)) && launches > 0;
      launches++;
      await page.close();
      return { browser, isGone };
    },
    /** Opens the gate. @param isCut nothing is heard of the server */
    async open(browser: Pick<RealBrowser, 'context'>, { isCut = false, device = 0 } = {}): Promise<Page> {
      const [cookie = '', value = ''] = (cookies[device] ?? '').split('=');
      await browser.context.addCookies([{ name: cookie, value, url: server.url }]);
      const page = await browser.context.newPage();
      if (isCut) await page.route(/\/(api|healthz)/, (route) => route.abort());
      await page.goto(`${server.url}/gate`);
      await page.getByText('Ready. Scan a ticket.').waitFor({ timeout: 60_000 });
      return page;
    },
    tokenOf: async (serial: number) =>
      encodeToken({ batchId: batch.id, serial, typeIndex: 0 }, await batch.signer.signAll([messageOf(serial)])),
    scans: async () => {
      const scans: RecordedScan[] = [];
      for (;;) {
        const after = scans.at(-1)?.seq ?? 0;
        const more = (await callApi(server, 'GET', `/events/${eventId}/scans?after=${after}`)) as RecordedScan[];
        if (more.length === 0) return scans;
        scans.push(...more);
      }
    },
    conflicts: async () =>
      ((await callApi(server, 'GET', `/events/${eventId}/scan-conflicts`)) as { total: number }).total,
    async close() {
      await profile.remove();
      await server.close();
    },
  };
}
type Gate = Awaited<ReturnType<typeof createGate>>;

function gateTest(title: string, tickets: number, use: (gate: Gate) => Promise<void>): void {
  test(title, { timeout: TIMEOUT_MS }, async () => {
    const gate = await createGate(title, tickets);
    try {
      await use(gate);
    } finally {
      await gate.close();
    }
  });
}

/** Shows a ticket, and waits for its verdict. @returns whether it was let in */
async function isLetIn(page: Page, gate: Gate, serial: number): Promise<boolean> {
  await show(page, await gate.tokenOf(serial));
  const verdict = page.getByRole('region', { name: 'Verdict' }).getByRole('alert');
  await verdict.getByText(`No. ${serial.toLocaleString('en')}`, { exact: false }).waitFor({ timeout: 60_000 });
  return (await verdict.innerText()).startsWith('Let in');
}

const isSettled = (page: Page) =>
  expect
    .poll(() => page.getByTestId('gate-status').innerText(), { timeout: 60_000 })
    .toMatch(/^Online · Synced (?!.*to send)/);

gateTest(
  `lets nobody in twice when it is killed between scans (T5, ${KILLS * TICKETS_A_KILL} tickets, ${KILLS} kills)`,
  KILLS * TICKETS_A_KILL,
  async (gate) => {
    const inside = new Set<number>();
    let wipes = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const { browser, isGone } = await gate.launch();
      if (isGone) wipes++;
      // A device that knows nothing any more asks the server first.
      const page = await gate.open(browser, { isCut: kill % 2 === 1 && !isGone });
      // Chromium writes localStorage, and with it which gate this is, some seconds late.
      if (kill === 0 || isGone) await sleep(LOCAL_STORAGE_MS);
      for (const serial of [...inside].slice(-2 * TICKETS_A_KILL))
        if (!isGone) expect(await isLetIn(page, gate, serial), `ticket ${serial} after kill ${kill}`).toBe(false);
      const first = kill * TICKETS_A_KILL + 1;
      const last = first + gate.random.between(0, TICKETS_A_KILL - 1);
      for (let serial = first; serial < last; serial++) {
        expect(await isLetIn(page, gate, serial)).toBe(true);
        inside.add(serial);
      }
      await show(page, await gate.tokenOf(last));
      await sleep(gate.random.between(0, 60));
      await browser.kill();
    }
    const page = await gate.open((await gate.launch()).browser);
    await isSettled(page);
    const scans = await gate.scans();
    const entries = Map.groupBy(scans, ({ serial }) => serial);
    expect([...entries.values()].filter(({ length }) => length > 1)).toEqual([]);
    expect(await gate.conflicts()).toBe(0);
    // What Chromium has thrown away with its store the server may never have heard of.
    if (wipes === 0) expect([...inside].filter((serial) => !entries.has(serial))).toEqual([]);
    expectFewWipes(wipes, KILLS);
  },
);

gateTest(
  `lets in whom the server had recorded when it was killed, and counts them once (${CLAIM_KILLS} kills)`,
  CLAIM_KILLS,
  async (gate) => {
    let wipes = 0;
    for (let serial = 1; serial <= CLAIM_KILLS; serial++) {
      const { browser } = await gate.launch();
      const page = await gate.open(browser);
      const recorded = Promise.withResolvers<void>();
      await page.route('**/scans/claim', async (route) => {
        await route.fetch();
        recorded.resolve();
      });
      await show(page, await gate.tokenOf(serial));
      await recorded.promise;
      await browser.kill();
      const { browser: again, isGone } = await gate.launch();
      if (isGone) wipes++;
      const next = await gate.open(again);
      await isSettled(next);
      const wasLetIn = await isLetIn(next, gate, serial);
      if (!isGone) expect(wasLetIn, `ticket ${serial}`).toBe(true);
      await isSettled(next);
      await again.kill();
    }
    expect((await gate.scans()).map(({ serial }) => serial)).toEqual(
      Array.from({ length: CLAIM_KILLS }, (_, index) => index + 1),
    );
    expect(await gate.conflicts()).toBe(0);
    expectFewWipes(wipes, 2 * CLAIM_KILLS);
  },
);

gateTest(`finds each double entry of two gates that were apart (T6, ${APART} tickets)`, APART, async (gate) => {
  const { browser } = (await gate.launch()).browser;
  const contexts = [await browser.newContext(), await browser.newContext()] as const;
  const pages = await Promise.all(contexts.map((context, device) => gate.open({ context }, { device })));
  await Promise.all(pages.map((page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)));
  for (const page of pages) await page.route(/\/(api|healthz)/, (route) => route.abort());
  for (let serial = 1; serial <= APART; serial++)
    for (const page of pages) expect(await isLetIn(page, gate, serial)).toBe(true);
  for (const page of gate.random.between(0, 1) === 0 ? pages : pages.toReversed()) {
    await page.unroute(/\/(api|healthz)/);
    await isSettled(page);
  }
  expect([(await gate.scans()).length, await gate.conflicts()]).toEqual([2 * APART, APART]);
});
