import type { ExportContext, ExportFormat, RecordPage, RecordSource } from '../format.ts';
import { rejectionReason } from '../rejection.ts';
import { type CsvOptions, csvOptionsSchema } from './csv-options.ts';
import { CsvWriter } from './csv-writer.ts';

/**
 * Characters from which gathered records are handed on: 32 KiB of plain ASCII, up to three times that of other scripts.
 * Twice as many make strings that V8 keeps apart from its young heap, which costs a fifth more time.
 */
const CHUNK_LENGTH = 32 * 1024;

/**
 * CSV (RFC 4180) in UTF-8: a header, then a record a ticket. Holds one page of records and one chunk of bytes in memory.
 * See `docs/formats.md` for what is guarded, quoted and replaced.
 */
export const csvFormat: ExportFormat<CsvOptions> = {
  id: 'csv',
  mimeType: 'text/csv;charset=utf-8',
  extension: 'csv',
  options: csvOptionsSchema,
  encode: encodeCsv,
};

async function* encodeCsv(
  records: RecordSource,
  options: CsvOptions,
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new CsvWriter(records.columns, options, context.timeZone);
  let encoded = 0;
  let reported = 0;
  for await (const page of records.pages(context.signal)) {
    for (let index = 0; index < page.rows.length; index++) {
      if (writeRecord(writer, page, index, context)) encoded++;
      if (writer.length >= CHUNK_LENGTH) yield writer.take();
    }
    if (encoded - reported >= options.progressEvery) {
      reported = encoded;
      context.progress(encoded);
    }
  }
  context.progress(encoded);
  if (writer.length > 0) yield writer.take();
}

function writeRecord(writer: CsvWriter, page: RecordPage, index: number, context: ExportContext): boolean {
  try {
    writer.writeRecord(page.rows[index] ?? []);
    return true;
  } catch (error) {
    context.reject(page.keys[index] ?? '', rejectionReason(error));
    return false;
  }
}
