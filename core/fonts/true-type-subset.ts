import type { FontSubset } from './font-subset.ts';
import {
  componentsOf,
  composed,
  INDEX_TO_LOC_FORMAT,
  isComposite,
  Outlines,
  renumbered,
  viewOf,
  withoutInstructions,
} from './true-type-tables.ts';

/**
 * The subset as a TrueType font for a PDF: glyph 0 is the font's own for "no character", glyph n draws cluster n, and
 * behind them come the glyphs that those are made of. Has the tables that ISO 32000 asks of an embedded font (glyf, head,
 * hhea, hmtx, loca, maxp) and no others; no instructions.
 */
export function buildTrueType({ face, clusters }: FontSubset): Uint8Array<ArrayBuffer> {
  const outlines = new Outlines(face);
  const numbers = numberGlyphs(outlines, clusters);
  const numberOf = (glyph: number) => numbers.get(glyph) ?? 0;
  const copyOf = (glyph: number) => {
    const outline = outlines.of(glyph);
    if (outline.length === 0) return outline;
    return isComposite(outline) ? renumbered(outline, numberOf) : withoutInstructions(outline);
  };
  const glyphs: Uint8Array<ArrayBuffer>[] = [copyOf(0)];
  const advances = [face.advanceOf(0)];
  for (const [index, { parts, advance }] of clusters.entries()) {
    const [first] = parts;
    const isCopy = first !== undefined && numbers.get(first.glyph) === index + 1;
    const drawn = parts
      .map(({ glyph, x, y }) => ({ number: numberOf(glyph), outline: outlines.of(glyph), x, y }))
      .filter(({ outline }) => outline.length > 0);
    glyphs.push(isCopy ? copyOf(first.glyph) : composed(drawn));
    advances.push(advance);
  }
  for (const [glyph, number] of numbers)
    if (number > clusters.length) {
      glyphs[number] = copyOf(glyph);
      advances[number] = 0;
    }
  const mostParts = Math.max(1, ...clusters.map(({ parts }) => parts.length));
  return fontFile({
    ...glyphTables(outlines.head, glyphs, advances),
    hhea: withNumber(face.table('hhea'), NUMBER_OF_H_METRICS, glyphs.length),
    maxp: maximumProfile(face.table('maxp'), glyphs.length, mostParts),
  });
}

/** The numbers in the subset of all glyphs that it needs: a cluster of one unmoved glyph has that glyph's outline. */
function numberGlyphs(outlines: Outlines, clusters: FontSubset['clusters']): Map<number, number> {
  const numbers = new Map<number, number>([[0, 0]]);
  for (const [index, { parts }] of clusters.entries()) {
    const [part] = parts;
    if (parts.length === 1 && part?.x === 0 && part.y === 0 && !numbers.has(part.glyph))
      numbers.set(part.glyph, index + 1);
  }
  let next = clusters.length + 1;
  const add = (glyph: number) => {
    if (!numbers.has(glyph)) numbers.set(glyph, next++);
  };
  for (const { parts } of clusters) for (const { glyph } of parts) add(glyph);
  // A map gives what is added while it is walked.
  for (const glyph of numbers.keys()) {
    const outline = outlines.of(glyph);
    if (isComposite(outline)) for (const component of componentsOf(outline)) add(component.glyph);
  }
  return numbers;
}

const CHECKSUM_ADJUSTMENT = 8;
const NUMBER_OF_H_METRICS = 34;
const NUM_GLYPHS = 4;

function withNumber(table: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  viewOf(table).setUint16(at, value);
  return table;
}

