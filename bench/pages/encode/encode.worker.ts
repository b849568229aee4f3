import { expose } from 'comlink';
import { expect } from '../../harness/scenario.ts';
import { makeRows, type Row } from '../records.ts';
import type { Encoder } from './encoder.ts';

const PAGE_ROWS = 1_000;
/** Records in memory at most; more rows are these again and again. */
const DISTINCT_ROWS = 100_000;
/** Bytes by which a document may differ from so many times its records: counts with more digits, a comma less. */
const SLACK_BYTES = 256;

/** By format. */
const ENCODERS: Readonly<Record<string, () => Promise<Readonly<Record<string, Encoder>>>>> = {
  csv: async () => (await import('./csv.ts')).CSV_ENCODERS,
  json: async () => (await import('./json.ts')).JSON_ENCODERS,
  ndjson: async () => (await import('./json.ts')).NDJSON_ENCODERS,
  xml: async () => (await import('./xml.ts')).XML_ENCODERS,
};

let encoder: Encoder;
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

async function textOf(some: Iterable<unknown>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of encoder.encode(some)) text += decoder.decode(chunk, { stream: true });
  return text;
}

async function bytesOf(some: Iterable<unknown>): Promise<number> {
  let bytes = 0;
  for await (const chunk of encoder.encode(some)) bytes += chunk.length;
  return bytes;
}

const api = {
  /** @param name format and encoder, like `csv/papaparse`. */
  async prepare(name: string, rows: number): Promise<void> {
    const [format = '', which = ''] = name.split('/');
    const found = (await ENCODERS[format]?.())?.[which];
    if (found === undefined) throw new TypeError(`expected a known encoder, received ${name}`);
    encoder = found;
    rowsWanted = rows;
    const distinct = Math.min(rows, DISTINCT_ROWS);
    pages = Array.from({ length: Math.ceil(distinct / PAGE_ROWS) }, (_, page) =>
      makeRows(page * PAGE_ROWS + 1, Math.min(PAGE_ROWS, distinct - page * PAGE_ROWS)),
    );
    prepared = encoder.prepare(pages);
    expect(rows <= DISTINCT_ROWS || rows % DISTINCT_ROWS === 0, `expected a multiple of ${DISTINCT_ROWS} rows`);
  },

  async encode(): Promise<number> {
    bytesWritten = await bytesOf(wantedPages());
    return bytesWritten;
  },

  /** Encodes the distinct records once more, page by page, reads them back with another program, and compares every cell. */
  async check(): Promise<void> {
    const around = await bytesOf([]);
    const times = Math.max(1, rowsWanted / DISTINCT_ROWS);
    const expectedBytes = around + times * ((await bytesOf(prepared)) - around);
    expect(Math.abs(bytesWritten - expectedBytes) <= SLACK_BYTES, `${bytesWritten} bytes, expected ${expectedBytes}`);
    for (const [number, page] of pages.entries()) {
      const records = encoder.read(await textOf([prepared[number]]));
      expect(records.length === page.length, `${records.length} records of page ${number} were read back`);
      for (const [index, row] of page.entries()) {
        const wanted = row.map((value) => encoder.written?.(value) ?? String(value));
        const found = records[index] ?? [];
        expect(
          found.length === wanted.length && wanted.every((text, column) => text === found[column]),
          `record ${row[0]}: ${found.join('|')}`,
        );
      }
    }
  },
};
export type EncodeApi = typeof api;

expose(api);
