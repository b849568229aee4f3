import type { Chunk } from '../../chunk/chunk.ts';
import { hasSeq } from '../../chunk/seq-ranges.ts';
import { shortCodesOf } from '../../ticket/short-code.ts';
import { tokenPageWriter } from '../../ticket/token-page.ts';
import type { CellValue, ExportRow } from '../format.ts';
import type { TicketBatch } from './ticket-batch.ts';
import type { TicketColumnId } from './ticket-columns.ts';

/** More at once is hardly faster, and lives long enough for the engine to grow its young heap. */
const BLOCK_TICKETS = 64;

/** The cell of one column, by the ticket's index in its chunk. */
export type Cell = (index: number) => CellValue;

export interface TicketCellsInput {
  readonly eventName: string;
  readonly batch: TicketBatch;
  /** By id; a personal column that the batch does not have is null throughout. */
  readonly columnIds: readonly string[];
  /** Few tickets of each chunk are wanted: nothing is made for the others. */
  readonly isSparse: boolean;
}

/** The cells of a chunk, column by column. What is the same in all chunks of a batch is made once. */
export function ticketCells({ eventName, batch, columnIds, isSparse }: TicketCellsInput): (chunk: Chunk) => Cell[] {
  const writeTokens = tokenPageWriter(batch.id, batch.typeIndex);
  const block = isSparse ? 1 : BLOCK_TICKETS;
  const ofChunk: Record<TicketColumnId, (chunk: Chunk) => Cell> = {
    event: () => () => eventName,
    batch: () => () => batch.id,
    serial: (chunk) => (index) => chunk.firstSerial + index,
    code: ({ signatures, count }) => blockCell(count, block, (from, length) => shortCodesOf(signatures, from, length)),
    token: ({ firstSerial, signatures, count }) =>
      blockCell(count, block, (from, length) => writeTokens(firstSerial + from, signatures, from, length)),
    type: () => () => batch.typeIndex,
    typeName: () => () => batch.typeName,
    price: () => () => batch.priceMinor,
    status: (chunk) => (index) => (hasSeq(batch.revoked, chunk.firstSerial + index) ? 'revoked' : 'valid'),
    notBefore: () => () => batch.notBefore,
    notAfter: () => () => batch.notAfter,
    mintedAt: (chunk) => () => chunk.mintedAt,
  };
  return (chunk) =>
    columnIds.map((id) => (id in ofChunk ? ofChunk[id as TicketColumnId](chunk) : fieldCell(batch, chunk, id)));
}

/** Texts that are faster made for several tickets at once, which then are asked for one after another. */
function blockCell(count: number, size: number, textsOf: (from: number, length: number) => readonly string[]): Cell {
  let texts: readonly string[] = [];
  let from = 0;
  return (index) => {
    if (index < from || index >= from + texts.length) {
      from = index;
      texts = textsOf(from, Math.min(size, count - from));
    }
    return texts[index - from] ?? null;
  };
}

function fieldCell({ corrections }: TicketBatch, chunk: Chunk, column: string): Cell {
  const values = chunk.fields?.[column];
  if (corrections.size === 0) return (index) => values?.[index] ?? null;
  return (index) => {
    const corrected = corrections.get(chunk.firstSerial + index)?.get(column);
    return corrected === undefined ? (values?.[index] ?? null) : corrected;
  };
}

/** One ticket's row. */
export function rowOf(cells: readonly Cell[], index: number): ExportRow {
  return cells.map((cell) => cell(index));
}

/** The personal columns that a batch has, corrections included; some perhaps twice. */
export function personalColumns({ fieldColumns, corrections }: TicketBatch): readonly string[] {
  return [...fieldColumns, ...[...corrections.values()].flatMap((row) => [...row.keys()])];
}
