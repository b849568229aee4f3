import { recordFaultOf } from '../fault-error.ts';
import type { ExportContext, ExportRow, RecordPage, RecordSource } from '../format.ts';
import type { ZipEntry } from '../zip/zip.ts';
import { columnWidths, type DataLayout, DataSheet } from './data-sheet.ts';
import type { SheetLimits } from './limits.ts';
import { PageCursor } from './page-cursor.ts';
import type { Styles } from './styles.ts';

/** Records of the first page that the widths of columns are taken from. */
const SAMPLE_RECORDS = 50;

/** What one worksheet of records came to. */
export interface DataSheetFacts {
  readonly name: string;
  readonly partName: string;
  /** Header and records, like `A1:K101`. */
  readonly range: string;
  readonly records: number;
  readonly firstKey: string | null;
  readonly lastKey: string | null;
}

export interface DataSheetsInput {
  readonly records: RecordSource;
  readonly styles: Styles;
  readonly context: ExportContext;
  readonly limits: SheetLimits;
  readonly progressEvery: number;
  /** Called with each record that is in the file. */
  count(row: ExportRow): void;
}

/** The records of a source as worksheets, one after another; holds a page of records and a block of XML. */
export class DataSheets {
  readonly sheets: DataSheetFacts[] = [];
  readonly #input: DataSheetsInput;
  #layout: DataLayout | undefined;
  /** Records in the file so far. */
  encoded = 0;
  #reported = 0;

  constructor(input: DataSheetsInput) {
    this.#input = input;
  }

  /** The parts of the package. Each has to be read to its end before the next one is asked for; there is at least one. */
  async *parts(): AsyncGenerator<ZipEntry> {
    const { records, context } = this.#input;
    const cursor = new PageCursor(records.pages(context.signal));
    try {
      do {
        const name = `xl/worksheets/sheet${this.sheets.length + 1}.xml`;
        yield { name, content: this.#sheet(cursor, name), method: 'deflate', isBelow4GiB: true };
      } while (await cursor.hasNext());
      context.progress(this.encoded);
    } finally {
      await cursor.close();
    }
  }

  async *#sheet(cursor: PageCursor, partName: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { rows, bytes } = this.#input.limits;
    const number = this.sheets.length + 1;
    await cursor.hasNext();
    const sheet = new DataSheet(this.#layoutFrom(cursor.page), number === 1);
    const keys = new KeySpan();
    let written = 0;
    const isOpen = () => sheet.rows < rows && written < bytes;
    while (isOpen() && (await cursor.hasNext())) {
      const page = cursor.page as RecordPage;
      for (; cursor.index < page.rows.length && isOpen(); cursor.index++) {
        this.#writeRecord(sheet, page, cursor.index, keys);
        if (!sheet.isFull) continue;
        const block = sheet.take();
        written += block.length;
        yield block;
      }
      this.#report();
    }
    sheet.end();
    yield sheet.take();
    const name = number === 1 ? 'Data' : `Data ${number}`;
    const { first, last } = keys;
    this.sheets.push({ name, partName, range: sheet.range, records: sheet.rows - 1, firstKey: first, lastKey: last });
  }

  #layoutFrom(firstPage: RecordPage | undefined): DataLayout {
    const { records, styles, context } = this.#input;
    this.#layout ??= {
      columns: records.columns,
      widths: columnWidths(records.columns, firstPage?.rows.slice(0, SAMPLE_RECORDS) ?? []),
      styles,
      timeZone: context.timeZone,
    };
    return this.#layout;
  }

  #writeRecord(sheet: DataSheet, { keys, rows }: RecordPage, index: number, span: KeySpan): void {
    const key = keys[index] ?? '';
    const row = rows[index] ?? [];
    try {
      sheet.writeRecord(row);
    } catch (error) {
      this.#input.context.reject(key, recordFaultOf(error));
      return;
    }
    span.add(key);
    this.#input.count(row);
    this.encoded++;
  }

  #report(): void {
    if (this.encoded - this.#reported < this.#input.progressEvery) return;
    this.#reported = this.encoded;
    this.#input.context.progress(this.encoded);
  }
}

class KeySpan {
  first: string | null = null;
  last: string | null = null;

  add(key: string): void {
    this.first ??= key;
    this.last = key;
  }
}
