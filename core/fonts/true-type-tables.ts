import type { FontFace } from './font-face.ts';

/** Outlines of a TrueType font by glyph (OpenType `glyf` and `loca`). */
export class Outlines {
  readonly head: Uint8Array<ArrayBuffer>;
  readonly #glyf: Uint8Array<ArrayBuffer>;
  readonly #loca: DataView;
  readonly #isLong: boolean;

  constructor(face: FontFace) {
    this.head = face.table('head');
    this.#glyf = face.table('glyf');
    this.#loca = viewOf(face.table('loca'));
    this.#isLong = viewOf(this.head).getInt16(INDEX_TO_LOC_FORMAT) === 1;
  }

  /** The glyph's description; empty for those without an outline. */
  of(glyph: number): Uint8Array<ArrayBuffer> {
    return this.#glyf.subarray(this.#offset(glyph), this.#offset(glyph + 1));
  }

  #offset(index: number): number {
    return this.#isLong ? this.#loca.getUint32(4 * index) : 2 * this.#loca.getUint16(2 * index);
  }
}

/** Where `head` says whether `loca` has 16-bit or 32-bit offsets. */
export const INDEX_TO_LOC_FORMAT = 50;
/** Bytes before the outline of every glyph: number of contours, then its bounding box. */
const GLYPH_HEADER_BYTES = 10;

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function isComposite(glyph: Uint8Array): boolean {
  return glyph.length > 0 && viewOf(glyph).getInt16(0) < 0;
}

const ARGS_ARE_WORDS = 0x0001;
const ARGS_ARE_XY_VALUES = 0x0002;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_X_AND_Y_SCALE = 0x0040;
const HAS_TWO_BY_TWO = 0x0080;
const HAS_INSTRUCTIONS = 0x0100;

interface Component {
  readonly flags: number;
  readonly glyph: number;
  /** Where it begins in the composite's description, and where the next one does. */
  readonly start: number;
  readonly end: number;
}

/** What a composite glyph is made of. */
export function* componentsOf(composite: Uint8Array): Generator<Component> {
  const view = viewOf(composite);
  let start = GLYPH_HEADER_BYTES;
  for (let isLast = false; !isLast; ) {
    const flags = view.getUint16(start);
    const argsBytes = flags & ARGS_ARE_WORDS ? 4 : 2;
    const scaleBytes = flags & HAS_SCALE ? 2 : flags & HAS_X_AND_Y_SCALE ? 4 : flags & HAS_TWO_BY_TWO ? 8 : 0;
    const end = start + 4 + argsBytes + scaleBytes;
    yield { flags, glyph: view.getUint16(start + 2), start, end };
    start = end;
    isLast = (flags & MORE_COMPONENTS) === 0;
  }
}

/** A simple glyph without its instructions, which only small screens need. */
export function withoutInstructions(simple: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = viewOf(simple);
  const lengthAt = GLYPH_HEADER_BYTES + 2 * view.getInt16(0);
  const instructions = view.getUint16(lengthAt);
  if (instructions === 0) return simple;
  const stripped = new Uint8Array(simple.length - instructions);
  stripped.set(simple.subarray(0, lengthAt));
  stripped.set(simple.subarray(lengthAt + 2 + instructions), lengthAt + 2);
  return stripped;
}

/** A composite with its components under other numbers, and without instructions. */
export function renumbered(
  composite: Uint8Array<ArrayBuffer>,
  numberOf: (glyph: number) => number,
): Uint8Array<ArrayBuffer> {
  const components = [...componentsOf(composite)];
  const copy = composite.slice(0, components.at(-1)?.end);
  const view = viewOf(copy);
  for (const { flags, glyph, start } of components) {
    view.setUint16(start, flags & ~HAS_INSTRUCTIONS);
    view.setUint16(start + 2, numberOf(glyph));
  }
  return copy;
}

/** A glyph made of others, each moved by (x, y). Those without an outline are to be left out. */
export function composed(
  parts: readonly { readonly number: number; readonly outline: Uint8Array; readonly x: number; readonly y: number }[],
): Uint8Array<ArrayBuffer> {
  if (parts.length === 0) return new Uint8Array(0);
  const glyph = new Uint8Array(GLYPH_HEADER_BYTES + 8 * parts.length);
  const view = viewOf(glyph);
  view.setInt16(0, -1);
  const box = [32_767, 32_767, -32_768, -32_768];
  let at = GLYPH_HEADER_BYTES;
  for (const [index, { number, outline, x, y }] of parts.entries()) {
    const more = index < parts.length - 1 ? MORE_COMPONENTS : 0;
    view.setUint16(at, ARGS_ARE_WORDS | ARGS_ARE_XY_VALUES | more);
    view.setUint16(at + 2, number);
    view.setInt16(at + 4, x);
    view.setInt16(at + 6, y);
    at += 8;
    const from = viewOf(outline);
    for (const side of [0, 1, 2, 3]) {
      const moved = from.getInt16(2 + 2 * side) + (side % 2 === 0 ? x : y);
      box[side] = side < 2 ? Math.min(box[side] as number, moved) : Math.max(box[side] as number, moved);
    }
  }
  for (const [side, value] of box.entries()) view.setInt16(2 + 2 * side, value);
  return glyph;
}
