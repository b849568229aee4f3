import { expect, it } from 'vitest';
import { durationDraft, durationOf } from '../../../../src/features/admissions/duration-field.tsx';

it('a duration is shown in the largest unit that says it whole, and read back as it was', () => {
  const MINUTE = 60_000;
  expect(durationDraft(0)).toEqual({ amount: 0, unit: 'minutes' });
  expect(durationDraft(120 * MINUTE)).toEqual({ amount: 2, unit: 'hours' });
  expect(durationDraft(90 * MINUTE)).toEqual({ amount: 90, unit: 'minutes' });
  for (const durationMs of [0, 15, 60, 90, 10_080].map((minutes) => minutes * MINUTE))
    expect(durationOf(durationDraft(durationMs))).toBe(durationMs);
  // A field that was emptied.
  expect(durationOf({ amount: '', unit: 'hours' })).toBe(0);
});
