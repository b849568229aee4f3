import { BASE_BOLD, BASE_FONT, type FontName } from './catalog.ts';
import { type FontFace, loadFontFace } from './font-face.ts';
import type { FontProvider } from './font-provider.ts';
import { FontSubset } from './font-subset.ts';
import { inVisualOrder, itemise, STICKS, type TextRun } from './itemise.ts';
import { printableText } from './printable.ts';
import { replacedRun, shapedRun } from './shape-run.ts';
import { isPlainLatin, SimpleText } from './simple-text.ts';

export type Weight = 'regular' | 'bold';

/** A stretch of a shaped line in one font. */
interface Segment {
  readonly subset: FontSubset;
  /** Codes in hex and adjustments: what stands between the brackets of a TJ operator (ISO 32000-2 §9.4.3). */
  readonly shown: string;
  /** The font has no bold of its own: it is to be stroked too. */
  readonly isEmboldened: boolean;
}

/** A line of text, shaped; from left to right, whatever its direction. */
export interface ShapedText {
  readonly segments: readonly Segment[];
  /** In thousandths of the size. */
  readonly width: number;
  /** The line reads from right to left: it belongs at the right edge. */
  readonly isRightToLeft: boolean;
}

/** Shaped lines that are kept: holders' names repeat less than words, but what an event prints on each ticket repeats always. */
const KEPT_LINES = 4_096;
const NOTHING: readonly string[] = [];

/**
 * Shapes text in any script that our fonts have, and gathers the letters that it used into {@link subsets}. One shaper a
 * file. Loads fonts when the first text needs them: the two of the base family at once.
 */
export class TextShaper {
  /** Fonts in the order of first use. */
  readonly subsets: FontSubset[] = [];
  readonly #fonts: FontProvider;
  readonly #locale: string;
  readonly #faces = new Map<FontName, FontSubset>();
  readonly #simple: Readonly<Record<Weight, SimpleText>>;
  readonly #kept: Readonly<Record<Weight, Map<string, ShapedText>>> = { regular: new Map(), bold: new Map() };

  /** What is missing, by text: so that no text is looked at twice. */
  readonly #missing = new Map<string, readonly string[]>();

  private constructor(fonts: FontProvider, locale: string, [regular, bold]: readonly [FontFace, FontFace]) {
    this.#fonts = fonts;
    this.#locale = locale;
    this.#simple = { regular: new SimpleText(this.#add(regular)), bold: new SimpleText(this.#add(bold)) };
  }

  /** @param locale BCP 47: decides between Chinese, Japanese and Korean forms where the text does not. */
  static async create(fonts: FontProvider, locale: string): Promise<TextShaper> {
    return new TextShaper(
      fonts,
      locale,
      await Promise.all([loadFontFace(fonts, BASE_FONT), loadFontFace(fonts, BASE_BOLD)]),
    );
  }

  /** Loads what these texts need; call it before they are shaped. */
  async prepare(texts: Iterable<string>): Promise<void> {
    for (const text of texts)
      if (!isPlainLatin(text) && !this.#missing.has(text)) await this.#learn(text, printableText(text));
  }

  /**
   * Shapes one line. Characters that no font has are drawn as U+FFFD and still read back as themselves; see
   * {@link missingCharacters}.
   * @throws {TypeError} when a font that it needs is not loaded.
   */
  shape(text: string, weight: Weight = 'regular'): ShapedText {
    const simple = this.#simple[weight].shape(text);
    if (simple !== null) {
      const segment = { subset: this.#base(weight), shown: simple.shown, isEmboldened: false };
      return { segments: text === '' ? [] : [segment], width: simple.width, isRightToLeft: false };
    }
    const kept = this.#kept[weight];
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= KEPT_LINES) kept.clear();
    const shaped = this.#shapeLine(printableText(text), weight);
    kept.set(text, shaped);
    return shaped;
  }

  /** The characters of a text that no font has, each once. It must have been prepared. */
  missingCharacters(text: string): readonly string[] {
    return isPlainLatin(text) ? [] : (this.#missing.get(text) ?? this.#missingFrom(printableText(text)));
  }

  /** Loads fonts until the line can be cut into runs: the second look is for what the fonts of the first one lack. */
  async #learn(text: string, line: string): Promise<void> {
    const needed = new Set<FontName>();
    do {
      for (const font of needed) this.#add(await loadFontFace(this.#fonts, font));
      needed.clear();
      itemise(line, this.#locale, this.#coverage, (font) => needed.add(font));
    } while (needed.size > 0);
    if (this.#missing.size >= KEPT_LINES) this.#missing.clear();
    this.#missing.set(text, this.#missingFrom(line));
  }

  #missingFrom(line: string): readonly string[] {
    const missing = this.#itemise(line)
      .filter(({ font }) => font === null)
      .flatMap(({ start, end }) => [...line.slice(start, end)].filter((character) => !STICKS.test(character)));
    return missing.length === 0 ? NOTHING : [...new Set(missing)];
  }

  #add(face: FontFace): FontSubset {
    const subset = new FontSubset(face);
    this.#faces.set(face.name, subset);
    this.subsets.push(subset);
    return subset;
  }

  readonly #coverage = (font: FontName, codePoint: number) => this.#faces.get(font)?.face.has(codePoint);

  #base(weight: Weight): FontSubset {
    return this.#faces.get(weight === 'bold' ? BASE_BOLD : BASE_FONT) as FontSubset;
  }

  #itemise(line: string): TextRun[] {
    return itemise(line, this.#locale, this.#coverage, (font) => {
      throw new TypeError(`expected ${font} to be loaded`);
    });
  }

  #shapeLine(line: string, weight: Weight): ShapedText {
    const runs = this.#itemise(line);
    const segments: Segment[] = [];
    let width = 0;
    for (const run of inVisualOrder(runs)) {
      const isBase = run.font === BASE_FONT || run.font === null;
      const subset = isBase ? this.#base(weight) : (this.#faces.get(run.font as FontName) as FontSubset);
      const shaped = run.font === null ? replacedRun(subset, line, run) : shapedRun(subset, line, run);
      segments.push({ subset, shown: shaped.shown, isEmboldened: weight === 'bold' && !isBase });
      width += shaped.width;
    }
    return { segments, width, isRightToLeft: (runs[0]?.level ?? 0) % 2 === 1 };
  }
}
