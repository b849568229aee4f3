import { LINE_HEIGHT } from '../../fonts/fit-text.ts';
import type { Weight } from '../../fonts/text-shaper.ts';
import { exportError } from '../fault-error.ts';
import type { Box, Mark } from './sheet.ts';

export const POINTS_PER_MM = 72 / 25.4;
/** A QR code of 37 modules with the quiet zone of 4 on each side: its box is so many modules wide. */
export const QR_BOX_MODULES = 45;

/** A text of the ticket and the room it has; lengths in millimetres from the ticket's upper left corner, sizes in points. */
export interface PlacedField {
  /** A column's id, or `when`, `place`, `reprint`. */
  readonly id: string;
  readonly box: Box;
  readonly weight: Weight;
  readonly maxSize: number;
  readonly minSize: number;
  readonly maxLines: number;
  /** `start` is the right edge for text that reads from right to left. */
  readonly align: 'start' | 'centre';
  /** Moves up by what the fields above leave free. */
  readonly follows: boolean;
}

export interface TicketLayout {
  /** In the type's colour. */
  readonly bar: Box;
  /** With its quiet zone. */
  readonly qr: Box | null;
  readonly fields: readonly PlacedField[];
  /** Where a stub is torn off. */
  readonly tear: Mark | null;
}

export interface LayoutRequest {
  readonly width: number;
  readonly height: number;
  /** What stands in the text column, from the top. */
  readonly fields: readonly string[];
  /** What stands under the QR code, and on the stub. */
  readonly references: readonly string[];
  readonly hasQr: boolean;
  /** Width of the tear-off stub (its height, on upright tickets); 0: none. */
  readonly stub: number;
  readonly isReprint: boolean;
  /** To be worn: the name is the largest, and all is centred. */
  readonly isBadge: boolean;
}

interface Style {
  readonly weight: Weight;
  readonly size: number;
  readonly minSize: number;
  readonly lines: number;
}

const PLAIN: Style = { weight: 'regular', size: 8, minSize: 5, lines: 1 };
const STYLES: Readonly<Record<string, Style>> = {
  event: { weight: 'bold', size: 12, minSize: 6.5, lines: 2 },
  when: { weight: 'regular', size: 8.5, minSize: 5.5, lines: 2 },
  place: { weight: 'regular', size: 8.5, minSize: 5.5, lines: 2 },
  typeName: { weight: 'bold', size: 9.5, minSize: 6, lines: 1 },
  holder: { weight: 'bold', size: 13, minSize: 5, lines: 2 },
  notes: { ...PLAIN, lines: 2 },
};
const BADGE_STYLES: typeof STYLES = {
  holder: { weight: 'bold', size: 22, minSize: 8, lines: 2 },
  organisation: { weight: 'regular', size: 12, minSize: 6, lines: 2 },
};
const REFERENCE: Style = { weight: 'regular', size: 7.5, minSize: 4.5, lines: 1 };
const REPRINT: Style = { weight: 'bold', size: 7.5, minSize: 5, lines: 1 };

/** From this on a ticket is laid out as lying, with the QR code beside the text; else below it. */
const LYING_RATIO = 1.15;
const MAX_QR = 80;
/** Of a lying ticket's width; of an upright one's height. */
const QR_PART = 0.45;
/** Tickets of this size have texts of the styles' sizes; larger ones have larger ones, up to a limit. Millimetres. */
const USUAL_TEXT_WIDTH = 42;
const USUAL_SIDE = 60;
const LARGEST_TEXT = 3;
const LARGEST_REFERENCE = 2;
/** Between two fields, as a part of the upper one's line. */
const FIELD_GAP = 0.2;
/** Text no smaller than this is printed. */
const LEAST_SIZE = 3.5;

/**
 * Places everything on a ticket.
 * @throws {TicketmintError} `layout-invalid` when the ticket is too small for so many fields.
 */
