import { RecordError } from './fault-error.ts';
import type { Column, ExportContext } from './format.ts';

type PrintedText = (value: string | number) => string;

/**
 * How a column's values are printed for people of the context's locale; what repeats from row to row is formatted once.
 * The returned function throws {@link RecordError} for a number outside its range.
 */
export function printedValue(
  column: Column,
  { event, locale, timeZone }: Pick<ExportContext, 'event' | 'locale' | 'timeZone'>,
): PrintedText {
  const checked = (value: string | number, isValid: (value: number) => boolean): number => {
    if (typeof value === 'number' && isValid(value)) return value;
    throw new RecordError({ code: 'number-out-of-range', column: column.id });
  };
  switch (column.type) {
    case 'text':
      return String;
    case 'integer':
      return (value) => String(checked(value, Number.isSafeInteger));
    case 'amount': {
      const digits = column.fractionDigits ?? 2;
      const format = amountFormat(locale, digits, event?.currency);
      return repeating((value) => format.format(checked(value, Number.isSafeInteger) / 10 ** digits));
    }
    case 'instant': {
      const format = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
      return repeating((value) => format.format(checked(value, (at) => Math.abs(at) <= 8.64e15)));
    }
  }
}

function amountFormat(locale: string, digits: number, currency: string | undefined): Intl.NumberFormat {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(
    locale,
    currency === undefined ? fraction : { ...fraction, style: 'currency', currency },
  );
}

/** Prices and dates repeat from row to row, and formatting them is slow. */
function repeating(text: (value: string | number) => string): PrintedText {
  let last: string | number | undefined;
  let lastText = '';
  return (value) => {
    if (value !== last) {
      lastText = plainSpaces(text(value));
      last = value;
    }
    return lastText;
  };
}

/** Locales use narrow and unbreakable spaces, which some versions of a locale have and others do not. */
export function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u2009\u202f]/g, ' ');
}
