import { describe, expect, it } from 'vitest';
import type { Admissions } from '../../../../core/api/gate.ts';
import { arrivalsOf, roundTicks } from '../../../../src/features/admissions/arrivals.ts';

const MINUTE = 60_000;
/** 17:58 in Kolkata, whose clock is half an hour off the full hours of UTC. */
const FIRST = Date.parse('2027-03-12T12:28:00Z');

function admissionsOf(minutes: Admissions['minutes'], parts: Partial<Admissions> = {}): Admissions {
  const admitted = minutes.reduce((sum, minute) => sum + minute.admitted, 0);
  const exited = minutes.reduce((sum, minute) => sum + minute.exited, 0);
  const nothing = { conflicts: 0, tickets: 1_000, used: admitted, gates: [], types: [] };
  const at = (minutes.at(-1)?.minute ?? FIRST) + MINUTE;
  return { at, admitted, exited, inside: admitted - exited, ...nothing, minutes, ...parts };
}

const minuteOf = (after: number, admitted: number, exited = 0) => ({
  minute: FIRST + after * MINUTE,
  admitted,
  exited,
});

describe('arrivals', () => {
  it('are steps at round times of the event’s zone, also those in which nobody came', () => {
    const minutes = [minuteOf(0, 3), minuteOf(1, 2), minuteOf(120, 4, 1)];
    const { stepMs, steps } = arrivalsOf(admissionsOf(minutes), 'Asia/Kolkata');
    expect(stepMs).toBe(5 * MINUTE);
    expect(new Date(steps[0]?.from ?? 0).toISOString()).toBe('2027-03-12T12:25:00.000Z');
    expect(steps.map(({ from }) => from)).toEqual(steps.map((_, index) => (steps[0]?.from ?? 0) + index * stepMs));
    expect(steps[0]).toMatchObject({ admitted: 5, exited: 0, admittedSoFar: 5, inside: 5 });
    expect(steps[1]).toMatchObject({ admitted: 0, admittedSoFar: 5, inside: 5 });
    expect(steps.at(-1)).toMatchObject({ admitted: 4, exited: 1, admittedSoFar: 9, inside: 8 });
  });

  it('begin with what was before the minutes that are told', () => {
    const admissions = admissionsOf([minuteOf(0, 3, 1)], { admitted: 103, exited: 21, inside: 82 });
    const { admittedBefore, insideBefore, steps } = arrivalsOf(admissions, 'UTC');
    expect([admittedBefore, insideBefore]).toEqual([100, 80]);
    expect(steps.at(-1)).toMatchObject({ admittedSoFar: 103, inside: 82 });
  });

  it('end with now, or an hour after the last one came', () => {
    const minutes = [minuteOf(0, 1), minuteOf(10, 1)];
    const untilAt = (at: number) => arrivalsOf(admissionsOf(minutes, { at }), 'UTC').until;
    expect(untilAt(FIRST + 30 * MINUTE)).toBe(FIRST + 30 * MINUTE);
    expect(untilAt(FIRST + 600 * MINUTE)).toBe(FIRST + 70 * MINUTE);
    // A gate's clock that is ahead.
    expect(untilAt(FIRST)).toBe(FIRST + 11 * MINUTE);
  });

  it('are 48 steps at most, and none where nobody came', () => {
    for (const span of [1, 47, 48, 235, 236, 700, 1_439, 2_879]) {
      const { steps } = arrivalsOf(admissionsOf([minuteOf(0, 1), minuteOf(span, 1)]), 'Asia/Kathmandu');
      expect(steps.length).toBeLessThanOrEqual(48);
      expect(steps.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(2);
    }
    expect(arrivalsOf(admissionsOf([]), 'UTC').steps).toEqual([]);
  });
});

describe('the axis', () => {
  it('has round numbers up to the most', () => {
    expect(roundTicks(0)).toEqual([0, 1]);
    expect(roundTicks(3)).toEqual([0, 1, 2, 3]);
    expect(roundTicks(302)).toEqual([0, 100, 200, 300, 400]);
    expect(roundTicks(9_700)).toEqual([0, 5_000, 10_000]);
  });
});
