import { QR_SIZE } from './codewords.ts';
import { LINE_WORDS, type Lines } from './symbol.ts';

/** Modules beyond the 32 × 32 that transpose as whole words. */
const EDGE = QR_SIZE - 32;
const block = new Int32Array(32);

/** Turns columns into rows, or rows into columns. */
export function transposeLines(source: Lines, target: Lines): void {
  for (let line = 0; line < 32; line++) block[line] = source[2 * line] as number;
  transposeBlock();
  for (let line = 0; line < 32; line++) target[2 * line] = block[line] as number;
  transposeEdge(source, target);
  for (let line = 0; line < EDGE; line++) {
    let corner = 0;
    for (let other = 0; other < EDGE; other++)
      corner |= (((source[65 + 2 * other] as number) >>> (31 - line)) & 1) << (31 - other);
    target[65 + 2 * line] = corner;
  }
}

/** The last 5 lines of the source give 5 modules to each of the target's first 32 lines, and the other way round. */
function transposeEdge(source: Lines, target: Lines): void {
  const from0 = source[64] as number;
  const from1 = source[66] as number;
  const from2 = source[68] as number;
  const from3 = source[70] as number;
  const from4 = source[72] as number;
  let to0 = 0;
  let to1 = 0;
  let to2 = 0;
  let to3 = 0;
  let to4 = 0;
  for (let line = 0, shift = 31; line < 32; line++, shift--) {
    const edge = source[2 * line + 1] as number;
    to0 |= (edge >>> 31) << shift;
    to1 |= ((edge >>> 30) & 1) << shift;
    to2 |= ((edge >>> 29) & 1) << shift;
    to3 |= ((edge >>> 28) & 1) << shift;
    to4 |= ((edge >>> 27) & 1) << shift;
    target[2 * line + 1] =
      (((from0 >>> shift) & 1) << 31) |
      (((from1 >>> shift) & 1) << 30) |
      (((from2 >>> shift) & 1) << 29) |
      (((from3 >>> shift) & 1) << 28) |
      (((from4 >>> shift) & 1) << 27);
  }
  target[64] = to0;
  target[66] = to1;
  target[68] = to2;
  target[70] = to3;
  target[LINE_WORDS - 2] = to4;
}

/** By halves: swaps 16 × 16 quarters, then 8 × 8 … (Warren, Hacker's Delight, figure 7-3). */
function transposeBlock(): void {
  let mask = 0x0000_ffff;
  for (let half = 16; half !== 0; half >>>= 1, mask ^= mask << half) {
    for (let line = 0; line < 32; line = (line + half + 1) & ~half) {
      const swap = ((block[line] as number) ^ ((block[line + half] as number) >>> half)) & mask;
      block[line] = (block[line] as number) ^ swap;
      block[line + half] = (block[line + half] as number) ^ (swap << half);
    }
  }
}
