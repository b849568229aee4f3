import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { CellValue, Column, ExportRow } from '../format.ts';
import { recordFields } from '../record-fields.ts';
import { columnLetters, emptyCell, numberCell, textCell } from './cells.ts';
import { serialDateText } from './serial-date.ts';
import type { Styles } from './styles.ts';
import { Utf8Blocks } from './utf8-blocks.ts';
import { XML_DECLARATION } from './xml-text.ts';

const FEWEST_CHARACTERS = 8;
const MOST_CHARACTERS = 60;
/** Characters of `2026-11-22 18:00:00`. */
const INSTANT_CHARACTERS = 19;
/** The button of the filter, and some air. */
const HEADER_EXTRA = 4;

/** How one column's numbers are written. */
type NumberCell = (value: number) => string;

/** What stays the same in all data sheets of a workbook. */
export interface DataLayout {
  readonly columns: readonly Column[];
  /** In characters, by column. */
  readonly widths: readonly number[];
  readonly styles: Styles;
  readonly timeZone: string;
}

/** Widths that show the titles and the sample's values, within reason. */
export function columnWidths(columns: readonly Column[], sample: readonly ExportRow[]): number[] {
  return columns.map(({ title, type }, index) => {
    const values = type === 'instant' ? [] : sample.map((row) => String(readCell(row, index) ?? '').length);
    const least = type === 'instant' ? INSTANT_CHARACTERS : FEWEST_CHARACTERS;
    return Math.min(MOST_CHARACTERS, Math.max(least, title.length + HEADER_EXTRA, ...values)) + 1;
  });
}

/** A row that cannot be read is set aside when its turn comes. */
function readCell(row: ExportRow, index: number): CellValue | undefined {
  try {
    return row[index];
  } catch {
    return null;
  }
}

/**
 * Gathers one worksheet of records: a header that stays in view, filters, typed cells. Rows and their first cells have
 * references; the cells after it follow one another without.
 */
export class DataSheet {
  readonly #xml = new Utf8Blocks();
  readonly #layout: DataLayout;
  readonly #cellsOf: (row: ExportRow) => string;
  /** Rows so far, the header included. */
  rows = 1;

  /** @param isFirst whether it is in front when the workbook is opened. */
  constructor(layout: DataLayout, isFirst: boolean) {
    const { columns, styles, timeZone } = layout;
    this.#layout = layout;
    const numberCells = columns.map((column) => numberCellOf(column, styles, timeZone));
    this.#cellsOf = recordFields(columns.length, (value, index) => {
      const { id } = columns[index] as Column;
      const cell = cellOf(value, { column: id, numberCell: numberCells[index] as NumberCell, styles });
      return index === 0 ? cell : `<c${cell}`;
    });
    this.#xml.add(this.#head(isFirst));
  }

  /** Whether it is time to take a block. */
  get isFull(): boolean {
    return this.#xml.isFull;
  }

  /** What was gathered since the last call; good until a record is written after the next call. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#xml.take();
  }

  /** The cells of header and records, like `A1:K101`. */
  get range(): string {
    return `A1:${columnLetters(this.#layout.columns.length - 1)}${this.rows}`;
  }

  /** @throws {RecordError} when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow): void {
    const number = this.rows + 1;
    this.#xml.add(`<row r="${number}"><c r="A${number}"${this.#cellsOf(row)}</row>`);
    this.rows = number;
  }

  /** Writes what follows the last record. */
  end(): void {
    this.#xml.add(
      `</sheetData><autoFilter ref="${this.range}"/>` +
        // Codes and phones are text on purpose.
        `<ignoredErrors><ignoredError sqref="${this.range}" numberStoredAsText="1"/></ignoredErrors></worksheet>`,
    );
  }

  #head(isFirst: boolean): string {
    const { columns, widths, styles } = this.#layout;
    const cols = widths.map((width, index) => {
      const style = styleOf(columns[index] as Column, styles);
      return `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${style}" customWidth="1"/>`;
    });
    const titles = columns.map(
      ({ title }, index) => `<c r="${columnLetters(index)}1"${textCell(title, styles.header)}`,
    );
    return (
      `${XML_DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
      `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>' +
      `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols>` +
      `<sheetData><row r="1">${titles.join('')}</row>`
    );
  }
}

function styleOf(column: Column, styles: Styles): number {
  switch (column.type) {
    case 'text':
      return styles.text.plain;
    case 'integer':
      return styles.integer;
    case 'amount':
      return styles.amount(column);
    case 'instant':
      return styles.instant;
  }
}

function numberCellOf(column: Column, styles: Styles, timeZone: string): NumberCell {
  const style = styleOf(column, styles);
  const textOf: NumberText =
    column.type === 'instant' ? serialDateText(timeZone, column.id) : numberTextOf(column, timeZone);
  if (column.type === 'text') return (value) => textCell(textOf(value), styles.text, column.id);
  return (value) => numberCell(textOf(value), style);
}

interface CellLook {
  readonly column: string;
  readonly numberCell: NumberCell;
  readonly styles: Styles;
}

function cellOf(value: CellValue, { column, numberCell: cellOfNumber, styles }: CellLook): string {
  if (typeof value === 'number') return cellOfNumber(value);
  return value === null ? emptyCell(styles.text.plain) : textCell(value, styles.text, column);
}
