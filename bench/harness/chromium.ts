import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cookie, PlainBrowser } from './plain-browser.ts';
import type { ScenarioOptions, Timed } from './scenario.ts';
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
  /** By what factor the page's processor is slowed down while it is measured. */
  readonly slower?: number;
  /** Of the sign-in, in the measured visit. */
  readonly cookies?: readonly Cookie[];
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
    if (fill !== undefined) await visit(profile, (browser) => preparePage(browser, given.origin, fill, options));
    return await visit(profile, (browser) => measureIn(browser, profile, given));
  } catch (error) {
    throw new Error(`${scenario} at ${options.rows} rows failed`, { cause: error });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function visit<Result>(profile: string, use: (browser: PlainBrowser) => Promise<Result>): Promise<Result> {
  const browser = await PlainBrowser.launch(profile);
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

async function measureIn(browser: PlainBrowser, profile: string, given: MeasureOptions): Promise<Sample> {
  await browser.setCookies(given.cookies ?? []);
  await preparePage(browser, given.origin, given.scenario, given.options);
  await browser.collectGarbage();
  await browser.throttleCpu(given.slower ?? 1);
  const stopWatch = startUsageWatch(profile, given.serverPid);
  const timed = await browser.evaluate<Timed>('bench.run()');
  const usage = stopWatch();
  await browser.evaluate('bench.check()');
  return { ...timed, usage };
}

async function preparePage(
  browser: PlainBrowser,
  origin: string,
  scenario: string,
  options: ScenarioOptions,
): Promise<void> {
  await browser.open(`${origin}/`);
  await browser.waitFor("'bench' in globalThis");
  await browser.evaluate(`bench.prepare(${JSON.stringify(scenario)}, ${JSON.stringify(options)})`);
}
