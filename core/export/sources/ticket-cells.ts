import type { Chunk } from '../../chunk/chunk.ts';
import { hasSeq } from '../../chunk/seq-ranges.ts';
import { shortCodeOf } from '../../ticket/short-code.ts';
import { SIGNATURE_BYTES } from '../../ticket/token.ts';
import { tokenPageWriter } from '../../ticket/token-page.ts';
import type { CellValue, ExportRow } from '../format.ts';
import type { TicketBatch } from './ticket-batch.ts';
import type { TicketColumnId } from './ticket-columns.ts';

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
  const ofChunk: Record<TicketColumnId, (chunk: Chunk) => Cell> = {
    event: () => () => eventName,
    batch: () => () => batch.id,
    serial: (chunk) => (index) => chunk.firstSerial + index,
    code: (chunk) => (index) => shortCodeOf(chunk.signatures, index * SIGNATURE_BYTES),
    token: ({ firstSerial, signatures, count }) => {
      if (isSparse) return (index) => writeTokens(firstSerial + index, signatures, index, 1)[0] ?? null;
      const tokens = writeTokens(firstSerial, signatures, 0, count);
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
    columnIds.map((id) => (id in ofChunk ? ofChunk[id as TicketColumnId](chunk) : fieldCell(batch, chunk, id)));
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
  const row: CellValue[] = [];
  for (const cell of cells) row.push(cell(index));
  return row;
}

/** The personal columns that a batch has, corrections included; some perhaps twice. */
export function personalColumns({ fieldColumns, corrections }: TicketBatch): readonly string[] {
  return [...fieldColumns, ...[...corrections.values()].flatMap((row) => [...row.keys()])];
}
