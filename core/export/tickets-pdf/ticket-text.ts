import type { Column, EventFacts, ExportContext, ExportRow, RecordSource } from '../format.ts';
import { type PdfWords, pdfWords, printedTitle } from '../pdf-words/pdf-words.ts';
import { plainSpaces, printedValue } from '../printed-value.ts';
import type { TicketsPdfOptions } from './tickets-pdf-options.ts';

/** Columns that are printed unless others are chosen. */
const USUAL = new Set(['event', 'typeName', 'holder', 'seat', 'organisation', 'price', 'serial', 'code', 'token']);
/** Printed under the QR code. */
const REFERENCES = ['serial', 'code'];
/** Printed with nothing before it: everybody sees what it is. */
const SELF_EVIDENT = new Set(['event', 'typeName', 'holder', 'price', 'code', 'notes']);
/** Not text: drawn as a QR code. */
const TOKEN = 'token';

/** A column of the source as it is printed. */
interface PrintedColumn {
  readonly id: string;
  readonly position: number;
  readonly text: (value: string | number) => string;
}

/** What is printed on the tickets of one file. */
export interface TicketContent {
  /** Ids in the text column, from the top: columns, and `when` and `place` of the event. */
  readonly fields: readonly string[];
  /** Ids under the QR code. */
  readonly references: readonly string[];
  readonly hasQr: boolean;
  /** @throws {RecordError} when a cell cannot be printed. */
  textsOf(row: ExportRow): TicketTexts;
}

export interface TicketTexts {
  readonly token: string | null;
  readonly typeName: string | null;
  /** By id; what has no text is left out. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Decides what stands on a ticket, from the columns and from what the context tells of the event. */
export function ticketContent(
  source: RecordSource,
  { columns: chosen, reprint }: TicketsPdfOptions,
  context: Pick<ExportContext, 'event' | 'locale' | 'timeZone'>,
): TicketContent {
  const words = pdfWords(context.locale);
  const { event } = context;
  const kept = source.columns.map((column, position) => ({ column, position }));
  const printed = kept
    .filter(({ column }) => column.id !== TOKEN && (chosen !== null || USUAL.has(column.id)))
    .map(({ column, position }): PrintedColumn => ({ id: column.id, position, text: textOf(column, words, context) }));
  const ofEvent = event === undefined ? new Map<string, string>() : eventTexts(event, context);
  const ids = printed.map(({ id }) => id);
  const tokenAt = source.columns.findIndex(({ id }) => id === TOKEN);
  const typeAt = source.columns.findIndex(({ id }) => id === 'typeName');
  return {
    fields: ids
      .filter((id) => !REFERENCES.includes(id))
      .flatMap((id) => (id === 'event' ? [id, ...ofEvent.keys()] : [id])),
    references: REFERENCES.filter((id) => ids.includes(id)),
    hasQr: tokenAt >= 0,
    textsOf(row) {
      const texts = new Map(ofEvent);
      if (reprint) texts.set('reprint', words.reprint);
      for (const { id, position, text } of printed) {
        const value = row[position];
        if (value !== null && value !== undefined && value !== '') texts.set(id, text(value));
      }
      return { token: stringAt(row, tokenAt), typeName: stringAt(row, typeAt), texts };
    },
  };
}

function stringAt(row: ExportRow, position: number): string | null {
  const value = position < 0 ? null : row[position];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `when` and `place`, as far as they are known. */
function eventTexts(
  { startsAt, endsAt, place }: EventFacts,
  { locale, timeZone }: Pick<ExportContext, 'locale' | 'timeZone'>,
): Map<string, string> {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const when = plainSpaces(format.formatRange(startsAt, endsAt));
  return new Map([['when', when], ...(place === '' ? [] : [['place', place] as const])]);
}

function textOf(
  column: Column,
  words: PdfWords,
  context: Pick<ExportContext, 'event' | 'locale' | 'timeZone'>,
): PrintedColumn['text'] {
  const text = printedValue(column, context);
  if (column.id === 'serial') return (value) => words.ticketNumber(text(value));
  if (SELF_EVIDENT.has(column.id)) return text;
  const title = printedTitle(column, words);
  return (value) => `${title}: ${text(value)}`;
}
