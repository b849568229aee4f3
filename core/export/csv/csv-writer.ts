import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { RecordWriter } from '../encode-records.ts';
import type { CellValue, Column, ExportRow } from '../format.ts';
import { isFormulaStart } from '../formula-start.ts';
import { recordFields } from '../record-fields.ts';
import { Utf8Buffer } from '../utf8-buffer.ts';
import type { CsvOptions } from './csv-options.ts';

const SPACE = 0x20;
const MUST_QUOTE = { ',': /[",\r\n]/, ';': /[";\r\n]/, '\t': /["\t\r\n]/ } as const satisfies Record<
  CsvOptions['delimiter'],
  RegExp
>;
/**
 * Gathers the records of one CSV file (RFC 4180).
 * Null and empty text are both written as nothing; a lone surrogate becomes U+FFFD; NUL is kept as it is.
 */
export class CsvWriter implements RecordWriter {
  readonly #buffer = new Utf8Buffer();
  readonly #numberTexts: readonly NumberText[];
  readonly #options: CsvOptions;
  readonly #mustQuote: RegExp;
  readonly #fieldsOf: (row: ExportRow) => string;

  constructor(columns: readonly Column[], options: CsvOptions, timeZone: string) {
    const { delimiter, lineEnd, bom } = options;
    this.#numberTexts = columns.map((column) => numberTextOf(column, timeZone));
    this.#options = options;
    this.#mustQuote = MUST_QUOTE[delimiter];
    this.#fieldsOf = recordFields(columns.length, (value, index) => {
      const field = this.#cell(value, index);
      return index === 0 ? field : delimiter + field;
    });
    const header = columns.map(({ title }) => this.#field(title)).join(delimiter);
    this.#buffer.add(`${bom ? '\ufeff' : ''}${header}${lineEnd}`);
  }

  get length(): number {
    return this.#buffer.length;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.take();
  }

  /** @throws {TicketmintError} `export-row-invalid` when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow): void {
    const { lineEnd } = this.#options;
    const record = this.#fieldsOf(row);
    // A record of one empty field would be an empty line, which readers skip.
    this.#buffer.add(record === '' ? `""${lineEnd}` : record + lineEnd);
  }

  #cell(value: CellValue, index: number): string {
    if (typeof value === 'string') return this.#field(value);
    if (typeof value === 'number') return (this.#numberTexts[index] as NumberText)(value);
    return '';
  }

  #field(text: string): string {
    if (text === '') return '';
    const first = text.charCodeAt(0);
    const guarded = this.#options.safety === 'spreadsheet' && isFormulaStart(first) ? `'${text}` : text;
    // Some readers trim fields that are not quoted.
    const isPlain = first !== SPACE && text.charCodeAt(text.length - 1) !== SPACE && !this.#mustQuote.test(guarded);
    return isPlain ? guarded : `"${guarded.replaceAll('"', '""')}"`;
  }
}
