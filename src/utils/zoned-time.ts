/** A moment as the clock on the wall of a zone shows it, in the form of `<input type="datetime-local">`. */
export type WallTime = string;

/** `2027-03-12T18:00` */
export function wallTimeOf(at: number, timeZone: string): WallTime {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment when a zone's clock shows `wallTime`. Where it shows it twice (clocks went back), the first; where it never
 * does (clocks went forward), the moment as far after the change.
 * @returns ms since epoch, or `undefined` when the text is not a wall time.
 */
export function instantOf(wallTime: WallTime, timeZone: string): number | undefined {
  const asUtc = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(wallTime) ? Date.parse(`${wallTime}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return undefined;
  // The offset a day before and a day after cover any change between them.
  const before = asUtc - offsetAt(asUtc - DAY_MS, timeZone);
  const after = asUtc - offsetAt(asUtc + DAY_MS, timeZone);
  const isShown = (at: number) => at + offsetAt(at, timeZone) === asUtc;
  return isShown(before) || !isShown(after) ? before : after;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clock is ahead of UTC at a moment, in milliseconds; whole minutes. */
function offsetAt(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const numeric = 'numeric';
    format = new Intl.DateTimeFormat('en-u-ca-gregory-hc-h23', {
      timeZone,
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}
