import type { SheetRow } from './rows.ts';

/** Writes records as a compressed workbook with a header; gives the bytes away as they come. */
export interface WorkbookWriter {
  /** Brings a page of records into the form that the library wants; outside the clock. */
  prepare(rows: readonly SheetRow[]): unknown;
  write(pages: Iterable<unknown>): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** The cells of the first sheet below its header, read by another program; dates as serial numbers. */
  read(file: Uint8Array<ArrayBuffer>): Promise<readonly (readonly unknown[])[]>;
}