function glyphTables(head: Uint8Array<ArrayBuffer>, glyphs: readonly Uint8Array[], advances: readonly number[]) {
  const loca = new Uint8Array(4 * (glyphs.length + 1));
  const hmtx = new Uint8Array(4 * glyphs.length);
  const glyf = new Uint8Array(glyphs.reduce((sum, { length }) => sum + padded(length), 0));
  let at = 0;
  for (const [index, glyph] of glyphs.entries()) {
    viewOf(loca).setUint32(4 * index, at);
    viewOf(hmtx).setUint16(4 * index, advances[index] ?? 0);
    // The left side bearing is where the outline begins: anything else would move it.
    viewOf(hmtx).setInt16(4 * index + 2, glyph.length > 0 ? viewOf(glyph).getInt16(2) : 0);
    glyf.set(glyph, at);
    at += padded(glyph.length);
  }
  viewOf(loca).setUint32(4 * glyphs.length, at);
  viewOf(head).setUint32(CHECKSUM_ADJUSTMENT, 0);
  viewOf(head).setInt16(INDEX_TO_LOC_FORMAT, 1);
  return { glyf, head, hmtx, loca };
}

const MAX_POINTS = 6;
const MAX_CONTOURS = 8;
const MAX_COMPOSITE_POINTS = 10;
const MAX_COMPOSITE_CONTOURS = 12;
const MAX_SIZE_OF_INSTRUCTIONS = 26;
const MAX_COMPONENT_ELEMENTS = 28;
const MAX_COMPONENT_DEPTH = 30;
const MAX_UINT16 = 65_535;

/** Upper bounds: a cluster is one level above what the font had. */
function maximumProfile(table: Uint8Array<ArrayBuffer>, glyphs: number, parts: number): Uint8Array<ArrayBuffer> {
  const view = viewOf(table);
  const most = (simple: number, composite: number) =>
    Math.min(MAX_UINT16, parts * Math.max(view.getUint16(simple), view.getUint16(composite)));
  const [points, contours] = [most(MAX_POINTS, MAX_COMPOSITE_POINTS), most(MAX_CONTOURS, MAX_COMPOSITE_CONTOURS)];
  view.setUint16(NUM_GLYPHS, glyphs);
  view.setUint16(MAX_COMPOSITE_POINTS, points);
  view.setUint16(MAX_COMPOSITE_CONTOURS, contours);
  view.setUint16(MAX_SIZE_OF_INSTRUCTIONS, 0);
  view.setUint16(MAX_COMPONENT_ELEMENTS, Math.max(parts, view.getUint16(MAX_COMPONENT_ELEMENTS)));
  view.setUint16(MAX_COMPONENT_DEPTH, view.getUint16(MAX_COMPONENT_DEPTH) + 1);
  return table;
}

const TABLE_RECORD_BYTES = 16;
const OFFSET_TABLE_BYTES = 12;
const TRUE_TYPE_VERSION = 0x0001_0000;

function fontFile(tables: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Uint8Array<ArrayBuffer> {
  const tags = Object.keys(tables).sort();
  const bodies = tags.map((tag) => tables[tag] as Uint8Array<ArrayBuffer>);
  const start = OFFSET_TABLE_BYTES + TABLE_RECORD_BYTES * tags.length;
  const file = new Uint8Array(bodies.reduce((sum, { length }) => sum + padded(length), start));
  const view = viewOf(file);
  const entrySelector = Math.floor(Math.log2(tags.length));
  view.setUint32(0, TRUE_TYPE_VERSION);
  view.setUint16(4, tags.length);
  view.setUint16(6, 16 * 2 ** entrySelector);
  view.setUint16(8, entrySelector);
  view.setUint16(10, 16 * (tags.length - 2 ** entrySelector));
  let at = start;
  for (const [index, body] of bodies.entries()) {
    const record = OFFSET_TABLE_BYTES + TABLE_RECORD_BYTES * index;
    file.set(body, at);
    for (let char = 0; char < 4; char++) file[record + char] = (tags[index] as string).charCodeAt(char);
    view.setUint32(record + 4, checksum(view, at, padded(body.length)));
    view.setUint32(record + 8, at);
    view.setUint32(record + 12, body.length);
    at += padded(body.length);
  }
  return file;
}

function checksum(view: DataView, start: number, bytes: number): number {
  let sum = 0;
  for (let at = start; at < start + bytes; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}
