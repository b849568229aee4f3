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

/** A symbol, or what a mask flips in it, cut into the windows of rules N1, N2 and N4. XOR of two cuts is the cut of the XOR. */
export interface Windows {
  readonly runs: Uint16Array;
  readonly blocks: Uint16Array;
}

export function newWindows(): Windows {
  return {
    runs: new Uint16Array(2 * QR_SIZE * RUN_WINDOWS),
    blocks: new Uint16Array(BLOCK_WINDOWS * BLOCK_WINDOWS),
  };
}

/** @param outside 1 for symbols: the module before a line is the first one inverted; 0 for masks. */
export function cutWindows(rows: Lines, columns: Lines, outside: 0 | 1, windows: Windows): void {
  cutRuns(columns, outside, windows.runs, 0);
  cutRuns(rows, outside, windows.runs, QR_SIZE * RUN_WINDOWS);
  cutBlocks(rows, windows.blocks);
}

function cutRuns(lines: Lines, outside: 0 | 1, runs: Uint16Array, first: number): void {
  for (let word = 0, at = first; word < 2 * QR_SIZE; word += 2, at += RUN_WINDOWS) {
    const low = lines[word] as number;
    const high = lines[word + 1] as number;
    runs[at] = (low >>> 17) | (((low >>> 31) ^ outside) << 15);
    runs[at + 1] = low >>> 6;
    runs[at + 2] = (low << 5) | (high >>> 27);
  }
}

function cutBlocks(rows: Lines, blocks: Uint16Array): void {
  let at = 0;
  for (let word = 0; word < 2 * (QR_SIZE - 1); word += 6) {
    const low0 = rows[word] as number;
    const low1 = rows[word + 2] as number;
    const low2 = rows[word + 4] as number;
    const low3 = rows[word + 6] as number;
    for (let shift = 28; shift >= 1; shift -= 3)
      blocks[at++] =
        ((low0 >>> shift) << 12) |
        (((low1 >>> shift) & 15) << 8) |
        (((low2 >>> shift) & 15) << 4) |
        ((low3 >>> shift) & 15);
    const high0 = (low0 << 5) | ((rows[word + 1] as number) >>> 27);
    const high1 = (low1 << 5) | ((rows[word + 3] as number) >>> 27);
    const high2 = (low2 << 5) | ((rows[word + 5] as number) >>> 27);
    const high3 = (low3 << 5) | ((rows[word + 7] as number) >>> 27);
    blocks[at++] =
      ((high0 >>> 3) << 12) | (((high1 >>> 3) & 15) << 8) | (((high2 >>> 3) & 15) << 4) | ((high3 >>> 3) & 15);
    blocks[at++] = (high0 << 12) | ((high1 & 15) << 8) | ((high2 & 15) << 4) | (high3 & 15);
  }
}

/** Points of the rules N1, N2 and N4 for a symbol under a mask. */
export function linePenalty(symbol: Windows, mask: Windows): number {
  return runPenalty(symbol.runs, mask.runs) + blockPenalty(symbol.blocks, mask.blocks);
}

/** The first four columns come first in the cut: with all rows they count every dark module outside the corner. */
const COUNTED_COLUMNS = 4 * RUN_WINDOWS;
const FIRST_ROW = QR_SIZE * RUN_WINDOWS;

function runPenalty(symbol: Uint16Array, mask: Uint16Array): number {
  const table = RUN_TABLE;
  let points = 0;
  for (let at = COUNTED_COLUMNS; at < FIRST_ROW; at++)
    points += (table[(symbol[at] as number) ^ (mask[at] as number)] as number) & 15;
  let countedPoints = 0;
  let entries = 0;
  for (let at = 0; at < COUNTED_COLUMNS; at++) {
    const entry = table[(symbol[at] as number) ^ (mask[at] as number)] as number;
    entries += entry;
    countedPoints += entry & 15;
  }
  for (let at = FIRST_ROW; at < symbol.length; at++) {
    const entry = table[(symbol[at] as number) ^ (mask[at] as number)] as number;
    entries += entry;
    countedPoints += entry & 15;
  }
  return points + countedPoints + balancePenalty(DARK_IN_CORNER + ((entries - countedPoints) >>> 4));
}

/** Rule N4: 10 points for each full or begun 5 % beyond 45 % to 55 % of dark modules. */
function balancePenalty(dark: number): number {
  const beyond = Math.abs(100 * dark - 50 * MODULES) - 5 * MODULES;
  return beyond <= 0 ? 0 : N4 * Math.ceil(beyond / (5 * MODULES));
}

function blockPenalty(symbol: Uint16Array, mask: Uint16Array): number {
  const table = BLOCK_TABLE;
  let points = 0;
  for (let at = 0; at < symbol.length; at++) points += table[(symbol[at] as number) ^ (mask[at] as number)] as number;
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

/** The last line where 1011101 may begin, and where it may with four light modules after it. */
const LAST_CORE = QR_SIZE - 7;
const LAST_BEFORE_LIGHT = QR_SIZE - 11;
const light = new Int32Array(QR_SIZE);
const lines = new Int32Array(QR_SIZE);

/** Points of rule N3 for a symbol under a mask: 1011101 with four light modules before or after it. */
export function finderPenalty(symbol: Int32Array, mask: Int32Array): number {
  let count = 0;
  for (let first = 0; first < STACK_WORDS; first += QR_SIZE) count += countFinders(symbol, mask, first);
  return N3 * count;
}

function countFinders(symbol: Int32Array, mask: Int32Array, first: number): number {
  for (let line = 0; line < QR_SIZE; line++)
    lines[line] = (symbol[first + line] as number) ^ (mask[first + line] as number);
  let pair = (lines[0] as number) | (lines[1] as number);
  let next = (lines[1] as number) | (lines[2] as number);
  for (let line = 0; line <= QR_SIZE - 4; line++) {
    const after = (lines[line + 2] as number) | (lines[line + 3] as number);
    light[line] = ~(pair | after);
    pair = next;
    next = after;
  }
  let count = 0;
  for (let line = 0; line <= LAST_CORE; line++) {
    const core =
      (lines[line] as number) &
      ~((lines[line + 1] as number) | (lines[line + 5] as number)) &
      (lines[line + 2] as number) &
      (lines[line + 3] as number) &
      (lines[line + 4] as number) &
      (lines[line + 6] as number);
    if (core === 0) continue;
    if (line <= LAST_BEFORE_LIGHT) count += countOnes(core & (light[line + 7] as number));
    if (line >= 4) count += countOnes(core & (light[line - 4] as number));
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
