import { PdfDocument } from '../../pdf/document.ts';
import type { ExportContext, ExportFormat, RecordSource } from '../format.ts';
import { Sha256 } from '../sha256.ts';
import { Report } from './report.ts';
import { type ReportPdfOptions, reportPdfOptionsSchema } from './report-pdf-options.ts';

/** Bytes that are gathered before they are handed on. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A report of the event's tickets for people, as PDF 1.7: a summary with charts and tables; on request a table of all
 * records behind it. Holds the counts, one page of records, and a few numbers a page. See `docs/formats.md`.
 */
export const reportPdfFormat: ExportFormat<ReportPdfOptions> = {
  id: 'report-pdf',
  mimeType: 'application/pdf',
  extension: 'pdf',
  options: reportPdfOptionsSchema,
  encode: encodeReportPdf,
};

async function* encodeReportPdf(
  records: RecordSource,
  options: ReportPdfOptions,
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = new Sha256();
  const document = new PdfDocument((bytes) => hash.update(bytes));
  const report = await Report.begin(document, records.columns, options, context);
  let reported = 0;
  for await (const page of records.pages(context.signal)) {
    await report.add(page);
    if (document.gathered >= CHUNK_BYTES) yield document.take();
    if (report.added - reported >= options.progressEvery) {
      reported = report.added;
      context.progress(report.added);
    }
  }
  context.progress(report.added);
  const { title } = await report.end();
  await document.end({ title, createdAt: context.now, id: idOf(title, context) });
  context.contentSha256?.(hash.digest());
  yield document.take();
}

function idOf(title: string, { now }: ExportContext): string {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(`report-pdf\n${title}\n${now.getTime()}`));
  return hash.digest().slice(0, 32).toUpperCase();
}
