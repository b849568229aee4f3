import type { ShapedText } from '../fonts/text-shaper.ts';

/** Red, green, blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A rectangle from its lower left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Stroke added to letters of fonts without a bold, as a part of the size. */
export const EMBOLDENING = 1 / 36;

/** Drawing steps in a canvas's own language, which only it makes: text of a person never is one. */
export type Operators = string & { readonly isOperators: unique symbol };

/**
 * What a page is drawn on: a content stream of a PDF, or a picture for the screen. Lengths are in points (1/72 inch), y
 * upwards. Text enters only as shaped codes.
 */
export interface PageCanvas {
  /** Draws something with its lower left corner moved to (x, y); what it sets is undone afterwards. */
  at(x: number, y: number, draw: () => void): void;
  /** What follows within the same {@link at} is drawn inside this rectangle only. */
  clip(rectangle: Rectangle): void;
  /** Of text, areas, lines and masks. */
  setColour(colour: Colour): void;
  fillRectangle(rectangle: Rectangle): void;
  /** @param dash lengths of dashes and gaps, points, like `3 2`; empty: unbroken. */
  line(from: readonly [number, number], to: readonly [number, number], width: number, dash?: string): void;
  /** A line of text from (x, y) on its baseline; to be drawn, also again and again, by {@link append}. */
  text(line: ShapedText, x: number, y: number, size: number): Operators;
  append(operators: Operators): void;
  /**
   * Draws something that comes again and again, to be repeated by {@link append}: the document holds it once.
   * @param box what it may reach.
   */
  repeated(box: Rectangle, draw: () => void): Operators;
  /** Draws an image that the document has under this name. */
  image(name: string, rectangle: Rectangle): void;
  /**
   * Draws a small black and white picture in the current colour.
   * @param rows one bit a pixel, 1 is drawn; rows from the top, each padded to whole bytes.
   */
  mask(rows: Uint8Array, pixels: number, rectangle: Rectangle): void;
}
