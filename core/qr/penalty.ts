import { QR_SIZE } from './codewords.ts';
import type { Lines } from './symbol.ts';

/** Table 11: points for a run of five, for a block, for a finder-like pattern, for each 5 % off an even balance. */
const N2 = 3;
const N3 = 40;
const N4 = 10;

/**
 * Runs of one line (rule N1) are counted in three windows of 16 modules: 11 modules where a run of five may start, one
 * before and four after them. The module before the line is taken as unlike the first.
 */
const RUN_WINDOWS = 3;
const RUN_STARTS = 11;
/** By window: points of N1 in the low nibble; dark modules among the last eleven in the high one. */
const RUN_TABLE = runTable();

/** Blocks (rule N2) are counted in 12 × 12 windows of 4 × 4 modules, which share their edges. */
const BLOCK_WINDOWS = 12;
/** By window of 16 modules: points of N2 for its nine squares of 2 × 2. */
const BLOCK_TABLE = blockTable();

/** Modules in the first four columns and rows, which the table's dark counts leave out: part of a finder. */
const DARK_IN_CORNER = 11;
const MODULES = QR_SIZE * QR_SIZE;

/**
 * A symbol, or what a mask flips in it, cut into windows of 16 modules, two a word: of rule N1 a row's in the low half
 * and a column's in the high one, of rule N2 neighbours. XOR of two cuts is the cut of the XOR.
 */
export interface Windows {
  readonly runs: Int32Array;
  readonly blocks: Int32Array;
}

export function newWindows(): Windows {
  return {
    runs: new Int32Array(QR_SIZE * RUN_WINDOWS),
    blocks: new Int32Array((BLOCK_WINDOWS * BLOCK_WINDOWS) / 2),
  };
}

/** @param outside 1 for symbols: the module before a line is the first one inverted; 0 for masks. */
export function cutWindows(rows: Lines, columns: Lines, outside: 0 | 1, windows: Windows): void {
  cutRuns(rows, columns, outside, windows.runs);
  cutBlocks(rows, windows.blocks);
}

function cutRuns(rows: Lines, columns: Lines, outside: 0 | 1, runs: Int32Array): void {
  for (let word = 0, at = 0; word < 2 * QR_SIZE; word += 2, at += RUN_WINDOWS) {
    const row = rows[word] as number;
    const column = columns[word] as number;
    runs[at] =
      (row >>> 17) |
      (((row >>> 31) ^ outside) << 15) |
      ((column >>> 1) & 0x7fff_0000) |
      (((column >>> 31) ^ outside) << 31);
    runs[at + 1] = ((row >>> 6) & 0xffff) | ((column << 10) & 0xffff_0000);
    runs[at + 2] =
      ((row << 5) & 0xffff) |
      ((rows[word + 1] as number) >>> 27) |
      (column << 21) |
      (((columns[word + 1] as number) >>> 27) << 16);
  }
}

function cutBlocks(rows: Lines, blocks: Int32Array): void {
  let at = 0;
  for (let word = 0; word < 2 * (QR_SIZE - 1); word += 6) {
    const low0 = rows[word] as number;
    const low1 = rows[word + 2] as number;
    const low2 = rows[word + 4] as number;
    const low3 = rows[word + 6] as number;
    for (let shift = 28; shift >= 4; shift -= 6)
      blocks[at++] = (blockAt(low0, low1, low2, low3, shift) << 16) | blockAt(low0, low1, low2, low3, shift - 3);
    const high0 = (low0 << 5) | ((rows[word + 1] as number) >>> 27);
    const high1 = (low1 << 5) | ((rows[word + 3] as number) >>> 27);
    const high2 = (low2 << 5) | ((rows[word + 5] as number) >>> 27);
    const high3 = (low3 << 5) | ((rows[word + 7] as number) >>> 27);
    blocks[at++] = (blockAt(high0, high1, high2, high3, 3) << 16) | blockAt(high0, high1, high2, high3, 0);
  }
}

function blockAt(row0: number, row1: number, row2: number, row3: number, shift: number): number {
  return (
    (((row0 >>> shift) & 15) << 12) |
    (((row1 >>> shift) & 15) << 8) |
    (((row2 >>> shift) & 15) << 4) |
    ((row3 >>> shift) & 15)
  );
}

/** Points of the rules N1, N2 and N4 for a symbol under a mask. */
export function linePenalty(symbol: Windows, mask: Windows): number {
  return runPenalty(symbol.runs, mask.runs) + blockPenalty(symbol.blocks, mask.blocks);
}

/** All rows and the first four columns count every dark module outside the corner. */
const COUNTED_COLUMNS = 4 * RUN_WINDOWS;

