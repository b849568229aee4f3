import { type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFormatContract } from '../suites/export/format-contract.ts';
import { FORMAT_IDS_UNDER_TEST, FORMATS_UNDER_TEST } from '../suites/export/formats-under-test.ts';
import type { FormatHost } from './format-host.worker.ts';

describe.each(FORMAT_IDS_UNDER_TEST)('%s in the page', (id) => {
  testFormatContract(FORMATS_UNDER_TEST[id]);
});

describe.each(FORMAT_IDS_UNDER_TEST)('%s in a worker', (id) => {
  let worker: Worker;
  let host: Remote<FormatHost>;
  beforeAll(() => {
    worker = new Worker(new URL('./format-host.worker.ts', import.meta.url), { type: 'module' });
    host = wrap<FormatHost>(worker);
  });
  afterAll(() => worker.terminate());

  it('gives the same bytes as on every other host', async () => {
    expect((await host.runSample(id)).contentSha256).toBe(FORMATS_UNDER_TEST[id].sampleSha256);
  });

  it('encodes 100,000 records within the memory of a page and a chunk', async () => {
    const { manifest, largestLead } = await host.runCounted(id, 100_000);
    expect(manifest).toMatchObject({ records: 100_000, rejectedCount: 0, lastKey: 'batch/100000' });
    expect(largestLead).toBeLessThanOrEqual(3_000);
  });
});
