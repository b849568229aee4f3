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
import { reportPdfUnderTest } from '../../suites/export/report-pdf-under-test.ts';
import { ticketsPdfUnderTest } from '../../suites/export/tickets-pdf-under-test.ts';

const FORMATS = { tickets: ticketsPdfUnderTest(requestAssets({})), report: reportPdfUnderTest(requestAssets({})) };
export type PdfName = keyof typeof FORMATS;

/** Runs a format in a worker, as the app does. */
const api = {
  async runSample(name: PdfName) {
    return run({ format: await FORMATS[name].prepare(), source: sampleSource() });
  },
  async runCounted(name: PdfName, count: number) {
    const source = new ProbeSource(pagesOf(countedRows(count)), count);
    let largestLead = 0;
    const manifest = await run({
      format: await FORMATS[name].prepare(),
      source,
      sink: new MemorySink(false),
      onProgress: ({ records }) => {
        largestLead = Math.max(largestLead, 1_000 * source.pulledPages - records);
      },
    });
    return { manifest, largestLead };
  },
};
export type PdfHost = typeof api;

expose(api);
