import { type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestAssets } from '../../../workers/export/assets.ts';
import { testFormatContract } from '../../suites/export/format-contract.ts';
import { ticketsPdfUnderTest } from '../../suites/export/tickets-pdf-under-test.ts';
import type { TicketsPdfHost } from './host.worker.ts';

const underTest = ticketsPdfUnderTest(requestAssets({}));

describe('tickets PDF in the page', () => {
  testFormatContract(underTest);
});

describe('tickets PDF in a worker', () => {
  let worker: Worker;
  let host: Remote<TicketsPdfHost>;
  beforeAll(() => {
    worker = new Worker(new URL('./host.worker.ts', import.meta.url), { type: 'module' });
    host = wrap<TicketsPdfHost>(worker);
  });
  afterAll(() => worker.terminate());

  it('has the same content as on every other host', async () => {
    expect((await host.runSample()).contentSha256).toBe(underTest.sampleSha256);
  });

  it('encodes 100,000 records within the memory of a page and a sheet', async () => {
    const { manifest, largestLead } = await host.runCounted(100_000);
    expect(manifest).toMatchObject({ records: 100_000, rejectedCount: 0, lastKey: 'batch/100000' });
    expect(largestLead).toBeLessThanOrEqual(3_000);
  });
});
