import { RecordError } from '../fault-error.ts';
import { zoneOffset } from '../zone-offset.ts';

const DAY_MS = 86_400_000;
/** The serial number of 1970-01-01 in the 1900 date system (ECMA-376 18.17.4.1). */
const EPOCH_SERIAL = 25_569;
/** 1900-03-01: before it, spreadsheets disagree, as Excel has a 29 February 1900. */
const FIRST_SERIAL = 61;
/** The end of 9999-12-31. */
const END_SERIAL = 2_958_466;
/** No zone is more than a day from UTC. */
const FIRST_INSTANT = (FIRST_SERIAL - EPOCH_SERIAL - 1) * DAY_MS;
const END_INSTANT = (END_SERIAL - EPOCH_SERIAL + 1) * DAY_MS;

/**
 * The local day and time of an instant in the zone as a serial number.
 * The returned function throws {@link RecordError} outside 1900-03-01 to 9999-12-31.
 * @param column whose instants they are, if one's.
 */
export function serialDateText(timeZone: string, column?: string): (at: number) => string {
  const offsetAt = zoneOffset(timeZone);
  let last = Number.NaN;
  let text = '';
  return (at) => {
    if (at === last) return text;
    // The zone is asked only for instants that it knows.
    if (!(at > FIRST_INSTANT && at < END_INSTANT)) return invalid(column);
    const serial = (at + 60_000 * offsetAt(at)) / DAY_MS + EPOCH_SERIAL;
    if (serial < FIRST_SERIAL || serial >= END_SERIAL) return invalid(column);
    // Not rounded: LibreOffice would show the second before.
    text = String(serial);
    last = at;
    return text;
  };
}

/** Of a day like `2026-11-22`; `undefined` when it is none, or outside. */
export function serialDay(day: string): number | undefined {
  const serial = Date.parse(`${day}T00:00:00Z`) / DAY_MS + EPOCH_SERIAL;
  return serial >= FIRST_SERIAL && serial < END_SERIAL ? serial : undefined;
}

function invalid(column: string | undefined): never {
  throw new RecordError({ code: 'date-out-of-range', column });
}
