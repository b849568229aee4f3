import type { TicketsPdfOptions } from './tickets-pdf-options.ts';

/** Lengths in millimetres, from the page's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Mark {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** How tickets lie on a page. */
export interface Sheet {
  readonly page: { readonly width: number; readonly height: number };
  /** Size of a ticket once it is cut. */
  readonly ticket: { readonly width: number; readonly height: number };
  /** The tickets' places, row by row. */
  readonly cells: readonly Box[];
  /** How far the background reaches over the cut. */
  readonly bleed: number;
  readonly marks: readonly Mark[];
}

interface Grid {
  readonly page: readonly [width: number, height: number];
  readonly columns: number;
  readonly rows: number;
  readonly marginX: number;
  readonly marginY: number;
  readonly gapX: number;
  readonly gapY: number;
}

const A4 = [210, 297] as const;
const LETTER = [215.9, 279.4] as const;

function grid(page: readonly [number, number], columns: number, rows: number, margin: number): Grid {
  return { page, columns, rows, marginX: margin, marginY: margin, gapX: 0, gapY: 0 };
}

/** Tickets fill what the margins leave. */
const PRESETS = {
  'a4-2x4': grid(A4, 2, 4, 10),
  'a4-2x5': grid(A4, 2, 5, 10),
  'a4-3x8': grid(A4, 3, 8, 0),
  'a4-1': grid(A4, 1, 1, 15),
  'letter-2x4': grid(LETTER, 2, 4, 10),
  'letter-2x5': grid(LETTER, 2, 5, 10),
  'letter-3x8': grid(LETTER, 3, 8, 0),
  'letter-1': grid(LETTER, 1, 1, 15),
  'roll-80': grid([80, 140], 1, 1, 4),
  badge: grid(A4, 2, 2, 0),
} as const satisfies Record<Exclude<TicketsPdfOptions['layout'], 'custom'>, Grid>;

/** A crop mark begins this far from the bleed, and is so long. */
const MARK_DISTANCE = 1;
const MARK_LENGTH = 4;

/** The sheet that the options ask for. Bleed and crop marks widen gaps and margins; the tickets give way. */
export function sheetOf(options: TicketsPdfOptions): Sheet {
  const { bleedMm: bleed, cropMarks } = options;
  const asked = options.layout === 'custom' ? customGrid(options) : PRESETS[options.layout];
  const outside = bleed + (cropMarks ? MARK_DISTANCE + MARK_LENGTH + 1 : 0);
  const { page, columns, rows, marginX, marginY, gapX, gapY } = {
    ...asked,
    marginX: Math.max(asked.marginX, outside),
    marginY: Math.max(asked.marginY, outside),
    gapX: Math.max(asked.gapX, 2 * bleed),
    gapY: Math.max(asked.gapY, 2 * bleed),
  };
  const width = (page[0] - 2 * marginX - (columns - 1) * gapX) / columns;
  const height = (page[1] - 2 * marginY - (rows - 1) * gapY) / rows;
  const cells = Array.from(
    { length: rows * columns },
    (_, index): Box => ({
      x: marginX + (index % columns) * (width + gapX),
      y: marginY + Math.floor(index / columns) * (height + gapY),
      width,
      height,
    }),
  );
  const [pageWidth, pageHeight] = page;
  const marks = cropMarks ? cropMarksOf(cells, bleed) : [];
  return { page: { width: pageWidth, height: pageHeight }, ticket: { width, height }, cells, bleed, marks };
}

function customGrid({ custom }: TicketsPdfOptions): Grid {
  const { pageWidthMm, pageHeightMm, columns, rows, marginXMm, marginYMm, gapXMm, gapYMm } = custom;
  return {
    page: [pageWidthMm, pageHeightMm],
    columns,
    rows,
    marginX: marginXMm,
    marginY: marginYMm,
    gapX: gapXMm,
    gapY: gapYMm,
  };
}

/** Marks in the margins, at every edge that is cut. */
function cropMarksOf(cells: readonly Box[], bleed: number): Mark[] {
  const xs = distinct(cells.flatMap(({ x, width }) => [x, x + width]));
  const ys = distinct(cells.flatMap(({ y, height }) => [y, y + height]));
  const near = bleed + MARK_DISTANCE;
  const far = near + MARK_LENGTH;
  const [left, right, top, bottom] = [xs[0] ?? 0, xs.at(-1) ?? 0, ys[0] ?? 0, ys.at(-1) ?? 0];
  return [
    ...xs.flatMap((x): Mark[] => [
      { from: [x, top - far], to: [x, top - near] },
      { from: [x, bottom + near], to: [x, bottom + far] },
    ]),
    ...ys.flatMap((y): Mark[] => [
      { from: [left - far, y], to: [left - near, y] },
      { from: [right + near, y], to: [right + far, y] },
    ]),
  ];
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values.map((value) => Math.round(value * 1_000) / 1_000))].sort((left, right) => left - right);
}
