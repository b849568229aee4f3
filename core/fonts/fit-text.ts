import { lettersOf } from './shape-run.ts';
import type { ShapedText, TextShaper, Weight } from './text-shaper.ts';

/** Where a text must find room. Lengths in points. */
export interface TextBox {
  readonly width: number;
  readonly height: number;
  readonly weight: Weight;
  /** Wanted size. */
  readonly maxSize: number;
  /** No smaller than this. */
  readonly minSize: number;
  readonly maxLines: number;
}

export interface FittedText {
  readonly lines: readonly ShapedText[];
  readonly size: number;
  /** It did not fit even so, and ends with an ellipsis. */
  readonly isCut: boolean;
}

/** Distance of baselines, as a part of the size. */
export const LINE_HEIGHT = 1.25;
/** A line shrinks this far before it is broken. */
const SHRINKS_TO = 0.75;
const SIZE_STEPS = 5;
/** No box has room for more; what is longer is cut before it is measured. */
const MAX_LETTERS = 600;
const ELLIPSIS = '…';

/** Fits a text into a box: it shrinks to three quarters, then wraps, then shrinks to the least size, then breaks words, then is cut. */
export function fitText(shaper: TextShaper, text: string, box: TextBox): FittedText {
  const { width, maxSize, minSize, maxLines, weight } = box;
  if (text.length <= MAX_LETTERS) {
    const line = shaper.shape(text, weight);
    const size = Math.min(maxSize, line.width === 0 ? maxSize : floorTo((1_000 * width) / line.width));
    const leastSize = maxLines === 1 ? minSize : Math.max(minSize, SHRINKS_TO * maxSize);
    if (size >= leastSize) return { lines: [line], size, isCut: false };
  }
  return wrapText(shaper, text, box);
}

/** Down to a tenth of a point, so that lines of about one length share a size. */
function floorTo(size: number): number {
  return Math.floor(size * 10) / 10;
}

function wrapText(shaper: TextShaper, text: string, box: TextBox): FittedText {
  const { width, minSize, weight } = box;
  const letters = lettersOf(text);
  const isLong = letters.length > MAX_LETTERS;
  const kept = isLong ? letters.slice(0, MAX_LETTERS).join('') : text;
  const words = kept.split(/\s+/u).filter((word) => word !== '');
  const largest = Math.max(minSize, SHRINKS_TO * box.maxSize);
  if (!isLong && box.maxLines > 1) {
    const widest = Math.max(0, ...words.map((word) => shaper.shape(word, weight).width));
    const sizes = Array.from({ length: SIZE_STEPS + 1 }, (_, step) =>
      floorTo(largest - ((largest - minSize) * step) / SIZE_STEPS),
    );
    // Smaller words read better than broken ones.
    const whole = sizes.filter((size) => widest * size <= 1_000 * width);
    for (const size of [...whole, ...sizes]) {
      const lines = breakLines(shaper, words, weight, (1_000 * width) / size);
      if (lines.length <= linesAt(box, size))
        return { lines: lines.map((line) => shaper.shape(line, weight)), size, isCut: false };
    }
  }
  return cutText(shaper, words, box);
}

/** How many lines of a size have room. */
function linesAt({ height, maxLines }: TextBox, size: number): number {
  return Math.max(1, Math.min(maxLines, Math.floor(height / (size * LINE_HEIGHT) + 0.01)));
}

function cutText(shaper: TextShaper, words: readonly string[], box: TextBox): FittedText {
  const { width, minSize: size, weight } = box;
  const room = (1_000 * width) / size;
  const most = linesAt(box, size);
  const lines = breakLines(shaper, words, weight, room);
  const isCut = lines.length > most;
  const kept = lines.slice(0, most);
  if (isCut) kept[most - 1] = withEllipsis(shaper, lines.slice(most - 1).join(' '), weight, room);
  return { lines: kept.map((line) => shaper.shape(line, weight)), size, isCut };
}

function withEllipsis(shaper: TextShaper, text: string, weight: Weight, room: number): string {
  const letters = lettersOf(text);
  const count = mostThatFit(letters, (part) => shaper.shape(`${part}${ELLIPSIS}`, weight).width <= room);
  return `${letters.slice(0, count).join('').trimEnd()}${ELLIPSIS}`;
}

/** Breaks at spaces, and within words that are wider than a line. @param room in thousandths of the size. */
function breakLines(shaper: TextShaper, words: readonly string[], weight: Weight, room: number): string[] {
  const space = shaper.shape(' ', weight).width;
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const put = (piece: string, width: number) => {
    if (line !== '' && used + space + width > room) {
      lines.push(line);
      line = '';
    }
    used = line === '' ? width : used + space + width;
    line = line === '' ? piece : `${line} ${piece}`;
  };
  for (const word of words)
    for (const piece of piecesOf(shaper, word, weight, room)) put(piece, shaper.shape(piece, weight).width);
  if (line !== '') lines.push(line);
  return lines;
}

function piecesOf(shaper: TextShaper, word: string, weight: Weight, room: number): string[] {
  if (shaper.shape(word, weight).width <= room) return [word];
  const pieces: string[] = [];
  let letters = lettersOf(word);
  while (letters.length > 0) {
    const count = Math.max(
      1,
      mostThatFit(letters, (part) => shaper.shape(part, weight).width <= room),
    );
    pieces.push(letters.slice(0, count).join(''));
    letters = letters.slice(count);
  }
  return pieces;
}

/** How many letters from the start pass the test; it must hold for each shorter beginning of one that passes. */
function mostThatFit(letters: readonly string[], fits: (part: string) => boolean): number {
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(letters.slice(0, middle).join(''))) low = middle;
    else high = middle - 1;
  }
  return low;
}
