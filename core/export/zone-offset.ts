const MINUTE_MS = 60_000;
/** Every offset of every zone changes on a multiple of 15 minutes. */
const OFFSET_HOLDS_MS = 15 * MINUTE_MS;

/**
 * Minutes that the zone is ahead of UTC at an instant, ms since epoch. The zone is asked once for each quarter of an
 * hour in a row: neighbours mostly share one.
 */
export function zoneOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  let quarter = Number.NaN;
  let offsetMinutes = 0;
  return (at) => {
    const wanted = Math.floor(at / OFFSET_HOLDS_MS);
    if (wanted !== quarter) {
      quarter = wanted;
      offsetMinutes = askedOffset(format, wanted * OFFSET_HOLDS_MS);
    }
    return offsetMinutes;
  };
}

function askedOffset(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /^GMT([+\-\u2212])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '+' ? 1 : -1) * (60 * Number(hours) + Number(minutes));
}
