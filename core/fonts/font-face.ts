import type { Buffer, Face, Font } from 'harfbuzzjs';
import type { FontName } from './catalog.ts';
import type { FontProvider } from './font-provider.ts';

/** The module itself, loaded with its WebAssembly when the first font is. */
type HarfBuzz = typeof import('harfbuzzjs');

/** Asked for once: WebKit hands a module that is asked for again out before what it awaits at its top level is there. */
let harfBuzz: Promise<HarfBuzz> | undefined;

/** By where they come from: files that are made one after another share them, as each has a copy of its font. */
const faces = new WeakMap<FontProvider, Map<FontName, Promise<FontFace>>>();

/** The font, loaded once for all that is made with the same provider. @throws what the provider throws. */
export function loadFontFace(fonts: FontProvider, name: FontName): Promise<FontFace> {
  const known = faces.get(fonts) ?? new Map<FontName, Promise<FontFace>>();
  faces.set(fonts, known);
  const face = known.get(name) ?? openFontFace(fonts, name);
  known.set(name, face);
  // Asked for again, it may come the next time.
  face.catch(() => known.delete(name));
  return face;
}

async function openFontFace(fonts: FontProvider, name: FontName): Promise<FontFace> {
  harfBuzz ??= import('harfbuzzjs').catch((error: unknown) => {
    // The next time it may come.
    harfBuzz = undefined;
    throw error;
  });
  const [shaper, bytes] = await Promise.all([harfBuzz, fonts.load(name)]);
  return new FontFace(shaper, name, bytes);
}

/** A glyph as HarfBuzz placed it; lengths in units of the font. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Index of the first UTF-16 unit that it stands for. */
  readonly cluster: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

export interface ShapeRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** ISO 15924. */
  readonly script: string;
  readonly isRightToLeft: boolean;
}

/** A font that HarfBuzz has loaded: shapes runs of one script and direction, and gives away its tables. */
export class FontFace {
  readonly name: FontName;
  readonly unitsPerEm: number;
  readonly #harfBuzz: HarfBuzz;
  readonly #face: Face;
  readonly #font: Font;
  readonly #buffer: Buffer;

  /** @param bytes copied into HarfBuzz's memory. */
  constructor(harfBuzz: HarfBuzz, name: FontName, bytes: Uint8Array<ArrayBuffer>) {
    this.name = name;
    this.#harfBuzz = harfBuzz;
    this.#face = new harfBuzz.Face(new harfBuzz.Blob(bytes));
    this.#font = new harfBuzz.Font(this.#face);
    this.#buffer = new harfBuzz.Buffer();
    this.unitsPerEm = this.#face.upem;
  }

  has(codePoint: number): boolean {
    return this.#font.nominalGlyph(codePoint) !== undefined;
  }

  /** The advance that the font itself gives a glyph. */
  advanceOf(glyph: number): number {
    return this.#font.glyphHAdvance(glyph);
  }

  /** Glyphs from left to right, whatever the direction. */
  shape({ text, start, end, script, isRightToLeft }: ShapeRun): ShapedGlyph[] {
    const { Direction, shape } = this.#harfBuzz;
    const buffer = this.#buffer;
    buffer.reset();
    buffer.addText(text, start, end - start);
    buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
    buffer.setScript(script);
    shape(this.#font, buffer);
    const positions = buffer.getGlyphPositions();
    return buffer.getGlyphInfos().map(({ codepoint, cluster }, index) => {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
      return { glyph: codepoint, cluster, advance: xAdvance, x: xOffset, y: yOffset };
    });
  }

  /** An outline as an SVG path, y upwards, in units of the font. */
  outlineOf(glyph: number): string {
    return this.#font.glyphToPath(glyph);
  }

  /** A copy of a table (`glyf`, `head` …). @throws {TypeError} when the font has none. */
  table(tag: string): Uint8Array<ArrayBuffer> {
    const table = this.#face.referenceTable(tag);
    if (table === undefined) throw new TypeError(`${this.name}: expected a table ${tag}`);
    return new Uint8Array(table);
  }
}
