import type { QR_SIZE } from './codewords.ts';

/** Bytes of one row of modules in {@link QrMatrix.rows}. */
export const QR_ROW_BYTES = 5;
/** Light modules that must surround a symbol on every side (ISO/IEC 18004 §5.3.8). */
export const QR_QUIET_ZONE = 4;

/** A QR code of version 5, level M, without its quiet zone. */
export interface QrMatrix {
  /** Modules along one side: 37. */
  readonly size: typeof QR_SIZE;
  /** The mask pattern that was chosen, 0 to 7. */
  readonly mask: number;
  /**
   * One bit a module, dark is 1: {@link QR_ROW_BYTES} bytes a row from the top, the leftmost module in the highest bit,
   * the last 3 bits of a row 0. What PBM and the 1-bit images of PDF take as they are.
   */
  readonly rows: Uint8Array<ArrayBuffer>;
}

/** Whether the module in `row` and `column`, both from 0 at the top left, is dark. */
export function isDark(matrix: QrMatrix, row: number, column: number): boolean {
  const byte = matrix.rows[row * QR_ROW_BYTES + (column >>> 3)] ?? 0;
  return ((byte >>> (7 - (column & 7))) & 1) === 1;
}
