import type { RecordWriter } from '../encode-records.ts';
import type { Column, ExportRow } from '../format.ts';
import { recordFields } from '../record-fields.ts';
import { Utf8Buffer } from '../utf8-buffer.ts';
import { CsvFields } from './csv-field.ts';
import type { CsvOptions } from './csv-options.ts';

/**
 * Gathers the records of one CSV file (RFC 4180).
 * Null and empty text are both written as nothing; a lone surrogate becomes U+FFFD; NUL is kept as it is.
 */
export class CsvWriter implements RecordWriter {
  readonly #buffer = new Utf8Buffer();
  readonly #lineEnd: string;
  readonly #fieldsOf: (row: ExportRow) => string;

  constructor(columns: readonly Column[], options: CsvOptions, timeZone: string) {
    const { delimiter, lineEnd } = options;
    const fields = new CsvFields(columns, options, timeZone);
    this.#lineEnd = lineEnd;
    this.#fieldsOf = recordFields(columns.length, (value, index) => {
      const field = fields.cell(value, index);
      return index === 0 ? field : delimiter + field;
    });
    this.#buffer.add(csvHeader(columns, fields, options));
  }

  get length(): number {
    return this.#buffer.length;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.take();
  }

  /** @throws {RecordError} when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow): void {
    const record = this.#fieldsOf(row);
    // A record of one empty field would be an empty line, which readers skip.
    this.#buffer.add(record === '' ? `""${this.#lineEnd}` : record + this.#lineEnd);
  }
}

/** The first line, with the byte order mark where one is wanted. */
export function csvHeader(columns: readonly Column[], fields: CsvFields, options: CsvOptions): string {
  const { bom, delimiter, lineEnd } = options;
  return `${bom ? '\ufeff' : ''}${columns.map(({ title }) => fields.text(title)).join(delimiter)}${lineEnd}`;
}
