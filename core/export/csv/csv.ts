import { encodeRecords } from '../encode-records.ts';
import type { ExportFormat } from '../format.ts';
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
    return encodeRecords(records, new CsvWriter(records.columns, options, context.timeZone), options, context);
  },
};
