import { type Chunk, MAX_FIELD_LENGTH } from '../../chunk/chunk.ts';
import type { PackedColumn } from '../../chunk/packed-column.ts';
import { hasSeq } from '../../chunk/seq-ranges.ts';
import { SHORT_CODE_LENGTH, writeCode } from '../../ticket/short-code.ts';
import { SIGNATURE_BYTES, TOKEN_TEXT_LENGTH } from '../../ticket/token.ts';
import { tokenCharsWriter } from '../../ticket/token-page.ts';
import type { ByteCells, CellValue, TextCells } from '../format.ts';
import type { TicketBatch } from './ticket-batch.ts';
import type { TicketCellsInput } from './ticket-cells.ts';
import type { TicketColumnId } from './ticket-columns.ts';

const MAX_BYTES_PER_UNIT = 3;
const encoder = new TextEncoder();
const VALID = encoder.encode('valid');
const REVOKED = encoder.encode('revoked');

/** As `ticketCells`, for formats that write UTF-8: codes and texts go from the chunk's bytes into the file's. */
export function ticketByteCells({
  eventName,
  batch,
  columnIds,
}: Omit<TicketCellsInput, 'isSparse'>): (chunk: Chunk) => ByteCells[] {
  const writeToken = tokenCharsWriter(batch.id, batch.typeIndex);
  const ofChunk: Record<TicketColumnId, (chunk: Chunk) => ByteCells> = {
    event: () => constant(eventName),
    batch: () => constant(batch.id),
    serial: ({ firstSerial }) => ({ kind: 'integer', at: (index) => firstSerial + index }),
    code: ({ signatures }) =>
      codes(SHORT_CODE_LENGTH, (index, out, at) => writeCode(signatures, index * SIGNATURE_BYTES, out, at)),
    token: ({ firstSerial, signatures }) =>
      codes(TOKEN_TEXT_LENGTH, (index, out, at) =>
        writeToken(firstSerial + index, signatures, index * SIGNATURE_BYTES, out, at),
      ),
    type: () => constant(batch.typeIndex),
    typeName: () => constant(batch.typeName),
    price: () => constant(batch.priceMinor),
    status: (chunk) => statusCells(batch, chunk),
    notBefore: () => constant(batch.notBefore),
    notAfter: () => constant(batch.notAfter),
    mintedAt: ({ mintedAt }) => constant(mintedAt),
  };
  return (chunk) =>
    columnIds.map((id) => (id in ofChunk ? ofChunk[id as TicketColumnId](chunk) : fieldCells(batch, chunk, id)));
}

function constant(value: CellValue): ByteCells {
  return { kind: 'constant', value };
}

function codes(length: number, write: (index: number, out: Uint8Array, at: number) => void): TextCells {
  return {
    kind: 'text',
    isPlain: true,
    maxBytes: length,
    write(index, out, at) {
      write(index, out, at);
      return at + length;
    },
  };
}

function statusCells({ revoked }: TicketBatch, { firstSerial, count }: Chunk): ByteCells {
  const lastSerial = firstSerial + count - 1;
  if (!revoked.some(([first, last]) => first <= lastSerial && last >= firstSerial)) return constant('valid');
  return {
    kind: 'text',
    isPlain: true,
    maxBytes: REVOKED.length,
    write: (index, out, at) => put(hasSeq(revoked, firstSerial + index) ? REVOKED : VALID, out, at),
  };
}

function fieldCells({ corrections }: TicketBatch, chunk: Chunk, column: string): ByteCells {
  const cells = textCells(chunk, column);
  if (corrections.size === 0) return cells ?? constant(null);
  return {
    kind: 'text',
    isPlain: false,
    maxBytes: Math.max(cells?.maxBytes ?? 0, MAX_BYTES_PER_UNIT * MAX_FIELD_LENGTH),
    write(index, out, at) {
      const corrected = corrections.get(chunk.firstSerial + index)?.get(column);
      if (corrected === undefined) return cells?.write(index, out, at) ?? -1;
      return corrected === null ? -1 : put(encoder.encode(corrected), out, at);
    },
  };
}

function textCells({ packedFields, fields }: Chunk, column: string): TextCells | undefined {
  const packed = packedFields?.[column];
  if (packed !== undefined) {
    const write: TextCells['write'] = (index, out, at) => writePacked(packed, index, out, at);
    return { kind: 'text', isPlain: false, maxBytes: packed.maxBytes, write };
  }
  const encoded = fields?.[column]?.map((text) => (text === null ? null : encoder.encode(text)));
  if (encoded === undefined) return undefined;
  return {
    kind: 'text',
    isPlain: false,
    maxBytes: encoded.reduce((most, bytes) => Math.max(most, bytes?.length ?? 0), 0),
    write(index, out, at) {
      const bytes = encoded[index] ?? null;
      return bytes === null ? -1 : put(bytes, out, at);
    },
  };
}

function writePacked(packed: PackedColumn, index: number, out: Uint8Array, at: number): number {
  const { bytes } = packed;
  const end = packed.endOf(index);
  let to = at;
  let from = packed.startOf(index);
  if (end < from) return -1;
  while (from < end) out[to++] = bytes[from++] as number;
  return to;
}

function put(bytes: Uint8Array, out: Uint8Array, at: number): number {
  out.set(bytes, at);
  return at + bytes.length;
}
