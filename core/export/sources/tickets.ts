import type { Chunk } from '../../chunk/chunk.ts';
import { hasSeq, type SeqRanges, ticketsInRanges } from '../../chunk/seq-ranges.ts';
import { TicketmintError } from '../../errors.ts';
import { shortCodeOf } from '../../ticket/short-code.ts';
import { SIGNATURE_BYTES } from '../../ticket/token.ts';
import { tokenPageWriter } from '../../ticket/token-page.ts';
import type { CellValue, Column, ExportRow, RecordPage, RecordSource } from '../format.ts';
import { type TicketColumnId, ticketColumns } from './ticket-columns.ts';

/** Where chunks come from: this device's buffer, the server, the store. */
export interface ChunkReader {
  /**
   * The batch's chunks of these seqs, in order. It may read ahead a stated number of chunks once the first is pulled.
   * @throws {TicketmintError} `export-incomplete` when one of them cannot be had.
   */
  read(batchId: string, seqs: SeqRanges, signal: AbortSignal): AsyncIterable<Chunk>;
}

/** Serial, then column, to the value that holds now. */
export type CorrectionMap = ReadonlyMap<number, ReadonlyMap<string, string | null>>;

/** All that an export needs to know of a batch, besides its chunks. */
export interface TicketBatch {
  readonly id: string;
  readonly typeIndex: number;
  readonly typeName: string;
  /** In the currency's minor unit. */
  readonly priceMinor: number;
  readonly count: number;
  readonly chunkSize: number;
  /** Which of its chunks exist and are to be exported. */
  readonly seqs: SeqRanges;
  /** When its tickets are valid, ms since epoch; null: without bound. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** The personal columns that its chunks have. */
  readonly fieldColumns: readonly string[];
  readonly corrections: CorrectionMap;
  /** Serials, as sorted, disjoint, inclusive pairs. */
  readonly revoked: SeqRanges;
}

export interface TicketSourceInput {
  readonly eventName: string;
  /** Digits of the currency's minor unit. */
  readonly fractionDigits: number;
  /** Exported one after another, in this order. */
  readonly batches: readonly TicketBatch[];
  readonly chunks: ChunkReader;
  /** Columns to build, by id; null: all. Unknown ones are left out. */
  readonly columnIds: readonly string[] | null;
  /** Records a page at most; a page never reaches over two chunks. */
  readonly pageSize: number;
}

/** The tickets of one or several batches of an event, by serial within each batch. Holds one chunk, and what the reader reads ahead. */
export function ticketSource(input: TicketSourceInput): RecordSource {
  const columns = chosenColumns(input);
  return {
    columns,
    estimatedCount: input.batches.reduce((sum, batch) => sum + ticketsInRanges(batch.seqs, batch), 0),
    pages: (signal) => ticketPages(input, columns, signal),
  };
}

function chosenColumns({ batches, columnIds, fractionDigits }: TicketSourceInput): readonly Column[] {
  const corrected = batches.flatMap(({ corrections }) => [...corrections.values()].flatMap((row) => [...row.keys()]));
  const all = ticketColumns([...batches.flatMap(({ fieldColumns }) => fieldColumns), ...corrected], fractionDigits);
  if (columnIds === null) return all;
  return columnIds.flatMap((id) => all.find((column) => column.id === id) ?? []);
}

async function* ticketPages(
  { eventName, batches, chunks, pageSize }: TicketSourceInput,
  columns: readonly Column[],
  signal: AbortSignal,
): AsyncGenerator<RecordPage> {
  for (const batch of batches) {
    const cellsOf = batchCells(eventName, batch, columns);
    for await (const chunk of chunks.read(batch.id, batch.seqs, signal)) {
      checkChunk(batch, chunk);
      const cells = cellsOf(chunk);
      for (let from = 0; from < chunk.count; from += pageSize) {
        signal.throwIfAborted();
        yield pageOf(chunk, cells, from, Math.min(chunk.count, from + pageSize));
      }
    }
  }
}

function checkChunk(batch: TicketBatch, chunk: Chunk): void {
  const isKnown = Object.keys(chunk.fields ?? {}).every((name) => batch.fieldColumns.includes(name));
  if (chunk.batchId !== batch.id || !isKnown)
    throw new TicketmintError('export-incomplete', `chunk ${chunk.seq}: expected the columns of its batch`);
}

/** The cell of one column, by the ticket's index in its chunk. */
type Cell = (index: number) => CellValue;

function pageOf(chunk: Chunk, cells: readonly Cell[], from: number, to: number): RecordPage {
  const keys: string[] = [];
  const rows: ExportRow[] = [];
  const prefix = `${chunk.batchId}/`;
  for (let index = from; index < to; index++) {
    keys.push(prefix + (chunk.firstSerial + index));
    const row: CellValue[] = [];
    for (const cell of cells) row.push(cell(index));
    rows.push(row);
  }
  return { keys, rows };
}

/** What is the same in all chunks of a batch is made once. */
function batchCells(eventName: string, batch: TicketBatch, columns: readonly Column[]): (chunk: Chunk) => Cell[] {
  const writeTokens = tokenPageWriter(batch.id, batch.typeIndex);
  const ofChunk: Record<TicketColumnId, (chunk: Chunk) => Cell> = {
    event: () => () => eventName,
    batch: () => () => batch.id,
    serial: (chunk) => (index) => chunk.firstSerial + index,
    code: (chunk) => (index) => shortCodeOf(chunk.signatures, index * SIGNATURE_BYTES),
    token: (chunk) => {
      const tokens = writeTokens(chunk.firstSerial, chunk.signatures, 0, chunk.count);
      return (index) => tokens[index] ?? null;
    },
    type: () => () => batch.typeIndex,
    typeName: () => () => batch.typeName,
    price: () => () => batch.priceMinor,
    status: (chunk) => (index) => (hasSeq(batch.revoked, chunk.firstSerial + index) ? 'revoked' : 'valid'),
    notBefore: () => () => batch.notBefore,
    notAfter: () => () => batch.notAfter,
    mintedAt: (chunk) => () => chunk.mintedAt,
  };
  return (chunk) =>
    columns.map(({ id }) => (id in ofChunk ? ofChunk[id as TicketColumnId](chunk) : fieldCell(batch, chunk, id)));
}

function fieldCell({ corrections }: TicketBatch, chunk: Chunk, column: string): Cell {
  const values = chunk.fields?.[column];
  if (corrections.size === 0) return (index) => values?.[index] ?? null;
  return (index) => {
    const corrected = corrections.get(chunk.firstSerial + index)?.get(column);
    return corrected === undefined ? (values?.[index] ?? null) : corrected;
  };
}
