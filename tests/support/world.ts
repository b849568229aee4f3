import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { RunEvent } from '../../core/mint/run-event.ts';
import type {} from '../faults/harness/main.ts';
import { makeEvent } from './api.ts';
import { createProfile, type Profile, type RealBrowser } from './browser.ts';
import { HARNESS_FOLDER } from './harness.ts';
import { type Observer, startObserver } from './observer.ts';
import { startProxy, type TestProxy } from './proxy.ts';
import { type Random, seededRandom } from './random.ts';
import { startTestServer, type TestServer } from './server.ts';
import { bufferedTickets, serverBatches, serverTickets } from './stored-tickets.ts';

/** The full counts instead of those for every change: `npm run test:full`. */
export const IS_FULL = (process.env.TICKETMINT_FULL ?? '') !== '';

/** Everything real, and everything breakable: browser ─ line with faults ─ observer with the ledger ─ server. */
export interface World {
  readonly server: TestServer;
  readonly observer: Observer;
  readonly proxy: TestProxy;
  readonly profile: Profile;
  readonly random: Random;
  /** Where the browser goes. */
  readonly origin: string;
  /** The server's SQLite file. */
  readonly databaseFile: string;
  readonly eventId: string;
  /** What the pages heard of runs, in the order it came. */
  readonly events: readonly RunEvent[];
  /** Starts the browser on the profile, signed in. */
  launch(): Promise<RealBrowser>;
  /** Opens the harness, and waits until it has taken up what was left unfinished. */
  open(browser: RealBrowser): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Whether the browser has thrown away all that the origin had stored, which Chromium does after some kills (decision 035).
 * A database of the test's own tells: no code of ours touches it.
 */
export function isStoreGone(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        let isNew = false;
        const opening = indexedDB.open('witness', 1);
        opening.onupgradeneeded = () => {
          isNew = true;
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve(isNew);
        };
        opening.onerror = () => reject(opening.error);
      }),
  );
}

export async function createWorld(name: string): Promise<World> {
  const random = seededRandom(name);
  const server = await startTestServer();
  const serverPort = Number(new URL(server.url).port);
  const observer = await startObserver({ serverPort: () => serverPort, pages: HARNESS_FOLDER });
  const proxy = await startProxy({ targetPort: () => observer.port, random });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const eventId = await makeEvent(server);
  const profile = createProfile();
  const events: RunEvent[] = [];
  return {
    server,
    observer,
    proxy,
    profile,
    random,
    origin,
    databaseFile: join(server.dataFolder, 'ticketmint.sqlite'),
    eventId,
    events,
    async launch() {
      const browser = await profile.launch();
      browser.context.setDefaultTimeout(60_000);
      // Set each time: a killed Chromium may not have written its cookies down.
      const cookies = (await server.cookie()).split('; ').map((cookie) => {
        const separator = cookie.indexOf('=');
        return { name: cookie.slice(0, separator), value: cookie.slice(separator + 1), url: origin };
      });
      await browser.context.addCookies(cookies);
      await browser.context.exposeFunction('reportRunEvent', (event: RunEvent) => events.push(event));
      return browser;
    },
    async open({ context }) {
      const page = await context.newPage();
      await page.goto(`${origin}/harness/index.html`);
      await page.waitForFunction(() => document.title === 'ready');
      return page;
    },
    async close() {
      await profile.remove();
      await proxy.close();
      await observer.close();
      await server.close();
    },
  };
}

/** Presses the mint button for `count` tickets of the first type. @returns the run's id. */
export function mint(page: Page, eventId: string, count: number, chunkSize = 500): Promise<string> {
  const batch = {
    typeIndex: 0,
    count,
    notBefore: null,
    notAfter: null,
    personalised: false,
    seatPattern: null,
    seatOffset: 0,
  };
  const plan = { eventId, title: `${count} × General`, chunkSize, batches: [batch] };
  return page.evaluate((chosen) => window.harness.startRun(chosen), plan);
}

/** Polls until something is so. @throws after `timeoutMs`, with what was waited for. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  { timeoutMs = 60_000, everyMs = 20 } = {},
): Promise<void> {
  for (const startedAt = Date.now(); !(await isSo()); await sleep(everyMs))
    if (Date.now() - startedAt > timeoutMs) throw new Error(`waited ${timeoutMs} ms for ${what}`);
}

/** Resolves once the server has stored this many tickets. */
export async function untilStored({ databaseFile }: World, tickets: number, timeoutMs = 120_000): Promise<void> {
  const stored = () => serverBatches(databaseFile).reduce((sum, batch) => sum + batch.stored, 0);
  await until(`${tickets} tickets on the server`, () => stored() >= tickets, { timeoutMs });
}

/** Whether a run says that it is done. */
export async function isDone(page: Page, runId: string): Promise<boolean> {
  return (await page.evaluate((id) => window.harness.run(id), runId))?.state === 'done';
}

/** Resolves once a run says that it is done. */
export async function untilDone(page: Page, runId: string, timeoutMs = 120_000): Promise<void> {
  await until('the run to be done', () => isDone(page, runId), { timeoutMs, everyMs: 50 });
}

/** What the server holds, or holds of these batches, judged by what was promised. */
export function judgeServer({ databaseFile, observer }: World, batchIds?: readonly string[]) {
  const present = serverTickets(databaseFile, batchIds).map(({ id }) => id);
  return observer.ledger.judge(present, batchIds);
}

/**
 * Presses what the app offers once the server tells what this device has lost, until so many tickets are there: nothing
 * acknowledged is minted again.
 */
export async function mintWhatIsMissing(world: World, page: Page, tickets: number): Promise<void> {
  for (const runId of await page.evaluate((eventId) => window.harness.remintLost(eventId), world.eventId))
    await untilDone(page, runId);
  const { present } = judgeServer(world);
  // Of a batch without one acknowledged ticket the server does not know whether it came from a list.
  if (present < tickets) await untilDone(page, await mint(page, world.eventId, tickets - present));
}

/** The batches of a run. */
export async function batchesOf(page: Page, runId: string): Promise<string[]> {
  return (await page.evaluate((id) => window.harness.batches(id), runId)).map(({ id }) => id);
}

/** What server and browser hold together of some batches, each ticket once, for judging what the browser had promised. */
export async function ticketsAnywhere(
  { databaseFile }: World,
  page: Page,
  batchIds: readonly string[],
): Promise<Set<string>> {
  const here = await bufferedTickets(page, batchIds);
  return new Set([...serverTickets(databaseFile, batchIds), ...here].map(({ id }) => id));
}
