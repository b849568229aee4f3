import { QR_SIZE } from './codewords.ts';
import { FUNCTION_COLUMNS, isEncodingRegion, type Lines } from './symbol.ts';

/** Modules of the vertical timing pattern: no pair of columns includes it (§7.7.3). */
const TIMING_COLUMN = 6;
/** Rows that one run fills at most: 4 rows of two modules take 8 bits. */
const RUN_ROWS = 4;

const PAIR_UP = 0;
const PAIR_DOWN = 1;
const SINGLE_UP = 2;
const SINGLE_DOWN = 3;

/**
 * Neighbouring rows of two columns that take consecutive bits of the codewords, going up or down; `single` runs pass
 * beside the alignment pattern and fill the left column only.
 */
interface Run {
  readonly kind: number;
  /** Of its first bit among all codewords. */
  readonly bit: number;
  readonly rows: number;
  readonly leftColumn: number;
  readonly lowestRow: number;
}

/** The runs as bytes, seven a run; see {@link placeCodewords}. */
const RUN_BYTES = 7;
const RUNS = packRuns(collectRuns());
/** By kind and byte: the modules of 4 rows, the right column in the high nibble, the lowest row in the low bit. */
const SPREAD = spreadTable();

/**
 * Lays codewords out in the symbol's zigzag (§7.7.3), over the function patterns, unmasked, as columns.
 * @param codewords 134 of them, and one zero byte for the remainder bits.
 */
export function placeCodewords(codewords: Uint8Array, columns: Lines): void {
  columns.set(FUNCTION_COLUMNS);
  const runs = RUNS;
  const spread = SPREAD;
  for (let at = 0; at < runs.length; at += RUN_BYTES) {
    const from = runs[at] as number;
    const window = ((codewords[from] as number) << 8) | (codewords[from + 1] as number);
    const bits = (window >>> (runs[at + 1] as number)) & 0xff;
    const modules = (spread[((runs[at + 2] as number) << 8) | bits] as number) >>> (runs[at + 3] as number);
    const rows = runs[at + 4] as number;
    const shift = runs[at + 5] as number;
    const word = runs[at + 6] as number;
    columns[word] = (columns[word] as number) | ((modules & rows) << shift);
    columns[word + 2] = (columns[word + 2] as number) | (((modules >>> 4) & rows) << shift);
  }
}

function collectRuns(): readonly Run[] {
  const runs: Run[] = [];
  let bit = 0;
  let isUpward = true;
  for (let right = QR_SIZE - 1; right > 0; right -= 2, isUpward = !isUpward) {
    if (right === TIMING_COLUMN) right--;
    for (const { top, rows, isSingle } of stretches(right, isUpward)) {
      const kind = (isSingle ? SINGLE_UP : PAIR_UP) + (isUpward ? 0 : 1);
      runs.push({ kind, bit, rows, leftColumn: right - 1, lowestRow: top + rows - 1 });
      bit += isSingle ? rows : 2 * rows;
    }
  }
  return runs;
}

/** The rows of a pair of columns in the order of travel, cut where its kind changes and where a column's word ends. */
function stretches(right: number, isUpward: boolean): readonly { top: number; rows: number; isSingle: boolean }[] {
  const found: { top: number; rows: number; isSingle: boolean }[] = [];
  const order = Array.from({ length: QR_SIZE }, (_, step) => (isUpward ? QR_SIZE - 1 - step : step));
  let previous = -2;
  for (const row of order) {
    const isSingle = !isEncodingRegion(row, right);
    if (!isEncodingRegion(row, right - 1)) continue;
    const last = found.at(-1);
    const continues = Math.abs(row - previous) === 1 && row >> 5 === previous >> 5;
    if (last !== undefined && continues && last.isSingle === isSingle && last.rows < RUN_ROWS) {
      last.rows++;
      last.top = Math.min(last.top, row);
    } else found.push({ top: row, rows: 1, isSingle });
    previous = row;
  }
  return found;
}

function packRuns(runs: readonly Run[]): Uint8Array {
  return Uint8Array.from(
    runs.flatMap(({ kind, bit, rows, leftColumn, lowestRow }) => [
      bit >>> 3,
      8 - (bit & 7),
      kind,
      kind === PAIR_DOWN || kind === SINGLE_DOWN ? RUN_ROWS - rows : 0,
      (1 << rows) - 1,
      31 - (lowestRow & 31),
      2 * leftColumn + (lowestRow >>> 5),
    ]),
  );
}

function spreadTable(): Uint8Array {
  const table = new Uint8Array(4 * 256);
  for (const kind of [PAIR_UP, PAIR_DOWN, SINGLE_UP, SINGLE_DOWN])
    for (let byte = 0; byte < 256; byte++) {
      let modules = 0;
      for (let step = 0; step < RUN_ROWS; step++) {
        const row = kind === PAIR_UP || kind === SINGLE_UP ? step : RUN_ROWS - 1 - step;
        if (kind === SINGLE_UP || kind === SINGLE_DOWN) modules |= ((byte >>> (7 - step)) & 1) << row;
        else modules |= (((byte >>> (7 - 2 * step)) & 1) << (4 + row)) | (((byte >>> (6 - 2 * step)) & 1) << row);
      }
      table[(kind << 8) | byte] = modules;
    }
  return table;
}
