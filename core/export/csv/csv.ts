import { encodeRecords } from '../encode-records.ts';
import { recordFaultOf } from '../fault-error.ts';
import type { BytePage, Column, ExportContext, ExportFormat } from '../format.ts';
import { CsvByteWriter } from './csv-byte-writer.ts';
import { type CsvOptions, csvOptionsSchema } from './csv-options.ts';
import { CsvWriter } from './csv-writer.ts';

/**
 * CSV (RFC 4180) in UTF-8: a header, then a record a ticket. Holds one page of records and one chunk of bytes in memory.
 * See `docs/formats.md` for what is guarded, quoted and replaced.
 */
export const csvFormat: ExportFormat<CsvOptions> = {
  id: 'csv',
  mimeType: 'text/csv;charset=utf-8',
  extension: 'csv',
  options: csvOptionsSchema,
  encode(records, options, context) {
    const pages = records.bytePages?.(context.signal);
    if (pages !== undefined) return encodeBytePages(pages, records.columns, options, context);
    return encodeRecords(records, new CsvWriter(records.columns, options, context.timeZone), options, context);
  },
};

/** As {@link encodeRecords}, of byte pages. */
async function* encodeBytePages(
  pages: AsyncIterable<BytePage>,
  columns: readonly Column[],
  options: CsvOptions,
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new CsvByteWriter(columns, options, context.timeZone);
  let encoded = 0;
  let reported = 0;
  for await (const page of pages) {
    try {
      writer.open(page);
    } catch (error) {
      const fault = recordFaultOf(error);
      for (let index = 0; index < page.count; index++) context.reject(page.keyAt(index), fault);
      continue;
    }
    for (let index = 0; index < page.count; index++) {
      if (writer.isFull) yield writer.take();
      writer.writeRecord(index);
    }
    encoded += page.count;
    if (encoded - reported >= options.progressEvery) {
      reported = encoded;
      context.progress(encoded);
    }
  }
  context.progress(encoded);
  yield writer.take();
}
