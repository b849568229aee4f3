import { expose } from 'comlink';
import type { FormatId } from '../../core/export/registry.ts';
import { requestAssets } from '../../workers/export/assets.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf, run, sampleSource } from '../suites/export/format-contract.ts';
import { formatsUnderTest } from '../suites/export/formats-under-test.ts';

const formats = formatsUnderTest(requestAssets({}));

/** Runs a format in a worker, as the app does. */
const api = {
  async runSample(id: FormatId) {
    return run({ format: await formats[id].prepare(), source: sampleSource() });
  },
  async runCounted(id: FormatId, count: number) {
    const source = new ProbeSource(pagesOf(countedRows(count)), count);
    let largestLead = 0;
    const manifest = await run({
      format: await formats[id].prepare(),
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
