import { QR_SIZE } from './codewords.ts';

/**
 * A line of 37 modules as two words, the first module in the highest bit: modules 0–31, then 32–36 in the top 5 bits.
 * A symbol is 37 lines: 74 words.
 */
export type Lines = Int32Array;
export const LINE_WORDS = 2 * QR_SIZE;

/** Mask patterns (Table 10) by their references 0 to 7; i is the row, j the column. */
const MASK_CONDITIONS: readonly ((i: number, j: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_i, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => ((i >> 1) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];
export const MASKS = MASK_CONDITIONS.length;

/** Level M's indicator (Table 12). */
const LEVEL_M = 0b00;

const NOT_FUNCTION = 2;
/** 0 and 1 are function patterns; format information is 0 until the mask is chosen. */
const modules = functionPatterns();

function at(row: number, column: number): number {
  return row * QR_SIZE + column;
}

/** Whether a module carries a codeword's bit. */
export function isEncodingRegion(row: number, column: number): boolean {
  return modules[at(row, column)] === NOT_FUNCTION;
}

function functionPatterns(): Uint8Array {
  const grid = new Uint8Array(QR_SIZE * QR_SIZE).fill(NOT_FUNCTION);
  const far = QR_SIZE - 7;
  for (const [top, left] of [
    [0, 0],
    [0, far],
    [far, 0],
  ] as const)
    drawFinder(grid, top, left);
  drawRings(grid, 30, 30, 2);
  for (let index = 8; index < QR_SIZE - 8; index++) {
    grid[at(6, index)] = 1 - (index & 1);
    grid[at(index, 6)] = 1 - (index & 1);
  }
  for (const [row, column] of formatPositions().flat()) grid[at(row, column)] = 0;
  grid[at(QR_SIZE - 8, 8)] = 0; // the dark module, drawn with the format information
  return grid;
}

function drawFinder(grid: Uint8Array, top: number, left: number): void {
  for (let row = Math.max(0, top - 1); row <= Math.min(QR_SIZE - 1, top + 7); row++)
    for (let column = Math.max(0, left - 1); column <= Math.min(QR_SIZE - 1, left + 7); column++)
      grid[at(row, column)] = 0;
  drawRings(grid, top + 3, left + 3, 3);
}

/** Concentric squares: all dark but the ring of radius `radius − 1`. */
function drawRings(grid: Uint8Array, row: number, column: number, radius: number): void {
  for (let down = -radius; down <= radius; down++)
    for (let right = -radius; right <= radius; right++)
      grid[at(row + down, column + right)] = Math.max(Math.abs(down), Math.abs(right)) === radius - 1 ? 0 : 1;
}

/** Where format bit 0 (least significant) to 14 goes, twice (Figure 25). */
function formatPositions(): readonly (readonly [row: number, column: number])[][] {
  return Array.from({ length: 15 }, (_, bit) => [
    bit < 8 ? [bit < 6 ? bit : bit + 1, 8] : [8, bit === 8 ? 7 : 14 - bit],
    bit < 8 ? [8, QR_SIZE - 1 - bit] : [QR_SIZE - 15 + bit, 8],
  ]);
}

/** The 15 bits of format information: level and mask with BCH error correction, XORed with 101010000010010 (§7.9.1). */
function formatInformation(mask: number): number {
  const value = (LEVEL_M << 3) | mask;
  let remainder = value << 10;
  for (let bit = 14; bit >= 10; bit--) if ((remainder >>> bit) & 1) remainder ^= 0b101_0011_0111 << (bit - 10);
  return ((value << 10) | remainder) ^ 0b101_0100_0001_0010;
}

function linesOf(isDark: (row: number, column: number) => boolean): Lines {
  const lines = new Int32Array(LINE_WORDS);
  for (let row = 0; row < QR_SIZE; row++)
    for (let column = 0; column < QR_SIZE; column++)
      if (isDark(row, column)) {
        const word = 2 * row + (column >>> 5);
        lines[word] = (lines[word] as number) | (1 << (31 - (column & 31)));
      }
  return lines;
}

function transposed(isDark: (row: number, column: number) => boolean): Lines {
  return linesOf((row, column) => isDark(column, row));
}

/** The function patterns as columns; the encoding region is 0. */
export const FUNCTION_COLUMNS = transposed((row, column) => modules[at(row, column)] === 1);

const isMasked = (mask: number) => (row: number, column: number) =>
  isEncodingRegion(row, column) && MASK_CONDITIONS[mask]?.(row, column) === true;
/** By mask: what it flips, as rows and as columns. */
export const MASK_ROWS: readonly Lines[] = MASK_CONDITIONS.map((_, mask) => linesOf(isMasked(mask)));
export const MASK_COLUMNS: readonly Lines[] = MASK_CONDITIONS.map((_, mask) => transposed(isMasked(mask)));
/** By mask: what it flips and its format information with the dark module, as rows. */
export const FINAL_ROWS: readonly Lines[] = MASK_CONDITIONS.map((_, mask) => {
  const format = formatInformation(mask);
  const dark = new Set([at(QR_SIZE - 8, 8)]);
  for (const [bit, positions] of formatPositions().entries())
    if ((format >>> bit) & 1) for (const [row, column] of positions) dark.add(at(row, column));
  return linesOf((row, column) => dark.has(at(row, column)) || isMasked(mask)(row, column));
});
