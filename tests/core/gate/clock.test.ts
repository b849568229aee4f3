import { describe, expect, test } from 'vitest';
import {
  afterRestart,
  type ClockEstimate,
  compareByPerson,
  compareWithServer,
  readClock,
  trueTime,
  unknownClock,
} from '../../../core/gate/clock.ts';
import { judge } from '../../../core/gate/decide.ts';
import { BATCH, DURING, GATE_A, KNOWN_BATCH, knowledgeOf, NOBODY_IN } from './gate-fixture.ts';

const TRUE = 1_800_000_000_000;
const DAY = 86_400_000;

/** A device whose clock is wrong by so much; `at` counts from when it started. */
const device = (errorMs: number) => (at: number) => ({ wallMs: TRUE + at + errorMs, monotonicMs: at });

function compared(read: ReturnType<typeof device>, tripMs = 100, at = 0): ClockEstimate {
  const [sent, received] = [read(at), read(at + tripMs)];
  return compareWithServer(unknownClock(sent), { sent, received, serverMs: TRUE + at + tripMs / 4 });
}

describe('a clock that is compared with the server’s', () => {
  test.each([0, DAY, -DAY, 3 * 365 * DAY])('is corrected when it is wrong by %d ms', (errorMs) => {
    const read = device(errorMs);
    const { at, uncertaintyMs } = trueTime(compared(read), read(10_000));
    expect(Math.abs(at - (TRUE + 10_000))).toBeLessThanOrEqual(uncertaintyMs);
    expect(uncertaintyMs).toBeLessThan(100);
  });

  test('keeps the surer of two measurements, until drift has made it the worse', () => {
    const read = device(DAY);
    const good = compared(read, 20);
    const slow = { sent: read(1_000), received: read(5_000), serverMs: TRUE + 1_500 };
    expect(compareWithServer(good, slow).offsetMs).toBe(good.offsetMs);
    const later = { sent: read(DAY), received: read(DAY + 2_000), serverMs: TRUE + DAY + 1_000 };
    expect(compareWithServer(good, later).offsetMs).toBe(-DAY);
    expect(compareWithServer(good, later).errorMs).toBe(1_001);
  });

  test('grows uncertain by four seconds a day', () => {
    const read = device(0);
    const { uncertaintyMs } = trueTime(compared(read, 0), read(DAY));
    expect(uncertaintyMs).toBeGreaterThan(4_000);
    expect(uncertaintyMs).toBeLessThan(5_000);
  });
});

describe('a clock that is set while nobody compares it', () => {
  test.each([DAY, -DAY])('by %d ms is as uncertain as that, whichever way', (jumpMs) => {
    const before = compared(device(0));
    const read = device(jumpMs);
    const { at, uncertaintyMs } = trueTime(before, read(1_000));
    expect(uncertaintyMs).toBeGreaterThanOrEqual(DAY);
    expect(Math.abs(at - (TRUE + 1_000))).toBeLessThanOrEqual(uncertaintyMs);
    // It stays uncertain, until it is compared again.
    const noted = readClock(before, read(1_000));
    expect(readClock(noted, read(2_000)).errorMs).toBeGreaterThanOrEqual(DAY);
    const again = compareWithServer(noted, { sent: read(3_000), received: read(3_100), serverMs: TRUE + 3_050 });
    expect(trueTime(again, read(4_000)).uncertaintyMs).toBeLessThan(100);
  });

  test('or during a restart cannot be told from time that passed', () => {
    const before = afterRestart(compared(device(0)));
    const { uncertaintyMs } = trueTime(before, { wallMs: TRUE + DAY, monotonicMs: 5 });
    expect(uncertaintyMs).toBeGreaterThanOrEqual(DAY - 1_000);
  });

  test('is made certain by a person, to the minute', () => {
    const reading = { wallMs: TRUE - DAY, monotonicMs: 0 };
    const told = compareByPerson(unknownClock(reading), reading, TRUE);
    expect(trueTime(told, { wallMs: TRUE - DAY + 60_000, monotonicMs: 60_000 })).toMatchObject({ at: TRUE + 60_000 });
    expect(told).toMatchObject({ comparedBy: 'person', errorMs: 60_000 });
  });
});

describe('a gate whose clock is wrong by a day (T9)', () => {
  const knowledge = knowledgeOf({ batches: [KNOWN_BATCH] });
  const verdictAt = (now: ReturnType<typeof trueTime>) =>
    judge({ batch: BATCH, serial: 1 }, knowledge, NOBODY_IN, { gate: GATE_A, direction: 'enter', now }).kind;
  const during = DURING - TRUE;

  test.each([DAY, -DAY])('by %d ms turns nobody away, synced or not', (errorMs) => {
    const read = device(errorMs);
    expect(verdictAt(trueTime(compared(read), read(during)))).toBe('admitted');
    expect(verdictAt(trueTime(unknownClock(read(0)), read(during)))).toBe('admitted');
    const setMeanwhile = compared(device(0));
    expect(verdictAt(trueTime(setMeanwhile, read(during)))).toBe('admitted');
  });

  test.each([DAY, -DAY])('by %d ms, once compared, still refuses what is over', (errorMs) => {
    const read = device(errorMs);
    expect(verdictAt(trueTime(compared(read), read(2 * DAY)))).toBe('expired');
  });
});

test('a clock that nobody ever compared is wholly uncertain', () => {
  const reading = { wallMs: TRUE, monotonicMs: 0 };
  expect(trueTime(unknownClock(reading), reading)).toEqual({ at: TRUE, uncertaintyMs: Number.POSITIVE_INFINITY });
});
