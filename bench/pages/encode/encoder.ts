import type { ExportContext, ExportFormat, RecordPage, RecordSource } from '../../../core/export/format.ts';
import { expect } from '../../harness/scenario.ts';
import { COLUMNS, type Row } from '../records.ts';

/** Writes pages of records as text in UTF-8, giving the bytes away piece by piece. */
export interface Encoder {
  /** Brings pages into the form that the library wants; outside the clock. */
  prepare(pages: readonly (readonly Row[])[]): unknown[];
  encode(pages: Iterable<unknown>): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** The cells of a file, as text, read by another program. */
  read(text: string): readonly (readonly string[])[];
  /** What the reader finds for a cell; by default the cell. */
  written?(value: string | number): string;
}

/** How a library stands in a comparison: what it does with some records, and how that is read back. */
export type Reader = Pick<Encoder, 'read' | 'written'>;

/** A format of ours over the bench's columns. */
export function ours<Options>(format: ExportFormat<Options>, options: object, reader: Reader): Encoder {
  return {
    ...reader,
    prepare: (pages) => pages.map((rows): RecordPage => ({ keys: rows.map(([serial]) => `b/${serial}`), rows })),
    encode(pages) {
      const source: RecordSource = {
        columns: COLUMNS,
        estimatedCount: 0,
        async *pages() {
          yield* pages as Iterable<RecordPage>;
        },
      };
      return format.encode(source, format.options.parse(options), CONTEXT);
    },
  };
}

const CONTEXT: ExportContext = {
  signal: new AbortController().signal,
  now: new Date(0),
  timeZone: 'UTC',
  locale: 'en',
  part: { number: 1, of: 1 },
  reject: (key, fault) => expect(false, `${key} was set aside: ${fault.code}`),
  progress: () => {},
};

interface InChunks {
  readonly reader: Reader;
  readonly prepare: Encoder['prepare'];
  readonly head?: string;
  readonly tail?: string;
  /** The text of a page; what is between two pages included. */
  textOf(page: unknown, isFirst: boolean): string;
}

/** A library that turns some records into text, used in chunks of a page. */
export function inChunks({ reader, prepare, head = '', tail = '', textOf }: InChunks): Encoder {
  return {
    ...reader,
    prepare,
    async *encode(pages) {
      const encoder = new TextEncoder();
      if (head !== '') yield encoder.encode(head);
      let isFirst = true;
      for (const page of pages) {
        yield encoder.encode(textOf(page, isFirst));
        isFirst = false;
      }
      if (tail !== '') yield encoder.encode(tail);
    },
  };
}

/** Pages as they are. */
export const asRows: Encoder['prepare'] = (pages) => [...pages];

/** Pages of objects by column. */
export const asObjects: Encoder['prepare'] = (pages) =>
  pages.map((rows) => rows.map((row) => Object.fromEntries(COLUMNS.map(({ id }, at) => [id, row[at]]))));
