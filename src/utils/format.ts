import { i18n } from '@lingui/core';
import { plural, t } from '@lingui/core/macro';

/**
 * Numbers, sizes and times as people of the interface's language read them: in the digits and the order of their own region
 * where the device names one for that language. The only place that asks `Intl` for them.
 */

/** What `Intl` formats by (BCP 47). */
export function formatLocale(): string {
  return [i18n.locales ?? i18n.locale].flat()[0] ?? 'en';
}

/** Making a format takes a while; one of each kind is kept for each language. */
function kept<Format>(make: (locale: string) => Format): () => Format {
  const formats = new Map<string, Format>();
  return () => {
    const locale = formatLocale();
    const format = formats.get(locale) ?? make(locale);
    formats.set(locale, format);
    return format;
  };
}

const counts = kept((locale) => new Intl.NumberFormat(locale));
const percents = kept((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
const tenths = kept((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
const hundredths = kept(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const megabytes = kept((locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }));

/** `12,000` */
export function formatCount(count: number): string {
  return counts().format(count);
}

/** `4.2` */
export function formatTenths(number: number): string {
  return tenths().format(number);
}

/** `a, b and c` */
export function formatList(parts: readonly string[]): string {
  return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(parts);
}

/** `1,000 tickets`, `1 ticket` */
export function formatTickets(count: number): string {
  return plural(count, { one: '# ticket', other: '# tickets' });
}

/** Always two decimals: `0.33`. */
export function formatHundredths(value: number): string {
  return hundredths().format(value);
}

/** Rounded down, so that 100 % means all of it. */
export function formatPercent(part: number, whole: number): string {
  return percents().format(whole === 0 ? 0 : Math.floor((100 * part) / whole) / 100);
}

/** In MB (10⁶ bytes); GB from 1,000 MB. */
export function formatBytes(bytes: number): string {
  if (bytes > 0 && bytes < 100_000) return t`under ${{ size: megabytes().format(0.1) }} MB`;
  const size = megabytes().format(bytes < 1e9 ? bytes / 1e6 : bytes / 1e9);
  return bytes < 1e9 ? t`${size} MB` : t`${size} GB`;
}

/** `about 2 min`, `under 10 s`: never seconds that tick down. */
export function formatAbout(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 10) return t`under ${{ seconds: formatCount(10) }} s`;
  if (seconds < 55) return t`about ${{ seconds: formatCount(Math.round(seconds / 10) * 10) }} s`;
  const whole = Math.max(1, Math.round(seconds / 60));
  if (whole < 60) return t`about ${{ minutes: formatCount(whole) }} min`;
  const hours = formatCount(Math.floor(whole / 60));
  return whole % 60 === 0 ? t`about ${hours} h` : t`about ${hours} h ${{ minutes: formatCount(whole % 60) }} min`;
}

/** Minor units as an amount: `₹1,500.00`. */
export function formatAmount(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(formatLocale(), { style: 'currency', currency });
  return format.format(minor / 10 ** minorDigits(currency));
}

/** How many digits the currency's minor unit has: 2 for INR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The device's own zone (IANA). Not asked for before it is needed: the first question to `Intl` takes a phone 60 ms. */
export function deviceTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Date and time in the event's zone; the zone is named where it differs from the device's at that moment. */
export function formatInstant(at: number, timeZone: string = deviceTimeZone()): string {
  return inZone(at, timeZone, (format) => format.format(at));
}

/** A moment not long ago: `14:05`; with its date where that is not today's, and the zone where it is not the device's. */
export function formatSince(at: number, timeZone: string = deviceTimeZone()): string {
  const dayOf = (moment: number) => new Date(moment).toLocaleDateString('en', { timeZone });
  const base = dayOf(at) === dayOf(Date.now()) ? TIME_ONLY : DATE_AND_TIME;
  return inZone(at, timeZone, (format) => format.format(at), base);
}

/** The time of day in a zone that stands beside it: `18:00`. */
export function formatTimeOfDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(formatLocale(), { ...TIME_ONLY, timeZone }).format(at);
}

/** How long ago: `3 minutes ago`, `now` within a minute. */
export function formatAgo(at: number): string {
  const minutes = Math.max(0, Math.floor((Date.now() - at) / 60_000));
  const [value, unit] =
    minutes < 60
      ? ([minutes, 'minute'] as const)
      : minutes < 48 * 60
        ? ([Math.floor(minutes / 60), 'hour'] as const)
        : ([Math.floor(minutes / (24 * 60)), 'day'] as const);
  const format = new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto' });
  return minutes === 0 ? format.format(0, 'second') : format.format(-value, unit);
}

/** A stretch of time in the event's zone: `12 Mar 2027, 18:00 – 23:00`. */
export function formatInterval(from: number, to: number, timeZone: string = deviceTimeZone()): string {
  return inZone(from, timeZone, (format) => format.formatRange(from, to));
}

const TIME_ONLY = { timeStyle: 'short' } as const;
const DATE_AND_TIME = { dateStyle: 'medium', timeStyle: 'short' } as const;

function inZone(
  at: number,
  timeZone: string,
  textBy: (format: Intl.DateTimeFormat) => string,
  base: Intl.DateTimeFormatOptions = DATE_AND_TIME,
): string {
  const text = textBy(new Intl.DateTimeFormat(formatLocale(), { ...base, timeZone }));
  if (text === textBy(new Intl.DateTimeFormat(formatLocale(), base))) return text;
  const parts = new Intl.DateTimeFormat(formatLocale(), { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return `${text} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone}`;
}

/** A time of day to the second: `18:04:09`. */
export function formatClock(at: number): string {
  return new Intl.DateTimeFormat(formatLocale(), { timeStyle: 'medium' }).format(at);
}
