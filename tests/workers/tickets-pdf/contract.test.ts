import { type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestAssets } from '../../../workers/export/assets.ts';
import { testFormatContract } from '../../suites/export/format-contract.ts';
import { reportPdfUnderTest } from '../../suites/export/report-pdf-under-test.ts';
import { ticketsPdfUnderTest } from '../../suites/export/tickets-pdf-under-test.ts';
import type { PdfHost } from './host.worker.ts';

const assets = requestAssets({});
const FORMATS = { tickets: ticketsPdfUnderTest(assets), report: reportPdfUnderTest(assets) } as const;
const NAMES = ['tickets', 'report'] as const;

describe.each(NAMES)('%s PDF in the page', (name) => {
  testFormatContract(FORMATS[name]);
});

describe.each(NAMES)('%s PDF in a worker', (name) => {
  let worker: Worker;
  let host: Remote<PdfHost>;
  beforeAll(() => {
    worker = new Worker(new URL('./host.worker.ts', import.meta.url), { type: 'module' });
    host = wrap<PdfHost>(worker);
  });
  afterAll(() => worker.terminate());

  it('has the same content as on every other host', async () => {
    expect((await host.runSample(name)).contentSha256).toBe(FORMATS[name].sampleSha256);
  });

  it('encodes 100,000 records within the memory of a page and a sheet', async () => {
    const { manifest, largestLead } = await host.runCounted(name, 100_000);
    expect(manifest).toMatchObject({ records: 100_000, rejectedCount: 0, lastKey: 'batch/100000' });
    expect(largestLead).toBeLessThanOrEqual(3_000);
  });
});
