import { type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvUnderTest } from '../suites/export/csv-under-test.ts';
import { testFormatContract } from '../suites/export/format-contract.ts';
import type { FormatHost } from './format-host.worker.ts';

describe('CSV in the page', () => {
  testFormatContract(csvUnderTest);
});

describe('CSV in a worker', () => {
  let worker: Worker;
  let host: Remote<FormatHost>;
  beforeAll(() => {
    worker = new Worker(new URL('./format-host.worker.ts', import.meta.url), { type: 'module' });
    host = wrap<FormatHost>(worker);
  });
  afterAll(() => worker.terminate());

  it('gives the same bytes as on every other host', async () => {
    expect((await host.runSample()).contentSha256).toBe(csvUnderTest.sampleSha256);
  });

  it('encodes 100,000 records within the memory of a page and a chunk', async () => {
    const { manifest, largestLead } = await host.runCounted(100_000);
    expect(manifest).toMatchObject({ records: 100_000, rejectedCount: 0, lastKey: 'batch/100000' });
    expect(largestLead).toBeLessThanOrEqual(3_000);
  });
});
