/** Numbers, sizes and times as people of the device's locale read them. */

const counts = new Intl.NumberFormat();
const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const megabytes = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

/** `12,000` */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1,000 tickets`, `1 ticket` */
export function formatTickets(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'ticket' : 'tickets'}`;
}

/** Rounded down, so that 100 % means all of it. */
export function formatPercent(part: number, whole: number): string {
  return percents.format(whole === 0 ? 0 : Math.floor((100 * part) / whole) / 100);
}

/** In MB (10⁶ bytes); GB from 1,000 MB. */
export function formatBytes(bytes: number): string {
  if (bytes === 0) return '0 MB';
  if (bytes < 100_000) return 'under 0.1 MB';
  return bytes < 1e9 ? `${megabytes.format(bytes / 1e6)} MB` : `${megabytes.format(bytes / 1e9)} GB`;
}

/** `about 2 min`, `under 10 s`: never seconds that tick down. */
export function formatAbout(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 10) return 'under 10 s';
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `about ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `about ${hours} h` : `about ${hours} h ${minutes % 60} min`;
}

/** Minor units as an amount: `₹1,500.00`. */
export function formatAmount(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return format.format(minor / 10 ** minorDigits(currency));
}

/** How many digits the currency's minor unit has: 2 for INR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

export const deviceTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Date and time in the event's zone; the zone is named where it differs from the device's at that moment. */
export function formatInstant(at: number, timeZone: string = deviceTimeZone): string {
  const base = { dateStyle: 'medium', timeStyle: 'short' } as const;
  const text = new Intl.DateTimeFormat(undefined, { ...base, timeZone }).format(at);
  if (text === new Intl.DateTimeFormat(undefined, base).format(at)) return text;
  const parts = new Intl.DateTimeFormat(undefined, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return `${text} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone}`;
}

/** A moment not long ago: `14:05`; with its date where that is not today's. */
export function formatSince(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const base = isToday ? ({ timeStyle: 'short' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  return new Intl.DateTimeFormat(undefined, base).format(at);
}

/** A stretch of time in the event's zone: `12 Mar 2027, 18:00 – 23:00`. */
export function formatInterval(from: number, to: number, timeZone: string = deviceTimeZone): string {
  const base = { dateStyle: 'medium', timeStyle: 'short' } as const;
  const text = new Intl.DateTimeFormat(undefined, { ...base, timeZone }).formatRange(from, to);
  if (text === new Intl.DateTimeFormat(undefined, base).formatRange(from, to)) return text;
  const parts = new Intl.DateTimeFormat(undefined, { timeZone, timeZoneName: 'short' }).formatToParts(from);
  return `${text} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone}`;
}
