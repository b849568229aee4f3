import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import type { FileRequest } from '../../core/export/job.ts';
import { faultTest } from '../support/fault-test.ts';
import { watchRenderers } from '../support/renderer-memory.ts';
import { IS_FULL, until } from '../support/world.ts';

const TICKETS = IS_FULL ? 1_000_000 : 50_000;
const MAX_MIB = 256;
const FORMATS = ['json', 'csv', 'ndjson', 'xml', 'xlsx'] as const;
const TIMEOUT_MS = IS_FULL ? 900_000 : 60_000;

faultTest(
  `each format of ${TICKETS} tickets grows the renderer by at most ${MAX_MIB} MiB, and five at once are no slower (E4)`,
  async (world) => {
    const browser = await world.launch();
    const page = await world.open(browser);
    await page.evaluate((count) => window.harness.exports.seed(count), TICKETS);
    const peaks: Record<string, number> = {};
    let oneByOneMs = 0;
    for (const formatId of FORMATS) {
      const peakMib = await watchRenderers(browser.browser);
      const startedAt = Date.now();
      await untilCompleted(page, [await start(page, formatId)]);
      oneByOneMs += Date.now() - startedAt;
      peaks[formatId] = Math.round(peakMib());
      await forgetAll(page);
    }
    const startedAt = Date.now();
    await untilCompleted(page, await Promise.all(FORMATS.map((formatId) => start(page, formatId))));
    const speed = oneByOneMs / (Date.now() - startedAt);
    console.info(`MiB: ${JSON.stringify(peaks)}; five at once: ${speed.toFixed(2)} × one after another`);
    for (const formatId of FORMATS) expect(peaks[formatId], formatId).toBeLessThanOrEqual(MAX_MIB);
    expect(speed).toBeGreaterThanOrEqual(0.8);
  },
);

function start(page: Page, formatId: FileRequest['formatId']): Promise<string> {
  const file = { formatId, options: {}, fileName: `tickets.${formatId}` };
  const input = [TICKETS, file] as const;
  return page.evaluate(([count, what]) => window.harness.exports.start(count, what, 'folder'), input);
}

async function untilCompleted(page: Page, ids: readonly string[]): Promise<void> {
  const isCompleted = async () => {
    const records = await page.evaluate(() => window.harness.exports.records());
    const mine = records.filter(({ id }) => ids.includes(id));
    for (const { state, failure } of mine)
      if (state === 'failed') throw new Error(`an export failed: ${JSON.stringify(failure)}`);
    return mine.length === ids.length && mine.every(({ state }) => state === 'completed');
  };
  await until('the exports to be completed', isCompleted, { timeoutMs: TIMEOUT_MS, everyMs: 50 });
}

async function forgetAll(page: Page): Promise<void> {
  const records = await page.evaluate(() => window.harness.exports.records());
  for (const { id } of records) await page.evaluate((exportId) => window.harness.exports.forget(exportId), id);
}
