import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { type Config, desktopConfig, type Flags } from 'lighthouse';
import puppeteer, { type Browser, type CookieParam } from 'puppeteer-core';
import { issueCertificate, keyHash, makeAuthority } from '../tests/support/certificates.ts';
import { type SeededEvents, seedEvents } from '../tests/support/seed-events.ts';
import { startTestServer } from '../tests/support/server.ts';
import { chromiumLaunchOptions, chromiumVersion, ensureChromium } from './browser.ts';

/**
 * Lighthouse over the built application and the real server: `node scripts/lighthouse.ts [--only WORD] [--runs N] [--why]`,
 * after a build. Each page is loaded cold, in a browser that has never been here, on a phone (Lighthouse's own: 4 × slower
 * processor, slow 4G) and on a desktop. Every category has to reach 95; of several runs the median counts.
 */

const WANTED = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const FORMS = { mobile: undefined, desktop: desktopConfig } satisfies Record<string, Config | undefined>;

interface Visit {
  readonly name: string;
  readonly path: string;
  readonly isSignedIn: boolean;
}

/** What one run gave, 0 to 100 each, and what cost points. */
interface Scores {
  readonly scores: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, string>>;
  readonly costs: readonly string[];
}

const { values: choice } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '3' },
    why: { type: 'boolean', default: false },
  },
});

function visitsOf({ eventId }: SeededEvents): readonly Visit[] {
  const event = `/events/${eventId}`;
  return [
    { name: 'sign-in', path: '/sign-in', isSignedIn: false },
    { name: 'mint', path: `${event}/tickets/mint`, isSignedIn: true },
    { name: 'batches', path: `${event}/tickets`, isSignedIn: true },
    { name: 'exports', path: `${event}/exports`, isSignedIn: true },
  ];
}

/** One cold load, in a context of its own that knows nothing but the session. */
async function measure(browser: Browser, site: Site, visit: Visit, config: Config | undefined) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    if (visit.isSignedIn) await page.setCookie(site.session);
    const flags: Flags = { onlyCategories: [...CATEGORIES], disableStorageReset: true, logLevel: 'error' };
    const result = await lighthouse(site.url + visit.path, flags, config, page);
    return result === undefined ? undefined : scoresOf(result.lhr, visit);
  } finally {
    await context.close();
  }
}

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

/** @returns undefined when the load was not recorded, as happens on a busy machine. */
function scoresOf({ categories, audits, runtimeError, environment, finalDisplayedUrl }: Report, { path }: Visit) {
  if (runtimeError !== undefined) return undefined;
  if (!finalDisplayedUrl.endsWith(path)) throw new Error(`expected ${path}, was led to ${finalDisplayedUrl}`);
  const scores = CATEGORIES.map((id) => [id, Math.round(100 * (categories[id]?.score ?? 0))] as const);
  const figures = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  const costs = CATEGORIES.flatMap((id) =>
    (categories[id]?.auditRefs ?? []).flatMap(({ id: audit, weight }) => {
      const { score, title, displayValue = '' } = audits[audit] ?? { score: null, title: audit };
      return weight > 0 && score !== null && score < 1 ? [`${id}: ${title} ${displayValue} (${score})`] : [];
    }),
  );
  return {
    scores: Object.fromEntries(scores),
    figures: {
      ...Object.fromEntries(figures.map((id) => [id, audits[id]?.displayValue ?? ''])),
      machine: String(environment.benchmarkIndex),
    },
    costs,
  };
}

function medianOf(runs: readonly Scores[], category: string): number {
  const sorted = runs.map(({ scores }) => scores[category] ?? 0).sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function measureAll(browser: Browser, site: Site): Promise<number> {
  const wanted = Number(choice.runs);
  let missed = 0;
  const table: Record<string, Record<string, string | number>> = {};
  for (const visit of visitsOf(site.events)) {
    if (choice.only !== undefined && !choice.only.split(',').includes(visit.name)) continue;
    for (const [form, config] of Object.entries(FORMS)) {
      const runs: Scores[] = [];
      for (let attempts = 0; runs.length < wanted; attempts++) {
        if (attempts > 5 * wanted) throw new Error(`Lighthouse could not record ${visit.name}`);
        const scores = await measure(browser, site, visit, config);
        if (scores !== undefined) runs.push(scores);
      }
      const medians = CATEGORIES.map((id) => [id, medianOf(runs, id)] as const);
      missed += medians.filter(([, score]) => score < WANTED).length;
      table[`${visit.name}, ${form}`] = { ...Object.fromEntries(medians), ...runs[0]?.figures };
      if (choice.why) for (const cost of runs[0]?.costs ?? []) console.log(`${visit.name}, ${form}: ${cost}`);
    }
  }
  console.table(table);
  console.log(missed === 0 ? `All reach ${WANTED}.` : `${missed} below ${WANTED}.`);
  return missed;
}

/** The application as tablets reach it: at https, over HTTP/2. */
interface Site {
  readonly url: string;
  readonly session: CookieParam;
  readonly events: SeededEvents;
  /** Of the key that the browser is to trust. */
  readonly keyHash: string;
  close(): Promise<void>;
}

/** Filled at plain http on this machine, then served again at https. */
async function openSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketmint-lighthouse-'));
  const certificate = issueCertificate(makeAuthority(folder), folder);
  const filled = await startTestServer();
  const events = await seedEvents(filled);
  const value = /ticketmint=([^;]*)/.exec(await filled.cookie())?.[1] ?? '';
  await filled.kill('SIGTERM');
  const { certFile, keyFile } = certificate;
  const server = await startTestServer({
    TICKETMINT_DATA: filled.dataFolder,
    TLS_CERT_FILE: certFile,
    TLS_KEY_FILE: keyFile,
  });
  return {
    url: server.url,
    session: { name: '__Host-ticketmint', value, url: server.url, path: '/', secure: true },
    events,
    keyHash: keyHash(certificate),
    async close() {
      await server.close();
      await filled.close();
      rmSync(folder, { recursive: true });
    },
  };
}

if (!existsSync('dist/index.html')) throw new Error('expected a built application: npx vite build');
const executablePath = ensureChromium();
console.log(`Node ${process.version}, ${chromiumVersion(executablePath)}`);
const site = await openSite();
const trust = `--ignore-certificate-errors-spki-list=${site.keyHash}`;
const browser = await puppeteer.launch({ executablePath, args: [...chromiumLaunchOptions().args, trust] });
try {
  process.exitCode = (await measureAll(browser, site)) === 0 ? 0 : 1;
} finally {
  await browser.close();
  await site.close();
}
