import type { Chunk } from '../../chunk/chunk.ts';
import { ticketsInRanges } from '../../chunk/seq-ranges.ts';
import type { Sort } from '../common-options.ts';
import { exportError } from '../fault-error.ts';
import type { Filter } from '../filters.ts';
import type { BytePage, Column, ExportRow, RecordPage, RecordSource } from '../format.ts';
import { sortedTicketPages } from './sorted-tickets.ts';
import type { ChunkReader, TicketBatch } from './ticket-batch.ts';
import { ticketByteCells } from './ticket-byte-cells.ts';
import { type Cell, personalColumns, rowOf, ticketCells } from './ticket-cells.ts';
import { ticketColumns } from './ticket-columns.ts';
import { type BatchSelection, selectBatches, type TicketTest, ticketTests } from './ticket-filter.ts';

/** Records a page, unless fewer are asked for: small pages are gone before the engine copies them from its young heap. */
const PAGE_TICKETS = 64;

export interface TicketSourceInput {
  readonly eventName: string;
  /** Digits of the currency's minor unit. */
  readonly fractionDigits: number;
  /** Exported one after another, in this order, unless they are sorted. */
  readonly batches: readonly TicketBatch[];
  readonly chunks: ChunkReader;
  /** Columns to build, by id; null: all. Unknown ones are left out. */
  readonly columnIds: readonly string[] | null;
  /** Which tickets; null: all. */
  readonly filters: Filter | null;
  /** In which order; null: by batch and serial. */
  readonly sort: Sort | null;
  /** BCP 47; text is sorted as there. */
  readonly locale: string;
  /** Records a page at most. */
  readonly pageSize: number;
}

/**
 * The tickets of one or several batches of an event, by serial within each batch, or sorted. Holds one chunk, and what
 * the reader reads ahead; sorted, the keys besides, see {@link sortedTicketPages}. How many tickets a filter leaves is
 * not known beforehand: the estimate counts the chunks that may hold some.
 * @throws {TypeError} when the column to sort by does not exist.
 */
export function ticketSource(input: TicketSourceInput): RecordSource {
  const { batches, chunks, columnIds, filters, fractionDigits } = input;
  const all = ticketColumns(batches.flatMap(personalColumns), fractionDigits);
  const columns = columnIds === null ? all : columnIds.flatMap((id) => all.find((column) => column.id === id) ?? []);
  const sortColumn = sortColumnOf(input, all);
  const selections = selectBatches(batches, filters);
  const checked = checkedReader(chunks, batches);
  const given = { ...input, chunks: checked, selections, columns };
  // Filters look at rows, and so do keys of a sort.
  const asBytes = filters === null && sortColumn === null ? { bytePages: bytePagesOf(given) } : {};
  return {
    ...asBytes,
    columns,
    estimatedCount: selections.reduce((sum, { batch, seqs }) => sum + ticketsInRanges(seqs, batch), 0),
    pages: (signal) =>
      input.sort === null || sortColumn === null
        ? ticketPages(given, signal)
        : sortedTicketPages({ ...given, sort: input.sort, sortColumn }, signal),
  };
}

/** Null where the tickets come in the wanted order anyway. */
function sortColumnOf({ sort, batches }: TicketSourceInput, columns: readonly Column[]): Column | null {
  if (sort === null) return null;
  const found = columns.find(({ id }) => id === sort.column);
  if (found === undefined) throw new TypeError('sort: expected a column of the source');
  const isSorted = sort.column === 'serial' && sort.direction === 'ascending' && batches.length === 1;
  return isSorted ? null : found;
}

/** The reader, which refuses chunks that are not what their batch says. */
function checkedReader(chunks: ChunkReader, batches: readonly TicketBatch[]): ChunkReader {
  const columnsOf = new Map(batches.map(({ id, fieldColumns }) => [id, new Set(fieldColumns)]));
  return {
    async *read(batchId, seqs, signal) {
      const known = columnsOf.get(batchId);
      for await (const chunk of chunks.read(batchId, seqs, signal)) {
        const isKnown = Object.keys(chunk.fields ?? {}).every((name) => known?.has(name));
        if (chunk.batchId !== batchId || !isKnown)
          throw exportError({ code: 'columns-unexpected', part: chunk.seq + 1, batch: batchId });
        yield chunk;
      }
    },
  };
}

interface TicketPagesInput extends TicketSourceInput {
  readonly selections: readonly BatchSelection[];
  readonly columns: readonly Column[];
}

async function* ticketPages(
  { eventName, selections, columns, chunks, pageSize }: TicketPagesInput,
  signal: AbortSignal,
): AsyncGenerator<RecordPage> {
  const columnIds = columns.map(({ id }) => id);
  const size = Math.min(pageSize, PAGE_TICKETS);
  for (const selection of selections) {
    const { batch, seqs } = selection;
    const testsOf = ticketTests(selection);
    const cellsOf = ticketCells({ eventName, batch, columnIds, isSparse: testsOf !== null });
    for await (const chunk of chunks.read(batch.id, seqs, signal)) {
      const cells = cellsOf(chunk);
      const test = testsOf?.(chunk);
      for (let from = 0; from < chunk.count; from += size) {
        signal.throwIfAborted();
        const page = pageOf(chunk, cells, test, from, Math.min(chunk.count, from + size));
        if (page.rows.length > 0) yield page;
      }
    }
  }
}

function bytePagesOf({ eventName, selections, columns, chunks }: TicketPagesInput) {
  const columnIds = columns.map(({ id }) => id);
  return async function* (signal: AbortSignal): AsyncGenerator<BytePage> {
    for (const { batch, seqs } of selections) {
      const cellsOf = ticketByteCells({ eventName, batch, columnIds });
      for await (const chunk of chunks.read(batch.id, seqs, signal)) {
        signal.throwIfAborted();
        const { batchId, firstSerial, count } = chunk;
        yield { count, keyAt: (index) => keyOf(batchId, firstSerial + index), cells: cellsOf(chunk) };
      }
    }
  };
}

function keyOf(batchId: string, serial: number): string {
  return `${batchId}/${serial}`;
}

function pageOf(
  { batchId, firstSerial }: Chunk,
  cells: readonly Cell[],
  test: TicketTest | undefined,
  from: number,
  to: number,
): RecordPage {
  const keys: string[] = [];
  const rows: ExportRow[] = [];
  for (let index = from; index < to; index++) {
    if (test !== undefined && !test(index)) continue;
    keys.push(keyOf(batchId, firstSerial + index));
    rows.push(rowOf(cells, index));
  }
  return { keys, rows };
}
