import { expose } from 'comlink';
import Papa from 'papaparse';
import { expect } from '../../harness/scenario.ts';
import { type CsvEncoder, ENCODERS } from './encoders.ts';
import { COLUMNS, makeRows, type Row } from './records.ts';

const PAGE_ROWS = 1_000;
/** Records in memory at most; more rows are these again and again. */
const DISTINCT_ROWS = 100_000;

let encoder: CsvEncoder;
let rowsWanted = 0;
let pages: readonly (readonly Row[])[] = [];
let prepared: readonly unknown[] = [];
let bytesWritten = 0;

function* wantedPages(): Generator<unknown> {
  for (let rows = 0; rows < rowsWanted; ) {
    for (let index = 0; index < prepared.length && rows < rowsWanted; index++) {
      yield prepared[index];
      rows += pages[index]?.length ?? 0;
    }
  }
}

const api = {
  prepare(name: string, rows: number): void {
    encoder = ENCODERS[name] as CsvEncoder;
    rowsWanted = rows;
    const distinct = Math.min(rows, DISTINCT_ROWS);
    pages = Array.from({ length: Math.ceil(distinct / PAGE_ROWS) }, (_, page) =>
      makeRows(page * PAGE_ROWS + 1, Math.min(PAGE_ROWS, distinct - page * PAGE_ROWS)),
    );
    prepared = encoder.prepare(pages);
    expect(rows <= DISTINCT_ROWS || rows % DISTINCT_ROWS === 0, `expected a multiple of ${DISTINCT_ROWS} rows`);
  },

  async encode(): Promise<number> {
    bytesWritten = 0;
    for await (const chunk of encoder.encode(wantedPages())) bytesWritten += chunk.length;
    return bytesWritten;
  },

  /** Encodes the distinct records once more, reads them back with another program, and compares every cell. */
  async check(): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    let bytes = 0;
    for await (const chunk of encoder.encode(prepared)) {
      text += decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
    }
    // The header is ASCII.
    const header = text.indexOf('\n') + 1;
    const times = Math.max(1, rowsWanted / DISTINCT_ROWS);
    expect(bytesWritten === header + times * (bytes - header), `${bytesWritten} bytes were written`);
    const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    expect(errors.length === 0, `it cannot be read back: ${errors[0]?.message}`);
    const expected = pages.flat();
    expect(data.length === expected.length + 1, `${data.length - 1} records were read back`);
    for (const [index, row] of expected.entries()) {
      const record = data[index + 1] ?? [];
      for (const [column, value] of row.entries()) {
        const wanted = encoder.guards ? guarded(String(value)) : String(value);
        expect(record[column] === wanted, `record ${index}, ${COLUMNS[column]?.id}: ${record[column]}`);
      }
    }
  },
};
export type EncodeApi = typeof api;

function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

expose(api);
