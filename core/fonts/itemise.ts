import bidiFactory from 'bidi-js';
import { BASE_FONT, EMOJI_FONT, type FontName, hanFontOf, SYMBOL_FONT, scriptFontOf } from './catalog.ts';

const bidi = bidiFactory();

/** A stretch of text in one font, script and direction. */
export interface TextRun {
  readonly start: number;
  end: number;
  /** Null: no font of ours has these characters. */
  readonly font: FontName | null;
  /** ISO 15924. */
  readonly script: string;
  /** Embedding level of the bidirectional algorithm: odd is right to left. */
  readonly level: number;
}

/** Whether a font has a character; `undefined` when the font is not loaded. */
export type Coverage = (font: FontName, codePoint: number) => boolean | undefined;

const MAY_BE_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Marks, joiners and variation selectors stay with the letter before them, whether the font knows them or not. */
export const STICKS = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;

const PICTURE = /\p{Extended_Pictographic}/u;

/**
 * Cuts a line of text into runs, in the order of the text; see {@link inVisualOrder}.
 * @param need is told of each font that must be loaded first; the runs are not final then.
 */
export function itemise(text: string, locale: string, coverage: Coverage, need: (font: FontName) => void): TextRun[] {
  const levels = MAY_BE_RIGHT_TO_LEFT.test(text) ? bidi.getEmbeddingLevels(text, 'auto').levels : null;
  const han = hanFontOf(text, locale);
  const covers = (font: FontName, codePoint: number) => {
    const has = coverage(font, codePoint);
    if (has === undefined) need(font);
    return has ?? true;
  };
  const runs: TextRun[] = [];
  let current: TextRun | undefined;
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const level = levels?.[start] ?? 0;
    if (current !== undefined && STICKS.test(character)) current.end = end;
    else {
      const { font, script } = fontFor(character, han, current, covers);
      if (current !== undefined && current.font === font && current.script === script && current.level === level)
        current.end = end;
      else {
        current = { start, end, font, script, level };
        runs.push(current);
      }
    }
    start = end;
  }
  return runs;
}

function fontFor(
  character: string,
  han: FontName,
  before: TextRun | undefined,
  covers: (font: FontName, codePoint: number) => boolean,
): Pick<TextRun, 'font' | 'script'> {
  const codePoint = character.codePointAt(0) as number;
  const { tag, font } = scriptFontOf(character, han);
  const isAnyScript = tag === 'Zyyy';
  // After an emoji only another picture goes on in its font: its spaces are as wide as its pictures.
  const goesOn = before !== undefined && (before.font !== EMOJI_FONT || PICTURE.test(character));
  const script = isAnyScript ? (goesOn ? before.script : 'Latn') : tag;
  const wanted = isAnyScript ? (goesOn ? before.font : null) : font;
  for (const candidate of [wanted, font, BASE_FONT, SYMBOL_FONT, EMOJI_FONT])
    if (candidate !== null && covers(candidate, codePoint)) return { font: candidate, script };
  return { font: null, script };
}

/** Rule L2 of the bidirectional algorithm (UAX #9): from the highest level to the lowest odd one, reverse what is at or above it. */
export function inVisualOrder(runs: readonly TextRun[]): readonly TextRun[] {
  const highest = runs.reduce((level, run) => Math.max(level, run.level), 0);
  if (highest === 0) return runs;
  const visual = [...runs];
  for (let level = highest; level > 0; level--) {
    let from = 0;
    while (from < visual.length) {
      let to = from;
      while (to < visual.length && (visual[to] as TextRun).level >= level) to++;
      if (to > from) visual.splice(from, to - from, ...visual.slice(from, to).reverse());
      from = to + 1;
    }
  }
  return visual;
}
