import { type FittedText, fitText, LINE_HEIGHT } from '../../fonts/fit-text.ts';
import type { TextShaper } from '../../fonts/text-shaper.ts';
import type { PreparedImage } from '../../pdf/embed-image.ts';
import type { Colour, Operators, PageCanvas, Rectangle } from '../../pdf/page-canvas.ts';
import { encodeQr, isQrText } from '../../qr/encode.ts';
import { QR_QUIET_ZONE } from '../../qr/matrix.ts';
import { RecordError } from '../fault-error.ts';
import { typeColour } from '../type-colours.ts';
import type { Box, Mark, Sheet } from './sheet.ts';
import { type PlacedField, POINTS_PER_MM, QR_BOX_MODULES } from './ticket-layout.ts';
import { pageBoxOf, type TicketPlan } from './ticket-plan.ts';
import type { TicketTexts } from './ticket-text.ts';

/** A ticket that is shaped and fitted, and only needs its place. */
export interface PreparedTicket {
  /** In the order of the layout's fields. */
  readonly fields: readonly DrawnField[];
  /** What its QR code holds; null without one. */
  readonly token: string | null;
  readonly colour: Colour;
}

export interface Background {
  /** By which the canvas knows the image. */
  readonly name: string;
  /** Pixels. */
  readonly size: Pick<PreparedImage, 'width' | 'height'>;
}

export interface PainterInput extends Pick<TicketPlan, 'sheet' | 'layout'> {
  readonly canvas: PageCanvas;
  readonly shaper: TextShaper;
  readonly hasCutLines: boolean;
  readonly background: Background | null;
  /** Colour names by type name. */
  readonly typeColours: Readonly<Record<string, string>>;
}

const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];
const CUT_LINE: Colour = [190, 190, 190];
const HAIRLINE = 0.25;
const TEAR_DASH = '3 2';
/** The first baseline below the top of its line, as a part of the size. */
const ASCENT = 0.95;

/** Texts of one field that are remembered: what many tickets share, like the names of the types, comes again soon. */
const REMEMBERED_TEXTS = 32;
/** So many texts of a file are stored once and repeated; a few more make no difference. */
const MAX_REPEATED = 1_000;

/**
 * Draws tickets. Everything on a ticket is placed from its own lower left corner, so that what tickets share is the same
 * on each of them, and stored once: the colour bar with the background, and texts that come again.
 */
export class TicketPainter {
  readonly #input: PainterInput;
  /** By field: texts that came once; only they, as what is drawn for them would outlive its page. */
  readonly #seen: readonly Set<string>[];
  /** By field and text: what came again. */
  readonly #repeated: readonly Map<string, DrawnField>[];
  /** What stands beneath the texts, by the type's colour. */
  readonly #grounds = new Map<Colour, Operators>();
  #marks: Operators | undefined;
  #repeatedCount = 0;

  constructor(input: PainterInput) {
    this.#input = input;
    this.#seen = input.layout.fields.map(() => new Set());
    this.#repeated = input.layout.fields.map(() => new Map());
  }

  /** @throws {RecordError} when the ticket cannot be drawn. */
  prepare({ texts, token, typeName }: TicketTexts): PreparedTicket {
    const { layout, typeColours } = this.#input;
    let free = 0;
    return {
      fields: layout.fields.map((field, index) => {
        const text = texts.get(field.id) ?? '';
        const up = field.follows ? free : 0;
        const drawn = this.#drawnField(field, index, text, up);
        free = up + drawn.free;
        return drawn;
      }),
      token: layout.qr === null ? null : checkedToken(token),
      colour: typeColour(typeName, typeColours),
    };
  }

  /** Draws one sheet. @param tickets by cell; null: an empty place. */
  drawSheet(tickets: readonly (PreparedTicket | null)[]): void {
    const { sheet } = this.#input;
    this.#marks ??= this.#input.canvas.repeated(this.#pageArea(), () => this.#drawMarks());
    this.#input.canvas.append(this.#marks);
    for (const [index, ticket] of tickets.entries()) {
      const cell = sheet.cells[index];
      if (ticket === null || cell === undefined) continue;
      const y = sheet.page.height - cell.y - cell.height;
      this.#input.canvas.at(cell.x * POINTS_PER_MM, y * POINTS_PER_MM, () => this.#drawTicket(ticket));
    }
  }

  #drawTicket({ fields, token, colour }: PreparedTicket): void {
    const { canvas, layout } = this.#input;
    canvas.append(this.#groundOf(colour));
    for (const { operators } of fields) canvas.append(operators);
    if (token === null || layout.qr === null) return;
    const { rows, size } = encodeQr(token);
    const { x, y, width } = layout.qr;
    const quiet = (width * QR_QUIET_ZONE) / QR_BOX_MODULES;
    const side = width - 2 * quiet;
    canvas.mask(rows, size, this.#rectangle({ x: x + quiet, y: y + quiet, width: side, height: side }));
  }

  #groundOf(colour: Colour): Operators {
    const known = this.#grounds.get(colour);
    if (known !== undefined) return known;
    const ground = this.#input.canvas.repeated(this.#area(), () => this.#drawGround(colour));
    this.#grounds.set(colour, ground);
    return ground;
  }

