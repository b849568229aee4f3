import { z } from 'zod';
import { MAX_FIELD_LENGTH } from '../chunk/chunk.ts';
import { TicketmintError } from '../errors.ts';
import { MAX_SERIAL } from '../ticket/token.ts';

/** How the seats or numbers of a batch are written, one after another. */
export interface SeatPattern {
  /** Text with the placeholders `{row}`, `{seat}` (within the row) and `{n}` (running number): `A-{row}-{seat}`. */
  readonly template: string;
  /** 1 to 1,000,000. */
  readonly seatsPerRow: number;
  /** The first row: `A`, `AA` (letters go on as in a spreadsheet: Z, AA, AB) or `1`, `01` (the zeros are kept). */
  readonly rowStart: string;
  /** The first seat of every row, 0 to 1,000,000. */
  readonly seatStart: number;
  /** The first running number, 0 to 1,000,000,000. */
  readonly numberStart: number;
  /** Digits that `{seat}` and `{n}` have at least, 0 to 12. */
  readonly padding: number;
}

type Placeholder = 'row' | 'seat' | 'n';
type Part = { readonly text: string } | { readonly placeholder: Placeholder };
/** The largest 0-based index a batch can have. */
const MAX_INDEX = MAX_SERIAL - 1;
const PLACEHOLDERS: readonly string[] = ['row', 'seat', 'n'] satisfies Placeholder[];

/** Parses a pattern and checks that it compiles. Defaults: rows from A with 50 seats from 1, numbers from 1, no padding. */
export const seatPatternSchema = z
  .object({
    template: z.string(),
    seatsPerRow: z.number().int().min(1).max(1_000_000).default(50),
    rowStart: z
      .string()
      .regex(/^([A-Z]{1,4}|[0-9]{1,9})$/, 'expected up to four capital letters or nine digits')
      .default('A'),
    seatStart: z.number().int().min(0).max(1_000_000).default(1),
    numberStart: z.number().int().min(0).max(1_000_000_000).default(1),
    padding: z.number().int().min(0).max(12).default(0),
  })
  .superRefine((pattern, context) => {
    try {
      compileSeatPattern(pattern);
    } catch (error) {
      if (!(error instanceof TicketmintError)) throw error;
      context.addIssue({ code: 'custom', path: ['template'], message: String(error.details.reason) });
    }
  }) satisfies z.ZodType<SeatPattern, unknown>;

/**
 * Gives the function from a ticket's 0-based index in the batch to its seat. Pure: the same index always gives the same seat.
 * @throws {TicketmintError} `mint-invalid`, with `details.reason`, when the template is empty, has a brace or placeholder
 * that means nothing, holds control characters, or could give more than 1,000 characters.
 */
export function compileSeatPattern(pattern: SeatPattern): (index: number) => string {
  const parts = parseTemplate(pattern.template);
  const seatAt = (index: number): string => {
    let seat = '';
    for (const part of parts) seat += 'text' in part ? part.text : fillIn(part.placeholder, pattern, index);
    return seat;
  };
  // Every placeholder is longest at the last index, except that a row of many seats may end earlier.
  const longestSeat = pad(pattern.seatStart + pattern.seatsPerRow - 1, pattern.padding).length;
  const seats = parts.filter((part) => 'placeholder' in part && part.placeholder === 'seat').length;
  if (seatAt(MAX_INDEX).length + seats * longestSeat > MAX_FIELD_LENGTH)
    throw invalid(`expected at most ${MAX_FIELD_LENGTH} characters a seat`);
  return seatAt;
}

function parseTemplate(template: string): Part[] {
  if (template.trim() === '') throw invalid('expected some text, such as A-{row}-{seat}');
  if (!template.isWellFormed() || /\p{Cc}/u.test(template)) throw invalid('expected no control characters');
  const parts = template
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map(parsePart);
  if (parts.length > MAX_FIELD_LENGTH) throw invalid(`expected at most ${MAX_FIELD_LENGTH} characters a seat`);
  return parts;
}

function parsePart(piece: string): Part {
  const name = /^\{(.*)\}$/su.exec(piece)?.[1];
  if (name === undefined) {
    if (/[{}]/.test(piece)) throw invalid('a brace is left open; placeholders are {row}, {seat} and {n}');
    return { text: piece };
  }
  if (!PLACEHOLDERS.includes(name)) throw invalid(`{${name}} is unknown; placeholders are {row}, {seat} and {n}`);
  return { placeholder: name as Placeholder };
}

function fillIn(placeholder: Placeholder, pattern: SeatPattern, index: number): string {
  if (placeholder === 'n') return pad(pattern.numberStart + index, pattern.padding);
  if (placeholder === 'seat') return pad(pattern.seatStart + (index % pattern.seatsPerRow), pattern.padding);
  const row = Math.floor(index / pattern.seatsPerRow);
  if (/^[0-9]/.test(pattern.rowStart)) return pad(Number(pattern.rowStart) + row, pattern.rowStart.length);
  return lettersOf(numberOfLetters(pattern.rowStart) + row);
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** A = 1 … Z = 26, AA = 27: numbers of a base without zero. */
function numberOfLetters(letters: string): number {
  let value = 0;
  for (const letter of letters) value = 26 * value + letter.charCodeAt(0) - 64;
  return value;
}

function lettersOf(value: number): string {
  let letters = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

function invalid(reason: string): TicketmintError {
  return new TicketmintError('mint-invalid', `seat pattern: ${reason}`, { details: { field: 'template', reason } });
}
