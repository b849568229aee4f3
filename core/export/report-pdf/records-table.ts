import { recordFaultOf } from '../fault-error.ts';
import type { Column, ExportContext, ExportRow, RecordKind, RecordPage } from '../format.ts';
import { type PdfWords, pdfWords, printedTitle } from '../pdf-words/pdf-words.ts';
import { printedValue } from '../printed-value.ts';
import type { ReportPages } from './report-pages.ts';
import { drawHeading } from './summary.ts';
import { ReportTable, type TableColumn } from './tables.ts';

type ReadingContext = Pick<ExportContext, 'event' | 'locale' | 'reject' | 'timeZone'>;

export interface ReadRow {
  readonly row: ExportRow;
  readonly texts: readonly string[];
}

/** Reads records as text for people; what cannot be read is set aside. */
export class RowReader {
  readonly #texts: readonly ((value: string | number) => string)[];
  readonly #context: ReadingContext;

  constructor(columns: readonly Column[], context: ReadingContext) {
    const { values } = pdfWords(context.locale);
    this.#texts = columns.map((column) => {
      const text = printedValue(column, context);
      const words = values[column.id];
      return words === undefined ? text : (value) => words[String(value)] ?? text(value);
    });
    this.#context = context;
  }

  read({ keys, rows }: RecordPage): ReadRow[] {
    return rows.flatMap((row, index) => {
      try {
        return [{ row, texts: this.#texts.map((text, at) => textOf(row[at] ?? null, text)) }];
      } catch (error) {
        this.#context.reject(keys[index] ?? '', recordFaultOf(error));
        return [];
      }
    });
  }
}

function textOf(value: ExportRow[number], text: (value: string | number) => string): string {
  return value === null ? '' : text(value);
}

/** What is of use to readers, unless columns are chosen. */
const USUAL: Readonly<Record<RecordKind, readonly string[]>> = {
  tickets: ['serial', 'holder', 'typeName', 'seat', 'organisation', 'price', 'status', 'code'],
  'check-ins': ['scannedAt', 'scan', 'effect', 'gate', 'device', 'serial', 'typeName', 'reason'],
};
const PARTS: Readonly<Record<string, number>> = {
  serial: 1,
  holder: 3,
  notes: 3,
  organisation: 2.5,
  event: 2.5,
  email: 3,
  token: 6,
  code: 2.2,
};
const PARTS_OF_TYPE = { text: 1.6, integer: 1, amount: 1.6, instant: 2.2 } as const;
const RECORDS_LOOK = { size: 8, maxLines: 3 };

interface RecordsTableOptions {
  /** All columns, or those that are usual. */
  readonly all: boolean;
  /** Pages that are drawn; further records are left out. */
  readonly mostPages: number;
  readonly words: PdfWords;
  readonly kind: RecordKind;
}

/** The table of all records. Its texts must have been prepared by the shaper. */
export class RecordsTable {
  readonly pages: ReportPages;
  /** What stands above the columns, and over all of them. */
  readonly titles: readonly string[];
  readonly #heading: string;
  readonly #table: ReportTable;
  /** Which of the source's columns. */
  readonly #positions: readonly number[];
  readonly #mostPages: number;
  #isBegun = false;
  #isCut = false;

  constructor(pages: ReportPages, columns: readonly Column[], { all, mostPages, words, kind }: RecordsTableOptions) {
    const shown = columns
      .map((column, position) => ({ column, position }))
      .filter(({ column }) => all || USUAL[kind].includes(column.id));
    this.#positions = shown.map(({ position }) => position);
    this.#heading = kind === 'tickets' ? words.tickets : words.scans;
    this.titles = [this.#heading, ...shown.map(({ column }) => printedTitle(column, words))];
    this.pages = pages;
    this.#table = new ReportTable(
      pages,
      shown.map(({ column }) => tableColumn(column, printedTitle(column, words))),
      RECORDS_LOOK,
    );
    this.#mostPages = mostPages;
  }

  /** Whether records were left out. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** The texts of records in the table's columns. */
  cellsOf(rows: readonly ReadRow[]): string[][] {
    return rows.map(({ texts }) => this.#positions.map((position) => texts[position] ?? ''));
  }

  async add(cells: readonly (readonly string[])[]): Promise<void> {
    if (!this.#isBegun && cells.length > 0) {
      this.#isBegun = true;
      await drawHeading(this.pages, this.#heading);
      await this.#table.begin();
    }
    for (const row of cells) {
      if (this.pages.pageCount > this.#mostPages) this.#isCut = true;
      else await this.#table.row(row);
    }
  }
}

function tableColumn({ id, type }: Column, title: string): TableColumn {
  return { title, parts: PARTS[id] ?? PARTS_OF_TYPE[type], isNumber: type === 'integer' || type === 'amount' };
}
