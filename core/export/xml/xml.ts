import { encodeRecords } from '../encode-records.ts';
import type { ExportFormat } from '../format.ts';
import { type XmlOptions, xmlOptionsSchema } from './xml-options.ts';
import { XmlWriter } from './xml-writer.ts';

/**
 * XML 1.0 in UTF-8, without DOCTYPE, as `public/schemas/export-1.xsd` describes it: metadata, batches of tickets, and
 * the statistics, which are counted meanwhile and so come last. A ticket a line. Holds one page of records and one chunk
 * of bytes, and what {@link StatisticsCounter} counts.
 */
export const xmlFormat: ExportFormat<XmlOptions> = {
  id: 'xml',
  mimeType: 'application/xml',
  extension: 'xml',
  options: xmlOptionsSchema,
  encode(records, options, context) {
    return encodeRecords(records, new XmlWriter(records.columns, options, context), options, context);
  },
};
