import { expose } from 'comlink';
import { collectEarly } from '../../../workers/early-collection.ts';
import { expect } from '../../harness/scenario.ts';
import { countRows } from './count-rows.ts';
import { ours } from './ours.ts';
import { serialOf } from './readers.ts';
import { makeSheetRows, SHEET_COLUMNS, type SheetRow } from './rows.ts';
import type { WorkbookWriter } from './writer.ts';

const PAGE_ROWS = 1_000;
/** More rows than that are a few again and again, so that they do not weigh on what is measured. */
const MOST_DISTINCT_ROWS = 100_000;
const REPEATED_ROWS = 10_000;
/** Two files of the same records differ by the times in them. */
const SLACK_BYTES = 4_096;
/** Less than a millisecond, in days. */
const SERIAL_SLACK = 1e-8;

let writer: WorkbookWriter = ours;
let rowsWanted = 0;
let rows: readonly SheetRow[] = [];
let prepared: readonly unknown[] = [];
let bytesWritten = 0;

function* wantedPages(): Generator<unknown> {
  for (let written = 0; written < rowsWanted; written += rows.length) yield* prepared;
}

async function fileOf(pages: Iterable<unknown>): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writer.write(pages)) chunks.push(chunk);
  return new Blob(chunks);
}

function isSame(found: unknown, wanted: string | number, column: number): boolean {
  if (SHEET_COLUMNS[column]?.type !== 'instant') return found === wanted;
  return Math.abs(Number(found) - serialOf(Number(wanted))) < SERIAL_SLACK;
}

const api = {
  async prepare(name: string, count: number): Promise<void> {
    const chosen = name === 'ours' ? ours : (await import('./peers.ts')).PEERS[name];
    if (chosen === undefined) throw new TypeError(`expected a known writer, received ${name}`);
    const distinct = count <= MOST_DISTINCT_ROWS ? count : REPEATED_ROWS;
    expect(count % distinct === 0, `expected a multiple of ${distinct} rows`);
    writer = chosen;
    rowsWanted = count;
    rows = makeSheetRows(1, distinct);
    prepared = Array.from({ length: Math.ceil(rows.length / PAGE_ROWS) }, (_, page) =>
      writer.prepare(rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS)),
    );
  },

  /** Writes all and drops the bytes. @returns how many. */
  async write(): Promise<number> {
    bytesWritten = 0;
    for await (const chunk of writer.write(wantedPages())) bytesWritten += chunk.length;
    return bytesWritten;
  },

  /** Writes the distinct records once more, reads them back with another program, and compares every cell. */
  async check(): Promise<void> {
    const file = await fileOf(prepared);
    const found = await writer.read(new Uint8Array(await file.arrayBuffer()));
    expect(found.length === rows.length, `${found.length} records were read back`);
    for (const [index, row] of rows.entries()) {
      const cells = found[index] ?? [];
      expect(
        cells.length === row.length && row.every((value, column) => isSame(cells[column], value, column)),
        `record ${row[0]}: ${cells.join('|')}`,
      );
    }
    const whole = rowsWanted === rows.length ? file : await fileOf(wantedPages());
    expect(Math.abs(whole.size - bytesWritten) < SLACK_BYTES, `${bytesWritten} bytes, then ${whole.size}`);
    if (whole === file) return;
    // Too long for the reader.
    const counted = await countRows(whole, 'xl/worksheets/sheet1.xml');
    expect(counted === rowsWanted + 1, `${counted} rows were counted`);
  },
};
export type WorkbookApi = typeof api;

// As the app's own worker does.
collectEarly();
expose(api);
