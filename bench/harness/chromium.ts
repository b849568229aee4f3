import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { type MemoryPeaks, startMemoryWatch } from './memory.ts';
import type { BenchPage, ScenarioOptions, Timed } from './scenario.ts';

const PROFILES = fileURLToPath(new URL('../../.cache/bench/profiles/', import.meta.url));

/** One repetition: what the page timed, and what the processes took. */
export interface Sample extends Timed {
  readonly memory: MemoryPeaks;
}

export interface MeasureOptions {
  /** Where the bench page lies. */
  readonly origin: string;
  readonly scenario: string;
  readonly options: ScenarioOptions;
  /** Whose memory counts too. */
  readonly serverPid?: number;
  /** Before the page is opened: signing in, say. */
  readonly setUp?: (context: BrowserContext) => Promise<void>;
}

declare global {
  var bench: BenchPage;
}

/**
 * Runs one scenario once, in a browser of its own with a fresh profile on disk.
 * @throws when what came out is wrong.
 */
export async function measure({ origin, scenario, options, serverPid, setUp }: MeasureOptions): Promise<Sample> {
  mkdirSync(PROFILES, { recursive: true });
  const profile = mkdtempSync(join(PROFILES, `${scenario}-`));
  const context = await chromium.launchPersistentContext(profile, chromiumLaunchOptions());
  try {
    await setUp?.(context);
    const page = context.pages()[0] ?? (await context.newPage());
    const failure = firstPageError(page);
    await page.goto(`${origin}/bench.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    await page.evaluate(([name, given]) => bench.prepare(name, given), [scenario, options] as const);
    await collectGarbage(page);
    const stopWatch = startMemoryWatch(profile, serverPid);
    const timed = await Promise.race([page.evaluate(() => bench.run()), failure]);
    const memory = stopWatch();
    await page.evaluate(() => bench.check());
    return { ...timed, memory };
  } catch (error) {
    throw new Error(`${scenario} at ${options.rows} rows failed`, { cause: error });
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
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
