import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../harness/chromium.ts';
import { type Contender, compare, medianOf } from '../harness/compare.ts';
import { buildApp } from '../harness/page-server.ts';
import { PlainBrowser } from '../harness/plain-browser.ts';
import { openEvent, startServer } from '../harness/server-process.ts';
import { startUsageWatch } from '../harness/usage.ts';
import type { SuiteContext } from './suite.ts';

const PROFILES = fileURLToPath(new URL('../../.cache/bench/profiles/', import.meta.url));
const STARTS = 5;
/** The target's: a phone of the middle class beside a desktop. */
const SLOWER = 4;
const MOST_FIRST_SCREEN_MS = 3_000;

/** `gone`: nothing listens; `silent`: the connection stands, and no answer ever comes, as in a hall whose line is dead. */
type Absence = 'gone' | 'silent';

/** Cold starts of the installed application without its server (B11). */
export async function appSuite({ report }: SuiteContext): Promise<void> {
  const app = await buildApp();
  for (const absence of ['gone', 'silent'] as const)
    report(
      await compare({
        suite: 'app',
        name: `cold start, the server is ${absence}, CPU ÷ ${SLOWER}`,
        rows: 1,
        pairs: STARTS,
        ours: coldStart(app, absence),
        peers: [],
        targets: (ours) => [
          {
            what: 'first screen',
            unit: ' ms',
            actual: medianOf(ours, ({ figures }) => figures?.firstScreenMs ?? Number.NaN),
            bound: { atMost: MOST_FIRST_SCREEN_MS },
          },
        ],
      }),
    );
}

/** A visit that installs it, then a new browser on the same profile: nothing of it is in memory, all of it on the disk. */
function coldStart(app: string, absence: Absence): Contender {
  return {
    name: 'ticketmint',
    async measure() {
      mkdirSync(PROFILES, { recursive: true });
      const profile = mkdtempSync(join(PROFILES, 'app-'));
      const server = await startServer('ours', app);
      try {
        const { cookies, eventId } = await openEvent(server);
        await withBrowser(profile, async (browser) => {
          await browser.setCookies(cookies);
          await browser.open(`${server.origin}/`);
          await browser.waitFor(isInstalled(eventId));
        });
        process.kill(server.pid, absence === 'gone' ? 'SIGKILL' : 'SIGSTOP');
        return await withBrowser(profile, (browser) => start(browser, profile, server.origin));
      } finally {
        await server.close();
        rmSync(profile, { recursive: true, force: true });
      }
    },
  };
}

async function withBrowser<Result>(profile: string, use: (browser: PlainBrowser) => Promise<Result>): Promise<Result> {
  const browser = await PlainBrowser.launch(profile);
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** From the navigation, the service worker's own start included, to the list of events on the screen. */
async function start(browser: PlainBrowser, profile: string, origin: string): Promise<Sample> {
  await browser.throttleCpu(SLOWER);
  await browser.runFirst(NOTE_FIRST_SCREEN);
  const stopWatch = startUsageWatch(profile);
  await browser.open(`${origin}/`);
  await browser.waitFor("'firstScreenMs' in globalThis");
  const usage = stopWatch();
  const firstScreenMs = await browser.evaluate<number>('firstScreenMs');
  const firstPaintMs = await browser.evaluate<number>(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN",
  );
  return { seconds: firstScreenMs / 1_000, bytes: 0, figures: { firstScreenMs, firstPaintMs }, usage };
}

/** Notes the first frame that comes after the event's name is there. */
const NOTE_FIRST_SCREEN = `
  new MutationObserver((_, observer) => {
    if (document.querySelector('main a[href^="/events/"]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame((at) => { globalThis.firstScreenMs = at; }));
  }).observe(document, { childList: true, subtree: true });
`;

/** All of the application is kept, and what opening the event takes. */
function isInstalled(eventId: string): string {
  return `(async () => {
    const isThere = (await indexedDB.databases()).some(({ name }) => name === 'ticketmint');
    if (navigator.serviceWorker.controller === null || !isThere) return false;
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('ticketmint');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    try {
      if (!database.objectStoreNames.contains('settings')) return false;
      const counting = database.transaction('settings').objectStore('settings').count('answer events/${eventId}/types');
      await new Promise((resolve) => { counting.onsuccess = resolve; });
      return counting.result === 1;
    } finally {
      database.close();
    }
  })()`;
}
