import { expose } from 'comlink';
import { csvUnderTest } from '../suites/export/csv-under-test.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf, run, sampleSource } from '../suites/export/format-contract.ts';

/** Runs CSV in a worker, as the app does. */
const api = {
  async runSample() {
    return run({ format: await csvUnderTest.prepare(), source: sampleSource() });
  },
  async runCounted(count: number) {
    const source = new ProbeSource(pagesOf(countedRows(count)), count);
    let largestLead = 0;
    const manifest = await run({
      format: await csvUnderTest.prepare(),
      source,
      sink: new MemorySink(false),
      onProgress: ({ records }) => {
        largestLead = Math.max(largestLead, 1_000 * source.pulledPages - records);
      },
    });
    return { manifest, largestLead };
  },
};
export type FormatHost = typeof api;

expose(api);
