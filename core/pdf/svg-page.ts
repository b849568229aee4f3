import type { FontSubset } from '../fonts/font-subset.ts';
import type { ShapedText } from '../fonts/text-shaper.ts';
import { real } from './objects.ts';
import { type Colour, EMBOLDENING, type Operators, type PageCanvas, type Rectangle } from './page-canvas.ts';

/** Codes of one text, and adjustments between them, as a TJ operator has them. */
const CODES_OR_ADJUSTMENT = /<([0-9A-F]*)>|(-?[\d.]+)/g;
const CODE_DIGITS = 4;

type Group = 'place' | 'clip' | 'colour';

/**
 * A page as an SVG picture, drawn by the same steps as in a PDF. Letters are outlines of the very glyphs that a PDF would
 * embed, so it looks the same wherever it is shown, and no text is in it.
 */
export class SvgPage implements PageCanvas {
  readonly #images: ReadonlyMap<string, string>;
  /** By font and code: the definition's id. */
  readonly #glyphs = new Map<FontSubset, Map<number, string>>();
  #definitions = '';
  #count = 0;
  #body = '';
  /** Groups that were opened and are not closed, for each {@link at} that is not left. */
  readonly #open: Group[][] = [[]];

  /** @param images `data:` URLs by the names under which they are drawn. */
  constructor(images: ReadonlyMap<string, string> = new Map()) {
    this.#images = images;
    for (const [name, url] of images)
      this.#definitions += `<image id="${name}" href="${url}" width="1" height="1" preserveAspectRatio="none"/>`;
  }

  /** The whole picture, on white. Lengths in points. */
  toString({ width, height }: { readonly width: number; readonly height: number }): string {
    const [w, h] = [real(width), real(height)];
    const open = '</g>'.repeat(this.#open[0]?.length ?? 0);
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${w}pt" height="${h}pt" viewBox="0 0 ${w} ${h}">` +
      `<defs>${this.#definitions}</defs><rect width="${w}" height="${h}" fill="#fff"/>` +
      `<g transform="matrix(1 0 0 -1 0 ${h})" fill="currentColor" color="#000">${this.#body}${open}</g></svg>`
    );
  }

  at(x: number, y: number, draw: () => void): void {
    this.#open.push([]);
    this.#group('place', `transform="translate(${real(x)} ${real(y)})"`);
    draw();
    this.#body += '</g>'.repeat(this.#open.pop()?.length ?? 0);
  }

  clip(rectangle: Rectangle): void {
    const id = `c${++this.#count}`;
    this.#definitions += `<clipPath id="${id}"><rect ${attributesOf(rectangle)}/></clipPath>`;
    this.#group('clip', `clip-path="url(#${id})"`);
  }

  setColour([red, green, blue]: Colour): void {
    // One within the other, the colours of a full page would be hundreds of groups deep.
    if (this.#open.at(-1)?.at(-1) === 'colour') {
      this.#open.at(-1)?.pop();
      this.#body += '</g>';
    }
    this.#group('colour', `color="rgb(${red} ${green} ${blue})"`);
  }

  fillRectangle(rectangle: Rectangle): void {
    this.#body += `<rect ${attributesOf(rectangle)}/>`;
  }

  line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], width: number, dash = ''): void {
    const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
    const ends = `M${real(x1)} ${real(y1)}L${real(x2)} ${real(y2)}`;
    this.#body += `<path d="${ends}" stroke="currentColor" stroke-width="${real(width)}"${dashes}/>`;
  }

  text({ segments }: ShapedText, x: number, y: number, size: number): Operators {
    let pen = 0;
    let letters = '';
    for (const { subset, shown, isEmboldened } of segments) {
      const { unitsPerEm } = subset.face;
      // The outlines are scaled to thousandths, their strokes with them.
      const stroke = isEmboldened ? ` stroke="currentColor" stroke-width="${real(unitsPerEm * EMBOLDENING)}"` : '';
      letters += `<g${stroke}>`;
      for (const [, codes, adjustment] of shown.matchAll(CODES_OR_ADJUSTMENT)) {
        if (codes === undefined) pen -= Number(adjustment);
        else
          for (let at = 0; at < codes.length; at += CODE_DIGITS) {
            const code = Number.parseInt(codes.slice(at, at + CODE_DIGITS), 16);
            letters += `<use href="#${this.#glyph(subset, code)}" x="${real(pen)}"/>`;
            pen += subset.widthOf(code);
          }
      }
      letters += '</g>';
    }
    return `<g transform="translate(${real(x)} ${real(y)}) scale(${size / 1_000})">${letters}</g>` as Operators;
  }

  append(operators: Operators): void {
    this.#body += operators;
  }

  repeated(_box: Rectangle, draw: () => void): Operators {
    const body = this.#body;
    this.#body = '';
    this.at(0, 0, draw);
    const drawn = this.#body;
    this.#body = body;
    return drawn as Operators;
  }

  image(name: string, rectangle: Rectangle): void {
    if (!this.#images.has(name)) throw new TypeError('expected an image of the page');
    this.#body += `<use href="#${name}" transform="${downwards(rectangle, 1)}"/>`;
  }

  mask(rows: Uint8Array, pixels: number, rectangle: Rectangle): void {
    const rowBytes = Math.ceil(pixels / 8);
    const isDrawn = (x: number, y: number) => ((rows[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    let path = '';
    for (let y = 0; y < pixels; y++)
      for (let x = 0; x < pixels; x++) {
        const from = x;
        while (x < pixels && isDrawn(x, y)) x++;
        if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
      }
    this.#body += `<path shape-rendering="crispEdges" transform="${downwards(rectangle, pixels)}" d="${path}"/>`;
  }

  #group(kind: Group, attributes: string): void {
    this.#body += `<g ${attributes}>`;
    this.#open.at(-1)?.push(kind);
  }

  /** Defines a code's picture when it is first used. */
  #glyph(subset: FontSubset, code: number): string {
    const known = this.#glyphs.get(subset) ?? new Map<number, string>();
    this.#glyphs.set(subset, known);
    const found = known.get(code);
    if (found !== undefined) return found;
    const id = `g${++this.#count}`;
    const { face, clusters } = subset;
    const outlines = (clusters[code - 1]?.parts ?? []).map(
      ({ glyph, x, y }) =>
        `<path d="${face.outlineOf(glyph)}"${x === 0 && y === 0 ? '' : ` transform="translate(${x} ${y})"`}/>`,
    );
    this.#definitions += `<g id="${id}"><g transform="scale(${1_000 / face.unitsPerEm})">${outlines.join('')}</g></g>`;
    known.set(code, id);
    return id;
  }
}

function attributesOf({ x, y, width, height }: Rectangle): string {
  return `x="${real(x)}" y="${real(y)}" width="${real(width)}" height="${real(height)}"`;
}

/** From a square of so many units, y downwards, to a rectangle of the page. */
function downwards({ x, y, width, height }: Rectangle, units: number): string {
  return `matrix(${width / units} 0 0 ${-height / units} ${real(x)} ${real(y + height)})`;
}