function runPenalty(symbol: Int32Array, mask: Int32Array): number {
  let rowPoints = 0;
  let columnPoints = 0;
  let entries = 0;
  for (let at = 0; at < symbol.length; at++) {
    const pair = (symbol[at] as number) ^ (mask[at] as number);
    const row = RUN_TABLE[pair & 0xffff] as number;
    entries += row;
    rowPoints += row & 15;
    columnPoints += (RUN_TABLE[pair >>> 16] as number) & 15;
  }
  let dark = DARK_IN_CORNER + ((entries - rowPoints) >>> 4);
  for (let at = 0; at < COUNTED_COLUMNS; at++)
    dark += (RUN_TABLE[((symbol[at] as number) ^ (mask[at] as number)) >>> 16] as number) >>> 4;
  return rowPoints + columnPoints + balancePenalty(dark);
}

/** Rule N4: 10 points for each full or begun 5 % beyond 45 % to 55 % of dark modules. */
function balancePenalty(dark: number): number {
  const beyond = Math.abs(100 * dark - 50 * MODULES) - 5 * MODULES;
  return beyond <= 0 ? 0 : N4 * Math.ceil(beyond / (5 * MODULES));
}

function blockPenalty(symbol: Int32Array, mask: Int32Array): number {
  let points = 0;
  for (let at = 0; at < symbol.length; at++) {
    const pair = (symbol[at] as number) ^ (mask[at] as number);
    points += (BLOCK_TABLE[pair & 0xffff] as number) + (BLOCK_TABLE[pair >>> 16] as number);
  }
  return points;
}

/**
 * Three words a row that hold, side by side, the symbol's first 32 columns, those of its transpose, and what is left of
 * both: rule N3 then looks for its pattern down the rows only, in 32 lines at a time.
 */
export const STACK_WORDS = 3 * QR_SIZE;

export function stackLines(rows: Lines, columns: Lines, stack: Int32Array): void {
  for (let line = 0; line < QR_SIZE; line++) {
    stack[line] = rows[2 * line] as number;
    stack[QR_SIZE + line] = columns[2 * line] as number;
    stack[2 * QR_SIZE + line] = (rows[2 * line + 1] as number) | ((columns[2 * line + 1] as number) >>> 5);
  }
}

/** By line: four light modules from there on; 101; 1011101. */
const light = new Int32Array(QR_SIZE);
const dips = new Int32Array(QR_SIZE);
const cores = new Int32Array(QR_SIZE);

/**
 * Points of rule N3 for a symbol under a mask: 1011101 with four light modules before or after it.
 * @param limit gives up, with some number above it, when there are more points than that.
 */
export function finderPenalty(symbol: Int32Array, mask: Int32Array, limit: number): number {
  const enough = limit / N3;
  let count = 0;
  for (let first = 0; first < STACK_WORDS && count <= enough; first += QR_SIZE)
    count += countFinders(symbol, mask, first, enough - count);
  return N3 * count;
}

function countFinders(symbol: Int32Array, mask: Int32Array, first: number, enough: number): number {
  let count = 0;
  let line1 = 0;
  let line2 = 0;
  let line3 = 0;
  let pair1 = 0;
  let pair2 = 0;
  for (let last = 0; last < QR_SIZE; last++) {
    const line = (symbol[first + last] as number) ^ (mask[first + last] as number);
    const pair = line | line1;
    const dip = line2 & ~line1 & line;
    dips[last] = dip;
    if (last >= 6) {
      const core = dip & line3 & (dips[last - 4] as number);
      cores[last] = core;
      const clear = ~(pair | pair2);
      light[last] = clear;
      if (last >= 10) {
        const found = (cores[last - 4] as number) & clear;
        const foundAfter = core & (light[last - 7] as number);
        if ((found | foundAfter) !== 0) {
          count += countOnes(found) + countOnes(foundAfter);
          if (count > enough) return count;
        }
      }
    } else if (last >= 3) light[last] = ~(pair | pair2);
    line3 = line2;
    line2 = line1;
    line1 = line;
    pair2 = pair1;
    pair1 = pair;
  }
  return count;
}

function countOnes(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function runTable(): Uint8Array {
  const table = new Uint8Array(1 << 16);
  for (let window = 0; window < table.length; window++) {
    let points = 0;
    for (let start = 0; start < RUN_STARTS; start++) {
      const six = (window >>> (10 - start)) & 0b111111;
      const five = six & 0b11111;
      if (five === 0 || five === 0b11111) points += six === five + (five === 0 ? 0b100000 : 0) ? 3 : 1;
    }
    let dark = 0;
    for (let bit = 0; bit < RUN_STARTS; bit++) dark += (window >>> bit) & 1;
    table[window] = (dark << 4) | points;
  }
  return table;
}

function blockTable(): Uint8Array {
  const table = new Uint8Array(1 << 16);
  for (let window = 0; window < table.length; window++) {
    let blocks = 0;
    for (const corner of [0, 1, 2, 4, 5, 6, 8, 9, 10]) {
      const square = (window >>> corner) & 0b110011;
      if (square === 0 || square === 0b110011) blocks++;
    }
    table[window] = N2 * blocks;
  }
  return table;
}
