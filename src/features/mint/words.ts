import { t } from '@lingui/core/macro';
import { formatCount, formatTenths } from '../../utils/format.ts';

/** How long something took: `4.2 s`, `2 min 5 s`, `1 h 32 min`. */
export function tookWords(durationMs: number): string {
  const seconds = durationMs / 1_000;
  // What would round to a minute is one.
  if (seconds < 59.95) return t`${{ seconds: formatTenths(seconds) }} s`;
  const whole = Math.round(seconds);
  return whole < 3_600 ? minutesWords(Math.floor(whole / 60), whole % 60) : hoursWords(Math.round(seconds / 60));
}

function minutesWords(whole: number, seconds: number): string {
  const minutes = formatCount(whole);
  return seconds === 0 ? t`${minutes} min` : t`${minutes} min ${{ seconds: formatCount(seconds) }} s`;
}

function hoursWords(whole: number): string {
  const hours = formatCount(Math.floor(whole / 60));
  return whole % 60 === 0 ? t`${hours} h` : t`${hours} h ${{ minutes: formatCount(whole % 60) }} min`;
}
