import { expose } from 'comlink';
import { countedRows, MemorySink, ProbeSource, pagesOf, run, sampleSource } from '../suites/export/format-contract.ts';
import { FORMATS_UNDER_TEST, type FormatIdUnderTest } from '../suites/export/formats-under-test.ts';

/** Runs a format in a worker, as the app does. */
const api = {
  async runSample(id: FormatIdUnderTest) {
    return run({ format: await FORMATS_UNDER_TEST[id].prepare(), source: sampleSource() });
  },
  async runCounted(id: FormatIdUnderTest, count: number) {
    const source = new ProbeSource(pagesOf(countedRows(count)), count);
    let largestLead = 0;
    const manifest = await run({
      format: await FORMATS_UNDER_TEST[id].prepare(),
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
