import { RecordError } from './fault-error.ts';
import type { Column } from './format.ts';
import { zoneOffset } from './zone-offset.ts';

/** Writes the numbers of one column as machines read them: no grouping, a point, ISO 8601. */
export type NumberText = (value: number) => string;

/**
 * How the numbers of a column are written in text formats: integers as they are, amounts as decimals of the major unit
 * (`1499.00`), instants as ISO 8601 with the zone's offset (`2026-11-22T18:00:00+05:30`).
 * The returned function throws {@link RecordError} for a number outside its range.
 */
export function numberTextOf(column: Column, timeZone: string): NumberText {
  switch (column.type) {
    case 'integer':
      return integerText(column.id);
    case 'amount':
      return amountText(column.id, column.fractionDigits ?? 2);
    case 'instant':
      return instantText(column.id, timeZone);
    case 'text':
      return (value) => (Number.isFinite(value) ? String(value) : invalid(column.id));
  }
}

function integerText(column: string): NumberText {
  return (value) => (Number.isSafeInteger(value) ? String(value) : invalid(column));
}

function amountText(column: string, fractionDigits: number): NumberText {
  const textOf = integerText(column);
  if (fractionDigits === 0) return textOf;
  return (value) => {
    const digits = textOf(Math.abs(value)).padStart(fractionDigits + 1, '0');
    const point = digits.length - fractionDigits;
    return `${value < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The years 1 to 9999 in every zone, which RFC 3339 and XML Schema write alike. */
const FIRST_INSTANT = Date.parse('0001-01-02T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T00:00:00Z');

/** The last instant's text is kept: many rows share one. */
function instantText(column: string, timeZone: string): NumberText {
  const offsetAt = zoneOffset(timeZone);
  let last = Number.NaN;
  let text = '';
  return (value) => {
    if (value === last) return text;
    if (!(value >= FIRST_INSTANT && value <= LAST_INSTANT)) return invalid(column);
    text = isoText(value, offsetAt(value));
    last = value;
    return text;
  };
}

/**
 * The local day of an instant, like `2026-11-22`; throws as {@link numberTextOf}. The last day's text is kept: neighbours
 * mostly share one.
 */
export function dayText(column: string, timeZone: string): NumberText {
  const offsetAt = zoneOffset(timeZone);
  let last = Number.NaN;
  let text = '';
  return (value) => {
    if (!(value >= FIRST_INSTANT && value <= LAST_INSTANT)) return invalid(column);
    const day = Math.floor((value + offsetAt(value) * MINUTE_MS) / DAY_MS);
    if (day === last) return text;
    text = new Date(day * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
    last = day;
    return text;
  };
}

function isoText(at: number, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * MINUTE_MS).toISOString();
  const fraction = local.endsWith('.000Z') ? local.slice(0, -5) : local.slice(0, -1);
  if (offsetMinutes === 0) return `${fraction}Z`;
  const ahead = Math.abs(offsetMinutes);
  const hours = String(Math.floor(ahead / 60)).padStart(2, '0');
  return `${fraction}${offsetMinutes < 0 ? '-' : '+'}${hours}:${String(ahead % 60).padStart(2, '0')}`;
}

function invalid(column: string): never {
  throw new RecordError({ code: 'number-out-of-range', column });
}
