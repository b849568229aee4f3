import { RecordError } from '../export/fault-error.ts';
import type { FontFace } from './font-face.ts';

/** One glyph of a cluster, and where it stands; in units of the font. */
export interface ClusterPart {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/** What people see as one character, or a ligature of several: drawn as one glyph of the subset. */
export interface Cluster {
  readonly text: string;
  readonly parts: readonly ClusterPart[];
  /** In units of the font. */
  readonly advance: number;
}

/** Codes are two bytes; 0 is what is drawn for no character. */
const MAX_CODES = 65_535;
/** Names pile no more marks on one letter; what does is cut, so that one glyph stays within the limits of its table. */
const MAX_PARTS = 64;
/** A destination string of a CMap has at most 512 bytes. */
const MAX_TEXT_UNITS = 256;

/**
 * The clusters of one font that a file uses, each under a code of its own in the order of first use. The same letter in
 * the same shape has one code; a code stands for exactly one text. So what is drawn can be read back to the letter,
 * whatever the shaper reordered or joined.
 */
export class FontSubset {
  readonly face: FontFace;
  readonly clusters: Cluster[] = [];
  readonly #codes = new Map<string, number>();

  constructor(face: FontFace) {
    this.face = face;
  }

  /**
   * The code of a cluster, new or known.
   * @throws {RecordError} when one file uses more than 65,535 of one font.
   */
  codeOf(text: string, parts: readonly ClusterPart[], advance: number): number {
    let key = text;
    for (const { glyph, x, y } of parts) key += `\0${glyph},${x},${y}`;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    const code = this.clusters.length + 1;
    if (code > MAX_CODES) throw new RecordError({ code: 'too-many-characters' });
    this.clusters.push({ text: text.slice(0, MAX_TEXT_UNITS), parts: parts.slice(0, MAX_PARTS), advance });
    this.#codes.set(key, code);
    return code;
  }

  /** The advance of a code in thousandths of the size. */
  widthOf(code: number): number {
    return this.toThousandths(this.clusters[code - 1]?.advance ?? 0);
  }

  toThousandths(units: number): number {
    return (1_000 * units) / this.face.unitsPerEm;
  }
}
