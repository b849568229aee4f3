import { encodeRecords } from '../encode-records.ts';
import type { ExportFormat } from '../format.ts';
import { type JsonOptions, jsonOptionsSchema } from './json-options.ts';
import { JsonWriter } from './json-writer.ts';

/**
 * JSON (RFC 8259): one document with metadata, records and statistics, as `public/schemas/export-1.schema.json`
 * describes it. Written as a stream, so the statistics, which are counted meanwhile, come last. A record a line. Holds
 * one page of records and one chunk of bytes, and what {@link StatisticsCounter} counts.
 */
export const jsonFormat: ExportFormat<JsonOptions> = {
  id: 'json',
  mimeType: 'application/json',
  extension: 'json',
  options: jsonOptionsSchema,
  encode(records, options, context) {
    return encodeRecords(records, new JsonWriter(records.columns, options, context), options, context);
  },
};
