import type { ShapedText } from '../fonts/text-shaper.ts';
import { ByteWriter } from './byte-writer.ts';
import { real } from './objects.ts';
import { type Colour, EMBOLDENING, type Operators, type PageCanvas, type Rectangle } from './page-canvas.ts';

/** Names the resources that content refers to. */
export interface ResourceNames {
  /** Like `F1`. */
  fontName(subset: ShapedText['segments'][number]['subset']): string;
  /** Stores a form XObject (§8.10). @returns its name, like `X12`. */
  addForm(content: Uint8Array<ArrayBuffer>, box: Rectangle): string;
}

/**
 * The content stream of a page (ISO 32000-2 §7.8.2), operator by operator. Text enters only as shaped codes in
 * hex strings.
 */
export class ContentStream implements PageCanvas {
  #out = new ByteWriter();
  readonly #names: ResourceNames;

  constructor(names: ResourceNames) {
    this.#names = names;
  }

  /** The page's bytes; the stream begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#out.take();
  }

  at(x: number, y: number, draw: () => void): void {
    this.#out.ascii(`q 1 0 0 1 ${real(x)} ${real(y)} cm\n`);
    draw();
    this.#out.ascii('Q\n');
  }

  clip(rectangle: Rectangle): void {
    this.#out.ascii(`${rectangleOf(rectangle)} re W n\n`);
  }

  setColour([red, green, blue]: Colour): void {
    const rgb = `${real(red / 255)} ${real(green / 255)} ${real(blue / 255)}`;
    this.#out.ascii(`${rgb} rg ${rgb} RG\n`);
  }

  fillRectangle(rectangle: Rectangle): void {
    this.#out.ascii(`${rectangleOf(rectangle)} re f\n`);
  }

  line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], width: number, dash = ''): void {
    this.#out.ascii(`[${dash}] 0 d ${real(width)} w ${real(x1)} ${real(y1)} m ${real(x2)} ${real(y2)} l S\n`);
  }

  text({ segments }: ShapedText, x: number, y: number, size: number): Operators {
    if (segments.length === 0) return '' as Operators;
    let operators = `BT ${real(x)} ${real(y)} Td\n`;
    for (const { subset, shown, isEmboldened } of segments) {
      const bold = isEmboldened ? `2 Tr ${real(size * EMBOLDENING)} w ` : '';
      operators += `/${this.#names.fontName(subset)} ${real(size)} Tf ${bold}[${shown}]TJ${isEmboldened ? ' 0 Tr' : ''}\n`;
    }
    const text = `${operators}ET\n` as Operators;
    // Looking into it makes one piece of it: many small ones would be taken for lasting.
    text.charCodeAt(0);
    return text;
  }

  append(operators: Operators): void {
    this.#out.ascii(operators);
  }

  repeated(box: Rectangle, draw: () => void): Operators {
    const page = this.#out;
    this.#out = new ByteWriter();
    draw();
    const content = this.#out.take();
    this.#out = page;
    return `/${this.#names.addForm(content, box)} Do\n` as Operators;
  }

  /** Draws an image XObject of the page's resources. */
  image(name: string, { x, y, width, height }: Rectangle): void {
    this.#out.ascii(`q ${real(width)} 0 0 ${real(height)} ${real(x)} ${real(y)} cm /${name} Do Q\n`);
  }

  /**
   * Draws a small black and white picture in the current colour, as an inline image mask (§8.9.6.2): exact at any zoom,
   * without seams, and smaller than its dark rectangles as a path.
   */
  mask(rows: Uint8Array, pixels: number, { x, y, width, height }: Rectangle): void {
    const out = this.#out;
    out.ascii(`q ${real(width)} 0 0 ${real(height)} ${real(x)} ${real(y)} cm\n`);
    const isSafe = !looksLikeEnd(rows);
    out.ascii(`BI/W ${pixels}/H ${pixels}/IM true/BPC 1/D[1 0]${isSafe ? '' : '/F/AHx'}\nID `);
    if (isSafe) out.bytes(rows);
    else out.ascii(`${hexOf(rows)}>`);
    out.ascii('\nEI Q\n');
  }
}

function rectangleOf({ x, y, width, height }: Rectangle): string {
  return `${real(x)} ${real(y)} ${real(width)} ${real(height)}`;
}

const E = 0x45;
const I = 0x49;

/** Readers find the end of an inline image by looking for `EI`; such data are written in hex instead. */
function looksLikeEnd(data: Uint8Array): boolean {
  for (let at = data.indexOf(E); at >= 0; at = data.indexOf(E, at + 1)) if (data[at + 1] === I) return true;
  return false;
}

function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
