import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, wallTimeOf } from '../../../src/utils/zoned-time.ts';

test('reads the clock of a zone', () => {
  expect(wallTimeOf(Date.UTC(2027, 2, 12, 12, 30), 'Asia/Kolkata')).toBe('2027-03-12T18:00');
  expect(instantOf('2027-03-12T18:00', 'Asia/Kolkata')).toBe(Date.UTC(2027, 2, 12, 12, 30));
  expect(instantOf('2027-07-01T00:30', 'America/New_York')).toBe(Date.UTC(2027, 6, 1, 4, 30));
});

test('takes the first of an hour that comes twice, and passes over an hour that never comes', () => {
  // Berlin, 2027-10-31: 03:00 becomes 02:00.
  expect(instantOf('2027-10-31T02:30', 'Europe/Berlin')).toBe(Date.UTC(2027, 9, 31, 0, 30));
  // Berlin, 2027-03-28: 02:00 becomes 03:00.
  expect(instantOf('2027-03-28T02:30', 'Europe/Berlin')).toBe(Date.UTC(2027, 2, 28, 1, 30));
});

test('gives back every minute that a clock shows once', () => {
  const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham', 'Africa/Cairo');
  const minutes = fc.integer({ min: 0, max: 80 * 365 * 24 * 60 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const wall = wallTimeOf(minute * 60_000, zone);
      const back = instantOf(wall, zone);
      expect(back).toBeDefined();
      expect(wallTimeOf(back as number, zone)).toBe(wall);
    }),
    { numRuns: 300 },
  );
});

test('refuses what is no time', () => {
  expect(instantOf('', 'UTC')).toBeUndefined();
  expect(instantOf('2027-02-30', 'UTC')).toBeUndefined();
});
