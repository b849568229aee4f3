import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import type { BenchPage, ScenarioOptions, Timed } from './scenario.ts';
import { startUsageWatch, type Usage } from './usage.ts';

const PROFILES = fileURLToPath(new URL('../../.cache/bench/profiles/', import.meta.url));

/** One repetition: what the page timed, and what the processes took. */
export interface Sample extends Timed {
  readonly usage: Usage;
}

export interface MeasureOptions {
  /** Where the bench page lies. */
  readonly origin: string;
  readonly scenario: string;
  readonly options: ScenarioOptions;
  /** A scenario that fills the profile in a visit of its own, so that nothing of it is in memory. */
  readonly fill?: string;
  /** Whose memory counts too. */
  readonly serverPid?: number;
  /** Before the page of the measured visit is opened: signing in, say. */
  readonly setUp?: (context: BrowserContext) => Promise<void>;
}

declare global {
  var bench: BenchPage;
}

/**
 * Runs one scenario once, in a browser of its own with a fresh profile on disk.
 * @throws when what came out is wrong.
 */
export async function measure(given: MeasureOptions): Promise<Sample> {
  const { scenario, options, fill } = given;
  mkdirSync(PROFILES, { recursive: true });
  const profile = mkdtempSync(join(PROFILES, `${scenario}-`));
  try {
    if (fill !== undefined) await visit(profile, (context) => preparedPage(context, given.origin, fill, options));
    return await visit(profile, (context) => measureIn(context, profile, given));
  } catch (error) {
    throw new Error(`${scenario} at ${options.rows} rows failed`, { cause: error });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function visit<Result>(profile: string, use: (context: BrowserContext) => Promise<Result>): Promise<Result> {
  const context = await chromium.launchPersistentContext(profile, chromiumLaunchOptions());
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}

async function measureIn(context: BrowserContext, profile: string, given: MeasureOptions): Promise<Sample> {
  await given.setUp?.(context);
  const page = await preparedPage(context, given.origin, given.scenario, given.options);
  const failure = firstPageError(page);
  await collectGarbage(page);
  const stopWatch = startUsageWatch(profile, given.serverPid);
  const timed = await Promise.race([page.evaluate(() => bench.run()), failure]);
  const usage = stopWatch();
  await page.evaluate(() => bench.check());
  return { ...timed, usage };
}

async function preparedPage(
  context: BrowserContext,
  origin: string,
  scenario: string,
  options: ScenarioOptions,
): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'bench' in globalThis);
  await page.evaluate(([name, given]) => bench.prepare(name, given), [scenario, options] as const);
  return page;
}

function firstPageError(page: Page): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  page.on('pageerror', reject);
  page.on('crash', () => reject(new Error('the page crashed')));
  // Raced only while a scenario runs; at other times nobody reads it.
  promise.catch(() => {});
  return promise;
}

/** So that the base holds no garbage of the preparation. */
async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}