  #drawGround(colour: Colour): void {
    const { canvas, layout, background, sheet } = this.#input;
    if (background !== null) this.#drawBackground(background);
    canvas.setColour(colour);
    canvas.fillRectangle(this.#rectangle(withBleed(layout.bar, sheet)));
    if (background !== null && layout.qr !== null) {
      canvas.setColour(WHITE);
      canvas.fillRectangle(this.#rectangle(layout.qr));
    }
    canvas.setColour(BLACK);
    if (layout.tear !== null) this.#line(layout.tear, TEAR_DASH);
  }

  #drawMarks(): void {
    const { canvas, sheet, hasCutLines } = this.#input;
    const height = sheet.page.height * POINTS_PER_MM;
    const draw = ({ from, to }: Mark) =>
      canvas.line(
        [from[0] * POINTS_PER_MM, height - from[1] * POINTS_PER_MM],
        [to[0] * POINTS_PER_MM, height - to[1] * POINTS_PER_MM],
        HAIRLINE,
      );
    for (const mark of sheet.marks) draw(mark);
    if (!hasCutLines || sheet.cells.length === 1) return;
    canvas.setColour(CUT_LINE);
    for (const { x, y, width, height: down } of sheet.cells) {
      draw({ from: [x, y], to: [x + width, y] });
      draw({ from: [x, y], to: [x, y + down] });
      draw({ from: [x + width, y], to: [x + width, y + down] });
      draw({ from: [x, y + down], to: [x + width, y + down] });
    }
  }

  /** Covers the ticket and its bleed, cut where its shape differs. */
  #drawBackground({ name, size }: Background): void {
    const { canvas } = this.#input;
    const area = this.#area();
    const scale = Math.max(area.width / size.width, area.height / size.height);
    const drawn = { width: size.width * scale, height: size.height * scale };
    canvas.at(0, 0, () => {
      canvas.clip(area);
      canvas.image(name, {
        x: area.x + (area.width - drawn.width) / 2,
        y: area.y + (area.height - drawn.height) / 2,
        ...drawn,
      });
    });
  }

  /** The ticket with its bleed. */
  #area(): Rectangle {
    const { bleed, ticket } = this.#input.sheet;
    const [width, height] = [ticket.width + 2 * bleed, ticket.height + 2 * bleed];
    return this.#rectangle({ x: -bleed, y: -bleed, width, height });
  }

  #pageArea(): Rectangle {
    const { width, height } = pageBoxOf(this.#input.sheet);
    return { x: 0, y: 0, width, height };
  }

  #line({ from, to }: Mark, dash: string): void {
    const height = this.#input.sheet.ticket.height;
    const point = ([x, y]: readonly [number, number]) => [x * POINTS_PER_MM, (height - y) * POINTS_PER_MM] as const;
    this.#input.canvas.line(point(from), point(to), HAIRLINE, dash);
  }

  /** In points from the ticket's lower left corner. */
  #rectangle({ x, y, width, height }: Box): Rectangle {
    return {
      x: x * POINTS_PER_MM,
      y: (this.#input.sheet.ticket.height - y - height) * POINTS_PER_MM,
      width: width * POINTS_PER_MM,
      height: height * POINTS_PER_MM,
    };
  }

  #drawnField(field: PlacedField, index: number, text: string, up: number): DrawnField {
    const { box } = field;
    if (text === '') return nothingIn(box);
    const repeated = this.#repeated[index] as Map<string, DrawnField>;
    const key = `${up} ${text}`;
    const known = repeated.get(key);
    if (known !== undefined) return known;
    const drawn = this.#drawText({ ...field, box: { ...box, y: box.y - up } }, text);
    if (!this.#isSeenAgain(index, key)) return drawn;
    const { canvas } = this.#input;
    const operators = canvas.repeated(this.#area(), () => canvas.append(drawn.operators));
    const stored = { ...drawn, operators };
    repeated.set(key, stored);
    return stored;
  }

  /** Whether a text came lately, and is to be stored once. */
  #isSeenAgain(index: number, key: string): boolean {
    const seen = this.#seen[index] as Set<string>;
    if (seen.has(key) && this.#repeatedCount < MAX_REPEATED) {
      this.#repeatedCount++;
      return true;
    }
    if (seen.size >= REMEMBERED_TEXTS) seen.clear();
    seen.add(key);
    return false;
  }

  #drawText(field: PlacedField, text: string): DrawnField {
    const { canvas, shaper } = this.#input;
    const { box, align } = field;
    const area = this.#rectangle(box);
    const { lines, size } = fitField(shaper, field, text);
    let operators = '';
    for (const [index, line] of lines.entries()) {
      const free = area.width - (line.width * size) / 1_000;
      const indent = align === 'centre' ? free / 2 : line.isRightToLeft ? free : 0;
      const baseline = area.y + area.height - size * (ASCENT + index * LINE_HEIGHT);
      operators += canvas.text(line, area.x + indent, baseline, size);
    }
    const used = (lines.length * size * LINE_HEIGHT) / POINTS_PER_MM;
    return { operators: operators as Operators, free: Math.max(0, box.height - used) };
  }
}

/** A field as it is drawn, and what it left free of its height in millimetres. */
interface DrawnField {
  readonly operators: Operators;
  readonly free: number;
}

/** Fits a text into its field, as it is printed. */
export function fitField(shaper: TextShaper, field: PlacedField, text: string): FittedText {
  const { weight, maxSize, minSize, maxLines, box } = field;
  const [width, height] = [box.width * POINTS_PER_MM, box.height * POINTS_PER_MM];
  return fitText(shaper, text, { width, height, weight, maxSize, minSize, maxLines });
}

function nothingIn({ height }: Box): DrawnField {
  return { operators: '' as Operators, free: height };
}

/** The bar reaches over the cut on the sides where it touches it. */
function withBleed({ x, y, width, height }: Box, { bleed, ticket }: Sheet): Box {
  const isUpright = height === ticket.height;
  return {
    x: x - bleed,
    y: y - bleed,
    width: width + (isUpright ? bleed : 2 * bleed),
    height: height + (isUpright ? 2 * bleed : bleed),
  };
}

function checkedToken(token: string | null): string {
  if (token !== null && isQrText(token)) return token;
  throw new RecordError({ code: 'no-qr-text', column: 'token' });
}
