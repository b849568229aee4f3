import { expect, test } from 'vitest';
import { formatAbout, formatBytes, formatInstant, formatPercent, minorDigits } from '../../../src/utils/format.ts';

test('durations never tick down by seconds', () => {
  expect(formatAbout(400)).toBe('under 10 s');
  expect(formatAbout(24_000)).toBe('about 20 s');
  expect(formatAbout(58_000)).toBe('about 1 min');
  expect(formatAbout(130_000)).toBe('about 2 min');
  expect(formatAbout(3_600_000)).toBe('about 1 h');
  expect(formatAbout(5_520_000)).toBe('about 1 h 32 min');
});

test('100 % is all of it', () => {
  expect(formatPercent(9_999, 10_000)).toMatch(/^99/);
  expect(formatPercent(10_000, 10_000)).toMatch(/^100/);
  expect(formatPercent(0, 0)).toMatch(/^0/);
});

test('sizes are in MB, and in GB from a thousand', () => {
  expect(formatBytes(0)).toBe('0 MB');
  expect(formatBytes(73_000)).toBe('under 0.1 MB');
  expect(formatBytes(12_340_000)).toBe('12.3 MB');
  expect(formatBytes(1_500_000_000)).toBe('1.5 GB');
});

test('the zone is named where its clock differs from the device’s, and only there', () => {
  const at = Date.UTC(2027, 2, 12, 12, 30);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(formatInstant(at, own)).toBe(formatInstant(at));
  const other = own === 'Asia/Kolkata' ? 'UTC' : 'Asia/Kolkata';
  expect(formatInstant(at, other)).toMatch(/GMT|IST|UTC/);
});

test('minor units follow the currency', () => {
  expect(minorDigits('INR')).toBe(2);
  expect(minorDigits('JPY')).toBe(0);
  expect(minorDigits('KWD')).toBe(3);
});
