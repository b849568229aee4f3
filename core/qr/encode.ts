import { CODEWORDS, QR_SIZE, writeCodewords } from './codewords.ts';
import { QR_ROW_BYTES, type QrMatrix } from './matrix.ts';
import {
  cutWindows,
  finderPenalty,
  linePenalty,
  newWindows,
  STACK_WORDS,
  stackLines,
  type Windows,
} from './penalty.ts';
import { placeCodewords } from './placement.ts';
import { FINAL_ROWS, LINE_WORDS, type Lines, MASK_COLUMNS, MASK_ROWS, MASKS } from './symbol.ts';
import { transposeLines } from './transpose.ts';

const MASK_WINDOWS: readonly Windows[] = MASK_ROWS.map((rows, mask) => {
  const windows = newWindows();
  cutWindows(rows, MASK_COLUMNS[mask] as Lines, 0, windows);
  return windows;
});
const MASK_STACKS: readonly Int32Array[] = MASK_ROWS.map((rows, mask) => {
  const stack = new Int32Array(STACK_WORDS);
  stackLines(rows, MASK_COLUMNS[mask] as Lines, stack);
  return stack;
});

// Reused by every call: the encoder is synchronous, and allocating would cost more than encoding.
const codewords = new Uint8Array(CODEWORDS + 1);
const columns = new Int32Array(LINE_WORDS);
const rows = new Int32Array(LINE_WORDS);
const windows = newWindows();
const stack = new Int32Array(STACK_WORDS);
const penalties = new Int32Array(MASKS);

const QR_TEXT = /^[0-9A-Z $%*+\-./:]{1,122}$/;

/** Whether {@link encodeQr} takes a text. */
export function isQrText(text: string): boolean {
  return QR_TEXT.test(text);
}

/**
 * Encodes text as a QR code of version 5, level M, in alphanumeric mode (ISO/IEC 18004): what a ticket's 122 characters
 * fill. The mask is the one with the lowest penalty of the standard's four rules, evaluated before the format
 * information is drawn; the first one when several are lowest.
 * @param text 1 to 122 of the characters `0–9 A–Z space $ % * + - . / :`.
 * @param options.mask uses this mask pattern (0 to 7) and evaluates none.
 * @throws {TypeError} when the text does not fit.
 */
export function encodeQr(text: string, options: { readonly mask?: number } = {}): QrMatrix {
  writeCodewords(text, codewords);
  placeCodewords(codewords, columns);
  transposeLines(columns, rows);
  const mask = options.mask ?? chooseMask();
  const final = FINAL_ROWS[mask];
  if (final === undefined) throw new TypeError('mask: expected 0 to 7');
  return { size: QR_SIZE, mask, rows: packRows(rows, final) };
}

/** More than any symbol gets, and still a small integer. */
const NO_PENALTY_YET = 0x3fff_ffff;

/** Rule N3 costs most, so only masks that may still win are put to it, the most promising first. */
function chooseMask(): number {
  cutWindows(rows, columns, 1, windows);
  stackLines(rows, columns, stack);
  for (let mask = 0; mask < MASKS; mask++) penalties[mask] = linePenalty(windows, MASK_WINDOWS[mask] as Windows);
  let best = 0;
  let lowest = NO_PENALTY_YET;
  for (let tried = 0; tried < MASKS; tried++) {
    const mask = indexOfLowest(penalties);
    const partial = penalties[mask] as number;
    if (partial > lowest) break;
    penalties[mask] = NO_PENALTY_YET;
    const penalty = partial + finderPenalty(stack, MASK_STACKS[mask] as Int32Array, lowest - partial);
    if (penalty < lowest || (penalty === lowest && mask < best)) {
      lowest = penalty;
      best = mask;
    }
  }
  return best;
}

function indexOfLowest(values: Int32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++)
    if ((values[index] as number) < (values[best] as number)) best = index;
  return best;
}

function packRows(lines: Lines, final: Lines): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(QR_SIZE * QR_ROW_BYTES);
  for (let word = 0, at = 0; word < LINE_WORDS; word += 2, at += QR_ROW_BYTES) {
    const low = (lines[word] as number) ^ (final[word] as number);
    packed[at] = low >>> 24;
    packed[at + 1] = low >>> 16;
    packed[at + 2] = low >>> 8;
    packed[at + 3] = low;
    packed[at + 4] = ((lines[word + 1] as number) ^ (final[word + 1] as number)) >>> 24;
  }
  return packed;
}
