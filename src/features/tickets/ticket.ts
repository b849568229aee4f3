import type { Correction, Revocation } from '../../../core/api/batch.ts';
import { type Chunk, STANDARD_COLUMNS } from '../../../core/chunk/chunk.ts';
import { shortCodeOf } from '../../../core/ticket/short-code.ts';
import { encodeToken, SIGNATURE_BYTES } from '../../../core/ticket/token.ts';

/** One ticket as pages show it: its chunk's row, with the corrections laid over. */
export interface Ticket {
  readonly batchId: string;
  readonly serial: number;
  readonly shortCode: string;
  /** Column name to value, empty ones left out; standard columns first. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Serial, then column, to the newest correction. */
export type CorrectionOverlay = ReadonlyMap<number, ReadonlyMap<string, Correction>>;

export function overlayOf(corrections: readonly Correction[]): CorrectionOverlay {
  const overlay = new Map<number, Map<string, Correction>>();
  for (const correction of corrections) {
    const columns = overlay.get(correction.serial) ?? new Map<string, Correction>();
    columns.set(correction.column, correction);
    overlay.set(correction.serial, columns);
  }
  return overlay;
}

/** @throws {TypeError} when the serial is not in the chunk. */
export function ticketAt(chunk: Chunk, serial: number, overlay?: CorrectionOverlay): Ticket {
  const index = indexIn(chunk, serial);
  const fields = new Map<string, string>();
  const corrections = overlay?.get(serial);
  for (const column of columnsOf(chunk, corrections?.keys())) {
    const correction = corrections?.get(column);
    const value = correction === undefined ? chunk.fields?.[column]?.[index] : correction.value;
    if (value != null && value !== '') fields.set(column, value);
  }
  const shortCode = shortCodeOf(chunk.signatures, index * SIGNATURE_BYTES);
  return { batchId: chunk.batchId, serial, shortCode, fields };
}

export function tokenAt(chunk: Chunk, serial: number, typeIndex: number): string {
  const start = indexIn(chunk, serial) * SIGNATURE_BYTES;
  const signature = chunk.signatures.subarray(start, start + SIGNATURE_BYTES);
  return encodeToken({ batchId: chunk.batchId, serial, typeIndex }, signature);
}

function indexIn(chunk: Chunk, serial: number): number {
  const index = serial - chunk.firstSerial;
  if (index < 0 || index >= chunk.count) throw new TypeError(`serial: expected one of chunk ${chunk.seq}`);
  return index;
}

function columnsOf(chunk: Chunk, corrected: Iterable<string> = []): string[] {
  const names = new Set([...Object.keys(chunk.fields ?? {}), ...corrected]);
  const standard = STANDARD_COLUMNS.filter((column) => names.has(column));
  return [...standard, ...[...names].filter((name) => !(standard as string[]).includes(name))];
}

/** The revocation that holds for a ticket, if any. */
export function revocationOf<Item extends Revocation>(
  revocations: readonly Item[],
  batchId: string,
  serial: number,
): Item | undefined {
  return revocations.find(
    ({ batch, from, to, undoneAt }) => undoneAt === null && batch === batchId && from <= serial && serial <= to,
  );
}
