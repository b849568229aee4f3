import { expose } from 'comlink';
import { requestAssets } from '../../../workers/export/assets.ts';
import {
  countedRows,
  MemorySink,
  ProbeSource,
  pagesOf,
  run,
  sampleSource,
} from '../../suites/export/format-contract.ts';
import { ticketsPdfUnderTest } from '../../suites/export/tickets-pdf-under-test.ts';

const underTest = ticketsPdfUnderTest(requestAssets({}));

/** Runs the format in a worker, as the app does. */
const api = {
  async runSample() {
    return run({ format: await underTest.prepare(), source: sampleSource() });
  },
  async runCounted(count: number) {
    const source = new ProbeSource(pagesOf(countedRows(count)), count);
    let largestLead = 0;
    const manifest = await run({
      format: await underTest.prepare(),
      source,
      sink: new MemorySink(false),
      onProgress: ({ records }) => {
        largestLead = Math.max(largestLead, 1_000 * source.pulledPages - records);
      },
    });
    return { manifest, largestLead };
  },
};
export type TicketsPdfHost = typeof api;

expose(api);
