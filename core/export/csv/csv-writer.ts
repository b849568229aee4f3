import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { CellValue, Column, ExportRow } from '../format.ts';
import type { CsvOptions } from './csv-options.ts';

/** Most bytes of UTF-8 that one UTF-16 unit takes. */
const BYTES_PER_UNIT = 3;
const SPACE = 0x20;
const MUST_QUOTE = { ',': /[",\r\n]/, ';': /[";\r\n]/, '\t': /["\t\r\n]/ } as const satisfies Record<
  CsvOptions['delimiter'],
  RegExp
>;
/** By ASCII code: 1 for what a spreadsheet may take for the start of a formula (ASVS 1.2.10; OWASP adds CR and LF). */
const FORMULA_START = new Uint8Array(128);
for (const char of '=+-@\t\r\n\0') FORMULA_START[char.charCodeAt(0)] = 1;
/** Their full-width forms, which some spreadsheets take likewise (OWASP). */
const FULL_WIDTH_FORMULA_STARTS = new Set([0xff1d, 0xff0b, 0xff0d, 0xff20]);

/**
 * Gathers the records of one CSV file (RFC 4180). A record that cannot be written leaves no trace.
 * Null and empty text are both written as nothing; a lone surrogate becomes U+FFFD; NUL is kept as it is.
 *
 * Text grows by concatenation, and is searched and encoded as a whole: in V8 a loop over the characters is as fast for
 * strings in one piece, and three times slower from the moment that a slice or a concatenation comes by.
 */
export class CsvWriter {
  #text = '';
  #buffer = new Uint8Array(0);
  readonly #encoder = new TextEncoder();
  readonly #columns: readonly Column[];
  readonly #numberTexts: readonly NumberText[];
  readonly #options: CsvOptions;
  readonly #mustQuote: RegExp;
  /** By column: the last value and how it was written, since many columns repeat one value over many records. */
  readonly #lastValues: (CellValue | undefined)[];
  readonly #lastFields: string[];

  constructor(columns: readonly Column[], options: CsvOptions, timeZone: string) {
    this.#columns = columns;
    this.#numberTexts = columns.map((column) => numberTextOf(column, timeZone));
    this.#options = options;
    this.#mustQuote = MUST_QUOTE[options.delimiter];
    this.#lastValues = columns.map(() => undefined);
    this.#lastFields = columns.map(() => '');
    if (options.bom) this.#text = '\ufeff';
    this.#text += this.#line(columns.map(({ title }) => this.#field(title)));
  }

  /** UTF-16 units gathered and not taken yet. */
  get length(): number {
    return this.#text.length;
  }

  /** What was gathered since the last call, in UTF-8; the caller owns it. */
  take(): Uint8Array<ArrayBuffer> {
    const mostBytes = BYTES_PER_UNIT * this.#text.length;
    if (this.#buffer.length < mostBytes) this.#buffer = new Uint8Array(mostBytes);
    const { written } = this.#encoder.encodeInto(this.#text, this.#buffer);
    this.#text = '';
    return this.#buffer.slice(0, written);
  }

  /** @throws {TicketmintError} `export-row-invalid` when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow): void {
    const { delimiter, lineEnd } = this.#options;
    const count = this.#columns.length;
    let record = '';
    for (let index = 0; index < count; index++) {
      const value = row[index];
      if (value !== this.#lastValues[index]) {
        this.#lastFields[index] = this.#cell(value, index);
        this.#lastValues[index] = value;
      }
      record += index === 0 ? this.#lastFields[index] : delimiter + this.#lastFields[index];
    }
    // A record of one empty field would be an empty line, which readers skip.
    this.#text += record === '' ? `""${lineEnd}` : record + lineEnd;
  }

  #line(fields: readonly string[]): string {
    return fields.join(this.#options.delimiter) + this.#options.lineEnd;
  }

  #cell(value: CellValue | undefined, index: number): string {
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

function isFormulaStart(code: number): boolean {
  return code < 0x80 ? FORMULA_START[code] === 1 : FULL_WIDTH_FORMULA_STARTS.has(code);
}
