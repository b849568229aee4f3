import type { Chunk } from '../../chunk/chunk.ts';
import { seqOfSerial } from '../../chunk/chunk.ts';
import { rangesOfSeqs } from '../../chunk/seq-ranges.ts';
import type { Sort } from '../common-options.ts';
import type { Column, ExportRow, RecordPage } from '../format.ts';
import { KeyIndex } from './key-index.ts';
import type { ChunkReader } from './ticket-batch.ts';
import { rowOf, ticketCells } from './ticket-cells.ts';
import { type BatchSelection, ticketTests } from './ticket-filter.ts';

/** Rows in memory at most: as many tickets are put in order for each reading of the chunks that hold them. */
const WINDOW_ROWS = 32_768;

export interface SortedTicketsInput {
  readonly eventName: string;
  readonly selections: readonly BatchSelection[];
  readonly chunks: ChunkReader;
  readonly columns: readonly Column[];
  readonly sort: Sort;
  /** The column of `sort`, whether or not it is among `columns`. */
  readonly sortColumn: Column;
  /** BCP 47. */
  readonly locale: string;
  readonly pageSize: number;
}

/**
 * Tickets in the order of a column. The chunks are read once for the keys, and then once for each 32,768 tickets, or as
 * much of them as holds these. Holds the keys, at most 64 MB, and one window of rows.
 * @throws {TicketmintError} `export-sort-too-large` when the keys take more.
 */
export async function* sortedTicketPages(input: SortedTicketsInput, signal: AbortSignal): AsyncGenerator<RecordPage> {
  const { sort, locale, pageSize } = input;
  const index = await readKeys(input, signal);
  const order = await index.sorted(sort.direction, locale, signal);
  for (let from = 0; from < order.length; from += WINDOW_ROWS) {
    const window = await readWindow(input, index, order.subarray(from, from + WINDOW_ROWS), signal);
    for (let at = 0; at < window.rows.length; at += pageSize) {
      signal.throwIfAborted();
      yield { keys: window.keys.slice(at, at + pageSize), rows: window.rows.slice(at, at + pageSize) };
    }
  }
}

async function readKeys(input: SortedTicketsInput, signal: AbortSignal): Promise<KeyIndex> {
  const { eventName, selections, chunks, sortColumn } = input;
  const index = new KeyIndex(sortColumn);
  for (const selection of selections) {
    const { batch, seqs } = selection;
    const testsOf = ticketTests(selection);
    const cellsOf = ticketCells({ eventName, batch, columnIds: [sortColumn.id], isSparse: testsOf !== null });
    index.beginBatch();
    for await (const chunk of chunks.read(batch.id, seqs, signal)) {
      signal.throwIfAborted();
      const test = testsOf?.(chunk);
      const [cell] = cellsOf(chunk);
      for (let at = 0; at < chunk.count; at++)
        if (test?.(at) ?? true) index.add(chunk.firstSerial + at, cell?.(at) ?? null);
    }
  }
  return index;
}

interface Window {
  readonly keys: string[];
  readonly rows: ExportRow[];
}

/** An entry of the index, and where its row goes. */
interface Place {
  readonly entry: number;
  readonly at: number;
}

async function readWindow(
  { eventName, selections, chunks, columns }: SortedTicketsInput,
  index: KeyIndex,
  entries: Uint32Array,
  signal: AbortSignal,
): Promise<Window> {
  const window: Window = { keys: new Array(entries.length), rows: new Array(entries.length) };
  // As the chunks hold them: batch by batch, by serial.
  const places = Array.from(entries, (entry, at): Place => ({ entry, at })).sort((a, b) => a.entry - b.entry);
  const columnIds = columns.map(({ id }) => id);
  let next = 0;
  for (const [number, { batch }] of selections.entries()) {
    const end = places.findIndex(({ entry }) => entry >= index.endOfBatch(number));
    const wanted = places.slice(next, end < 0 ? places.length : end);
    const cellsOf = ticketCells({ eventName, batch, columnIds, isSparse: true });
    const seqs = rangesOfSeqs(new Set(wanted.map(({ entry }) => seqOfSerial(batch, index.serialAt(entry)))));
    let taken = 0;
    for await (const chunk of chunks.read(batch.id, seqs, signal)) {
      signal.throwIfAborted();
      const cells = cellsOf(chunk);
      for (let place = wanted[taken]; place !== undefined && isIn(chunk, index, place); place = wanted[++taken]) {
        const serial = index.serialAt(place.entry);
        window.keys[place.at] = `${batch.id}/${serial}`;
        window.rows[place.at] = rowOf(cells, serial - chunk.firstSerial);
      }
    }
    next += wanted.length;
  }
  return window;
}

function isIn({ firstSerial, count }: Chunk, index: KeyIndex, { entry }: Place): boolean {
  return index.serialAt(entry) < firstSerial + count;
}
