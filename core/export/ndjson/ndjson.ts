import { z } from 'zod';
import { encodeRecords, type RecordWriter } from '../encode-records.ts';
import type { ExportFormat, ExportRow } from '../format.ts';
import { jsonRecords, propertyNames } from '../json/json-record.ts';
import { textOptions } from '../text-options.ts';
import { Utf8Buffer } from '../utf8-buffer.ts';

const ndjsonOptionsSchema = z.object(textOptions);
type NdjsonOptions = z.infer<typeof ndjsonOptionsSchema>;

/**
 * NDJSON, also known as JSON Lines: a JSON object a line, for programs that read line by line. UTF-8, line end LF. The
 * records are those of JSON. Holds one page of records and one chunk of bytes.
 */
export const ndjsonFormat: ExportFormat<NdjsonOptions> = {
  id: 'ndjson',
  mimeType: 'application/x-ndjson',
  extension: 'ndjson',
  options: ndjsonOptionsSchema,
  encode(records, options, context) {
    const { columns } = records;
    const writer = new NdjsonWriter(jsonRecords(columns, propertyNames(columns, options.columns)));
    return encodeRecords(records, writer, options, context);
  },
};

class NdjsonWriter implements RecordWriter {
  readonly #buffer = new Utf8Buffer();
  readonly #recordOf: (row: ExportRow) => string;

  constructor(recordOf: (row: ExportRow) => string) {
    this.#recordOf = recordOf;
  }

  get length(): number {
    return this.#buffer.length;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.take();
  }

  writeRecord(row: ExportRow): void {
    this.#buffer.add(`${this.#recordOf(row)}\n`);
  }
}
