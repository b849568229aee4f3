import { hex4 } from '../pdf/objects.ts';
import type { FontFace } from './font-face.ts';
import type { FontSubset } from './font-subset.ts';

/** Basic Latin, Latin-1 and Latin Extended-A: letters that stand side by side, but for kerning and ligatures. */
const LATIN_END = 0x180;
/** General punctuation and currency signs come behind them in the tables. */
const PUNCTUATION = 0x2000;
const PUNCTUATION_END = 0x20c0;
const LIMIT = LATIN_END + PUNCTUATION_END - PUNCTUATION;
const PLAIN_LATIN =
  /^[ -~\u00a0-\u017f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2039\u203a\u20ac\u20b9]*$/;

/** Whether the base font is known to have all of a text. */
export function isPlainLatin(text: string): boolean {
  return PLAIN_LATIN.test(text);
}

/** Where a character stands in the tables, or -1. */
function indexOf(char: number): number {
  if (char < LATIN_END) return char;
  return char >= PUNCTUATION && char < PUNCTUATION_END ? char - PUNCTUATION + LATIN_END : -1;
}

const UNKNOWN = -32_768;
/** Two letters that are not drawn as each of them alone, like a ligature. */
const JOINED = -32_767;

/**
 * Shapes text of plain Latin letters from tables that fill as letters and pairs first occur: ten times as fast as
 * HarfBuzz, and the same, as it is HarfBuzz that is asked about each pair.
 */
export class SimpleText {
  readonly #face: FontFace;
  readonly #subset: FontSubset;
  // By a character's place in the tables: 0 not asked yet, else the code.
  readonly #codes = new Uint16Array(LIMIT);
  readonly #texts: string[] = [];
  readonly #isOdd = new Uint8Array(LIMIT);
  readonly #widths = new Float64Array(LIMIT);
  readonly #glyphs = new Uint16Array(LIMIT);
  readonly #kerning = new Int16Array(LIMIT * LIMIT).fill(UNKNOWN);

  constructor(subset: FontSubset) {
    this.#face = subset.face;
    this.#subset = subset;
  }

  /**
   * What stands between the brackets of a TJ operator, and the width in thousandths of the size; null when the text
   * needs more than tables.
   */
  shape(text: string): { readonly shown: string; readonly width: number } | null {
    let shown = '<';
    let width = 0;
    let before = -1;
    for (let index = 0; index < text.length; index++) {
      const char = indexOf(text.charCodeAt(index));
      if (char < 0 || (this.#codes[char] === 0 && !this.#learn(char, text.charAt(index)))) return null;

      if (before >= 0) {
        const kerning = this.#kerningOf(before, char);
        if (kerning === JOINED) return null;
        if (kerning !== 0) shown += `>${-kerning}<`;
        width += kerning;
      }
      shown += hex4(this.#codes[char] as number);
      width += this.#widths[char] as number;
      before = char;
    }
    return { shown: `${shown}>`, width };
  }

  #learn(char: number, text: string): boolean {
    if (this.#isOdd[char] === 1) return false;
    const [glyph, second] = this.#shape(text);
    if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text) || glyph === undefined || second !== undefined || !isPlain(glyph)) {
      this.#isOdd[char] = 1;
      return false;
    }
    const code = this.#subset.codeOf(text, [{ glyph: glyph.glyph, x: 0, y: 0 }], this.#face.advanceOf(glyph.glyph));
    this.#codes[char] = code;
    this.#texts[char] = text;
    this.#glyphs[char] = glyph.glyph;
    this.#widths[char] = this.#subset.widthOf(code);
    return true;
  }

  #kerningOf(left: number, right: number): number {
    const at = left * LIMIT + right;
    const known = this.#kerning[at] as number;
    if (known !== UNKNOWN) return known;
    const kerning = this.#askKerning(left, right);
    this.#kerning[at] = kerning;
    return kerning;
  }

  #askKerning(left: number, right: number): number {
    const [first, second, third] = this.#shape(`${this.#texts[left]}${this.#texts[right]}`);
    if (first === undefined || second === undefined || third !== undefined) return JOINED;
    const isSame = first.glyph === this.#glyphs[left] && second.glyph === this.#glyphs[right];
    const isLastKept = second.advance === this.#face.advanceOf(second.glyph);
    if (!isSame || !isLastKept || !isPlain(first) || !isPlain(second)) return JOINED;
    return Math.round(this.#subset.toThousandths(first.advance - this.#face.advanceOf(first.glyph)));
  }

  #shape(text: string) {
    return this.#face.shape({ text, start: 0, end: text.length, script: 'Latn', isRightToLeft: false });
  }
}

function isPlain({ glyph, x, y }: { readonly glyph: number; readonly x: number; readonly y: number }): boolean {
  return glyph !== 0 && x === 0 && y === 0;
}