export function layoutTicket(request: LayoutRequest): TicketLayout {
  const { width, height, stub } = request;
  const isLying = width >= LYING_RATIO * height;
  const body = isLying ? { width: width - stub, height } : { width, height: height - stub };
  const placed = isLying ? lying(body, request) : upright(body, request);
  if (stub === 0) return { ...placed, tear: null };
  const box: Box = isLying
    ? { x: body.width, y: 0, width: stub, height }
    : { x: 0, y: body.height, width, height: stub };
  const tear: Mark = isLying
    ? { from: [body.width, 0], to: [body.width, height] }
    : { from: [0, body.height], to: [width, body.height] };
  const ids = ['event', 'typeName', ...request.references].filter(
    (id) => request.fields.includes(id) || request.references.includes(id),
  );
  const stubFields = stacked(ids, inset(box, paddingOf(box)), { largest: 0.75, styles: STYLES });
  return { ...placed, fields: [...placed.fields, ...stubFields], tear };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function paddingOf({ width, height }: Size): number {
  return Math.min(8, Math.max(1.5, 0.05 * Math.min(width, height)));
}

function barOf({ width, height }: Size): number {
  return Math.min(4, Math.max(1.2, 0.04 * Math.min(width, height)));
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

type Body = Omit<TicketLayout, 'tear'>;

function lying(size: Size, request: LayoutRequest): Body {
  const padding = paddingOf(size);
  const bar: Box = { x: 0, y: 0, width: barOf(size), height: size.height };
  const inner = inset({ x: bar.width, y: 0, width: size.width - bar.width, height: size.height }, padding);
  if (!request.hasQr)
    return { bar, qr: null, fields: textColumn([...request.fields, ...request.references], inner, request) };
  const reference = referenceStyle(size);
  const below = linesHeight(request.references.length, reference);
  const side = Math.min(MAX_QR, inner.height - below, QR_PART * inner.width);
  const qr: Box = {
    x: inner.x + inner.width - side,
    y: inner.y + (inner.height - side - below) / 2,
    width: side,
    height: side,
  };
  const text: Box = { ...inner, width: inner.width - side - 0.5 * padding };
  return {
    bar,
    qr,
    fields: [...textColumn(request.fields, text, request, true), ...underneath(qr, request, reference)],
  };
}

function upright(size: Size, request: LayoutRequest): Body {
  const padding = paddingOf(size);
  const bar: Box = { x: 0, y: 0, width: size.width, height: barOf(size) };
  const inner = inset({ x: 0, y: bar.height, width: size.width, height: size.height - bar.height }, padding);
  if (!request.hasQr)
    return { bar, qr: null, fields: textColumn([...request.fields, ...request.references], inner, request) };
  const reference = referenceStyle(size);
  const below = linesHeight(request.references.length, reference);
  const side = Math.min(MAX_QR, inner.width, QR_PART * (inner.height - below));
  const qr: Box = {
    x: inner.x + (inner.width - side) / 2,
    y: inner.y + inner.height - side - below,
    width: side,
    height: side,
  };
  const text: Box = { ...inner, height: qr.y - inner.y - 0.5 * padding };
  return { bar, qr, fields: [...textColumn(request.fields, text, request), ...underneath(qr, request, reference)] };
}

/** Serial and code, centred under the QR code. */
function underneath(qr: Box, { references }: LayoutRequest, { size, minSize }: Style): PlacedField[] {
  const height = linesHeight(1, { size });
  return references.map((id, index) => ({
    id,
    box: { x: qr.x, y: qr.y + qr.height + index * height, width: qr.width, height },
    weight: id === 'serial' ? 'bold' : 'regular',
    maxSize: size,
    minSize,
    maxLines: 1,
    align: 'centre',
    follows: false,
  }));
}

function referenceStyle({ width, height }: Size): Style {
  const scale = Math.min(LARGEST_REFERENCE, Math.max(1, Math.min(width, height) / USUAL_SIDE));
  return { ...REFERENCE, size: scale * REFERENCE.size };
}

/** @param isCentred what is usual stands in the middle of the column's height; else at its top. */
function textColumn(
  fields: readonly string[],
  box: Box,
  { isReprint, isBadge }: LayoutRequest,
  isCentred = false,
): PlacedField[] {
  return stacked(isReprint ? ['reprint', ...fields] : fields, box, {
    largest: Math.min(LARGEST_TEXT, Math.max(0.7, box.width / USUAL_TEXT_WIDTH)),
    styles: isBadge ? { ...STYLES, ...BADGE_STYLES } : STYLES,
    isCentred,
    align: isBadge ? 'centre' : 'start',
  });
}

function linesHeight(lines: number, { size }: Pick<Style, 'size'>): number {
  return (lines * size * LINE_HEIGHT) / POINTS_PER_MM;
}

interface Stacking {
  /** By how much the styles' sizes may grow. */
  readonly largest: number;
  readonly styles: typeof STYLES;
  readonly isCentred?: boolean;
  readonly align?: PlacedField['align'];
}

/** How many lines fields may have, the first that has room enough: all two, only names two, all one. */
const LINES: readonly ((id: string, style: Style) => number)[] = [
  (_id, { lines }) => lines,
  (id, { lines }) => (id === 'holder' ? lines : 1),
  () => 1,
];
/** Less room than this, and fields give up lines. */
const LEAST_SCALE = 0.75;

/** One below the other, from the top; all shrink alike when they do not fit, then give up their second lines. */
function stacked(
  ids: readonly string[],
  box: Box,
  { largest, styles, isCentred = false, align = 'start' }: Stacking,
): PlacedField[] {
  if (ids.length === 0) return [];
  const styleOf = (id: string) => (id === 'reprint' ? REPRINT : (styles[id] ?? PLAIN));
  const heightOf = (linesOf: (typeof LINES)[number]) =>
    ids.reduce((sum, id) => sum + linesHeight(linesOf(id, styleOf(id)) + FIELD_GAP, styleOf(id)), 0);
  const [whole, named, single] = LINES as [(typeof LINES)[number], (typeof LINES)[number], (typeof LINES)[number]];
  const linesOf = [whole, named].find((lines) => box.height / heightOf(lines) >= LEAST_SCALE) ?? single;
  const scale = Math.min(largest, box.height / heightOf(linesOf));
  if (box.width < 8 || scale * PLAIN.size < LEAST_SIZE)
    throw exportError({ code: 'ticket-too-small', fields: ids.length });
  // Most texts take one line; those that take more go further down.
  const free = box.height - scale * heightOf(linesOf);
  let y = box.y + (isCentred ? Math.min(free, (box.height - scale * heightOf(single)) / 2) : 0);
  return ids.map((id, index) => {
    const style = styleOf(id);
    const maxLines = linesOf(id, style);
    const height = scale * linesHeight(maxLines, style);
    const field: PlacedField = {
      id,
      box: { x: box.x, y, width: box.width, height },
      weight: style.weight,
      maxSize: scale * style.size,
      minSize: Math.min(scale * style.size, style.minSize),
      maxLines,
      align,
      follows: index > 0,
    };
    y += height + scale * linesHeight(FIELD_GAP, style);
    return field;
  });
}
