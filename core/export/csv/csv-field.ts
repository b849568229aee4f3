import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { CellValue, Column } from '../format.ts';
import { isFormulaStart } from '../formula-start.ts';
import type { CsvOptions } from './csv-options.ts';

const SPACE = 0x20;
const MUST_QUOTE = { ',': /[",\r\n]/, ';': /[";\r\n]/, '\t': /["\t\r\n]/ } as const satisfies Record<
  CsvOptions['delimiter'],
  RegExp
>;

/** Writes the fields of a CSV file. Null and empty text are both written as nothing. */
export class CsvFields {
  readonly #numberTexts: readonly NumberText[];
  readonly #mustQuote: RegExp;
  readonly #isGuarded: boolean;

  constructor(columns: readonly Column[], { delimiter, safety }: CsvOptions, timeZone: string) {
    this.#numberTexts = columns.map((column) => numberTextOf(column, timeZone));
    this.#mustQuote = MUST_QUOTE[delimiter];
    this.#isGuarded = safety === 'spreadsheet';
  }

  /** @throws {RecordError} for a number outside its column's range. */
  cell(value: CellValue, column: number): string {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return (this.#numberTexts[column] as NumberText)(value);
    return '';
  }

  text(text: string): string {
    if (text === '') return '';
    const first = text.charCodeAt(0);
    const guarded = this.#isGuarded && isFormulaStart(first) ? `'${text}` : text;
    // Some readers trim fields that are not quoted.
    const isPlain = first !== SPACE && text.charCodeAt(text.length - 1) !== SPACE && !this.#mustQuote.test(guarded);
    return isPlain ? guarded : `"${guarded.replaceAll('"', '""')}"`;
  }
}
