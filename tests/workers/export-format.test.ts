import { type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_IDS } from '../../core/export/registry.ts';
import { requestAssets } from '../../workers/export/assets.ts';
import { testFormatContract } from '../suites/export/format-contract.ts';
import { formatsUnderTest } from '../suites/export/formats-under-test.ts';
import type { FormatHost } from './format-host.worker.ts';

const formats = formatsUnderTest(requestAssets({}));

describe.each(FORMAT_IDS)('%s in the page', (id) => {
  testFormatContract(formats[id]);
});

describe.each(FORMAT_IDS)('%s in a worker', (id) => {
  let worker: Worker;
  let host: Remote<FormatHost>;
  beforeAll(() => {
    worker = new Worker(new URL('./format-host.worker.ts', import.meta.url), { type: 'module' });
    host = wrap<FormatHost>(worker);
  });
  afterAll(() => worker.terminate());

  it('has the same content as on every other host', async () => {
    expect((await host.runSample(id)).contentSha256).toBe(formats[id].sampleSha256);
  });

  it('encodes 100,000 records, never more than three pages ahead', async () => {
    const { manifest, largestLead } = await host.runCounted(id, 100_000);
    expect(manifest).toMatchObject({ records: 100_000, rejectedCount: 0, lastKey: 'batch/100000' });
    expect(largestLead).toBeLessThanOrEqual(3_000);
  });
});
