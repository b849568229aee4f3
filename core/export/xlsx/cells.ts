import { RecordError } from '../fault-error.ts';
import { isFormulaStart } from '../formula-start.ts';
import { MAX_LINE_FEEDS, MAX_TEXT_LENGTH } from './limits.ts';
import { xmlText } from './xml-text.ts';

/** Styles of text by the index of their `xf`; see `styles.ts`. */
export interface TextStyles {
  readonly plain: number;
  /** With quotePrefix: editing the cell does not make a formula of it. */
  readonly quoted: number;
}

const SPACE = 0x20;
const WHITE_SPACE_INSIDE = /[\t\n]| {2}/;

/*
 * Cells are written from after `<c`, so that whoever writes a row puts a reference there or not.
 * Text is inline: a table of shared strings would have to be held until the end.
 */

/**
 * A text cell; never a formula, whatever the text.
 * @param column whose cell it is, if one's.
 * @throws {RecordError} when Excel would cut it: no text is ever shortened here.
 */
export function textCell(text: string, styles: TextStyles, column?: string): string {
  if (text === '') return emptyCell(styles.plain);
  checkText(text, column);
  const style = isFormulaStart(text.charCodeAt(0)) ? styles.quoted : styles.plain;
  const space = isSpaceKept(text) ? ' xml:space="preserve"' : '';
  return ` s="${style}" t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}

/** @param value its lexical form: digits, sign and point. */
export function numberCell(value: string, style: number): string {
  return ` s="${style}"><v>${value}</v></c>`;
}

export function emptyCell(style: number): string {
  return ` s="${style}"/>`;
}

function checkText(text: string, column: string | undefined): void {
  if (text.length > MAX_TEXT_LENGTH)
    throw new RecordError({ code: 'text-too-long', column, most: MAX_TEXT_LENGTH, found: text.length });
  if (text.length <= MAX_LINE_FEEDS) return;
  let lineFeeds = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineFeeds++;
  if (lineFeeds > MAX_LINE_FEEDS)
    throw new RecordError({ code: 'too-many-lines', column, most: MAX_LINE_FEEDS, found: lineFeeds });
}

/** Excel drops white space around a text, unless it is told not to. */
function isSpaceKept(text: string): boolean {
  return text.charCodeAt(0) <= SPACE || text.charCodeAt(text.length - 1) <= SPACE || WHITE_SPACE_INSIDE.test(text);
}

/** `A` for 0, `AA` for 26. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(0x41 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
