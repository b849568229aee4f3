import type { TextShaper } from '../../fonts/text-shaper.ts';
import { SvgPages } from '../../pdf/svg-pages.ts';
import type { RecordSource } from '../format.ts';
import type { PreviewContext, ReportPreview } from '../page-preview.ts';
import { Report } from './report.ts';
import type { ReportPdfOptions } from './report-pdf-options.ts';

/** A second or so of work. */
const MOST_EXAMINED = 100_000;
/** Listed by name; all are counted. */
const LISTED_CHARACTERS = 20;

/**
 * Draws the first page of a report's summary, and that of its table, by the report itself. Reads at most 100,000 records
 * and counts those; holds the two pages and the counts.
 * @throws what the records throw, or the signal's reason.
 */
export async function previewReport(
  records: RecordSource,
  options: ReportPdfOptions,
  context: PreviewContext,
): Promise<ReportPreview> {
  const { signal } = context;
  const pages = new SvgPages();
  const missing = new Set<string>();
  let invalid = 0;
  let isWhole = true;
  const onTexts = (texts: readonly string[], shaper: TextShaper) => {
    for (const text of texts) for (const character of shaper.missingCharacters(text)) missing.add(character);
  };
  const reading = { ...context, reject: () => void invalid++ };
  const report = await Report.begin(pages, records.columns, options, reading, { tablePages: 1, onTexts });
  for await (const page of records.pages(signal)) {
    signal.throwIfAborted();
    isWhole = report.added + invalid < MOST_EXAMINED;
    if (!isWhole) break;
    await report.add(page);
  }
  const { pageCount } = await report.end(isWhole);
  signal.throwIfAborted();
  return {
    kind: 'report',
    pages: pages.shownPages(),
    pageCount,
    examined: report.added,
    isWhole,
    invalid,
    missing: [...missing].slice(0, LISTED_CHARACTERS),
  };
}
