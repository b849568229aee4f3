import { hex4 } from '../pdf/objects.ts';
import type { ShapedGlyph } from './font-face.ts';
import type { FontSubset } from './font-subset.ts';
import { STICKS, type TextRun } from './itemise.ts';

/** Drawn for characters that no font has. */
const REPLACEMENT = '\ufffd';

/** A shaped stretch of a line; see `Segment`. */
interface ShapedRun {
  readonly shown: string;
  /** In thousandths of the size. */
  readonly width: number;
}

/** Shapes a run of one font, cluster by cluster. */
export function shapedRun(subset: FontSubset, line: string, run: TextRun): ShapedRun {
  const { face } = subset;
  const isRightToLeft = run.level % 2 === 1;
  const glyphs = face.shape({ text: line, start: run.start, end: run.end, script: run.script, isRightToLeft });
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((left, right) => left - right);
  const endOf = new Map(starts.map((start, index) => [start, starts[index + 1] ?? run.end]));
  const codes = new CodeString();
  let at = 0;
  while (at < glyphs.length) {
    const { cluster } = glyphs[at] as ShapedGlyph;
    let next = at + 1;
    while (glyphs[next]?.cluster === cluster) next++;
    const text = line.slice(cluster, endOf.get(cluster));
    const parts = glyphs.slice(at, next);
    if (parts.some(({ glyph }) => glyph === 0)) addReplacement(codes, subset, text);
    else addCluster(codes, subset, text, parts);
    at = next;
  }
  return codes;
}

function addCluster(codes: CodeString, subset: FontSubset, text: string, glyphs: readonly ShapedGlyph[]): void {
  let pen = 0;
  const parts = glyphs.map(({ glyph, advance, x, y }) => {
    const part = { glyph, x: pen + x, y };
    pen += advance;
    return part;
  });
  const [first] = glyphs;
  const own = parts.length === 1 && first !== undefined ? subset.face.advanceOf(first.glyph) : pen;
  const code = subset.codeOf(text, parts, own);
  codes.add(code, subset.widthOf(code), subset.toThousandths(pen));
}

/** Characters, each with the marks and joiners that follow it. */
export function lettersOf(text: string): readonly string[] {
  const letters: string[] = [];
  for (const character of text) {
    if (letters.length > 0 && STICKS.test(character)) letters[letters.length - 1] += character;
    else letters.push(character);
  }
  return letters;
}

/** A replacement for each letter, which reads back as that letter. */
export function replacedRun(subset: FontSubset, line: string, { start, end }: TextRun): ShapedRun {
  const codes = new CodeString();
  for (const letter of lettersOf(line.slice(start, end))) addReplacement(codes, subset, letter);
  return codes;
}

function addReplacement(codes: CodeString, subset: FontSubset, text: string): void {
  const { face } = subset;
  const drawn = face.has(REPLACEMENT.charCodeAt(0)) ? REPLACEMENT : '?';
  const [shaped] = face.shape({ text: drawn, start: 0, end: 1, script: 'Latn', isRightToLeft: false });
  const glyph = shaped?.glyph ?? 0;
  const code = subset.codeOf(text, [{ glyph, x: 0, y: 0 }], face.advanceOf(glyph));
  codes.add(code, subset.widthOf(code), subset.widthOf(code));
}

class CodeString implements ShapedRun {
  width = 0;
  #text = '';
  #isOpen = false;

  get shown(): string {
    return this.#isOpen ? `${this.#text}>` : this.#text;
  }

  /** @param own the width of the code, @param advance how far it is to the next one here; thousandths of the size. */
  add(code: number, own: number, advance: number): void {
    this.#text += this.#isOpen ? hex4(code) : `<${hex4(code)}`;
    this.#isOpen = true;
    this.width += advance;
    const adjustment = Math.round(own - advance);
    if (adjustment === 0) return;
    this.#text += `>${adjustment}`;
    this.#isOpen = false;
  }
}
