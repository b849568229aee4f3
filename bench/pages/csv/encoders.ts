import { Parser } from '@json2csv/plainjs';
import { stringify } from 'csv-stringify/browser/esm/sync';
import Papa from 'papaparse';
import { csvFormat } from '../../../core/export/csv/csv.ts';
import type { ExportContext, RecordPage, RecordSource } from '../../../core/export/format.ts';
import { expect } from '../../harness/scenario.ts';
import { COLUMNS, type Row } from './records.ts';

const LINE_END = '\r\n';
const HEADER = COLUMNS.map(({ title }) => title);

/** Writes pages of records as CSV in UTF-8, giving the bytes away piece by piece. */
export interface CsvEncoder {
  /** Whether formula-leading cells are guarded with an apostrophe. */
  readonly guards: boolean;
  /** Brings pages into the form that the library wants; outside the clock. */
  prepare(pages: readonly (readonly Row[])[]): unknown[];
  encode(pages: Iterable<unknown>): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

const ours: CsvEncoder = {
  guards: true,
  prepare: (pages) => pages.map((rows): RecordPage => ({ keys: rows.map(([serial]) => `b/${serial}`), rows })),
  encode(pages) {
    const source: RecordSource = {
      columns: COLUMNS,
      estimatedCount: 0,
      async *pages() {
        yield* pages as Iterable<RecordPage>;
      },
    };
    const context: ExportContext = {
      signal: new AbortController().signal,
      now: new Date(0),
      timeZone: 'UTC',
      locale: 'en',
      part: { number: 1, of: 1 },
      reject: (key, reason) => expect(false, `${key} was set aside: ${reason}`),
      progress: () => {},
    };
    return csvFormat.encode(source, csvFormat.options.parse({ bom: false }), context);
  },
};

/** A library that turns some records into text, used in chunks of a page: header first, then a chunk a page. */
function inChunks(guards: boolean, prepare: CsvEncoder['prepare'], textOf: (page: unknown) => string): CsvEncoder {
  return {
    guards,
    prepare,
    async *encode(pages) {
      const encoder = new TextEncoder();
      yield encoder.encode(HEADER.join(',') + LINE_END);
      for (const page of pages) yield encoder.encode(textOf(page));
    },
  };
}

const asTheyAre = (pages: readonly (readonly Row[])[]) => [...pages];
const json2csv = new Parser({ header: false, eol: LINE_END, fields: COLUMNS.map(({ id }) => id) });

/** Ours, and what people use today. */
export const ENCODERS: Readonly<Record<string, CsvEncoder>> = {
  ours,
  papaparse: inChunks(false, asTheyAre, (rows) => Papa.unparse(rows as Row[], { newline: LINE_END }) + LINE_END),
  'papaparse-guarded': inChunks(
    true,
    asTheyAre,
    (rows) => Papa.unparse(rows as Row[], { newline: LINE_END, escapeFormulae: true }) + LINE_END,
  ),
  'csv-stringify': inChunks(false, asTheyAre, (rows) => stringify(rows as Row[], { record_delimiter: 'windows' })),
  json2csv: inChunks(
    false,
    (pages) => pages.map((rows) => rows.map((row) => Object.fromEntries(COLUMNS.map(({ id }, at) => [id, row[at]])))),
    (records) => json2csv.parse(records as object[]) + LINE_END,
  ),
};
