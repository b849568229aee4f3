/** What is known of a clock's error. Plain data, so that it can be kept. */
export interface ClockEstimate {
  /** Added to the device's time it gives the true one, ms. */
  readonly offsetMs: number;
  /** How far the offset may be off, either way, ms; `Infinity`: nobody has ever compared the clock. */
  readonly errorMs: number;
  /** The device's time, not corrected, when it was last read: a clock that is behind it was set back. */
  readonly readAtMs: number;
  /** Monotonic time of the last reading; null after a restart. */
  readonly monotonicMs: number | null;
  /** Who compared it last. */
  readonly comparedBy: 'server' | 'person' | 'nobody';
}

/** A clock as it is read: `Date.now()` and `performance.now()` together, ms. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Both clocks tick a little differently, and reading them takes a moment. */
const JITTER_MS = 2_000;
/** How much a quartz clock drifts: 50 parts in a million are 4 s a day. */
const DRIFT = 50e-6;

/** A device that nobody has compared with anything. */
export function unknownClock(reading: ClockReading): ClockEstimate {
  return {
    offsetMs: 0,
    errorMs: Number.POSITIVE_INFINITY,
    readAtMs: reading.wallMs,
    monotonicMs: reading.monotonicMs,
    comparedBy: 'nobody',
  };
}

/**
 * Compares a clock with the server's by one request, as SNTP does (RFC 5905 §8): the server's time lies between sending
 * and receiving. A measurement counts when it is at least as sure as what is known.
 * @param sent,received the device's readings.
 * @param serverMs the server's time when it answered.
 */
export function compareWithServer(
  known: ClockEstimate,
  {
    sent,
    received,
    serverMs,
  }: { readonly sent: ClockReading; readonly received: ClockReading; readonly serverMs: number },
): ClockEstimate {
  const before = readClock(known, received);
  // By the monotonic clock, as the other may be set meanwhile.
  const tripMs = Math.max(0, received.monotonicMs - sent.monotonicMs);
  const measured = { offsetMs: serverMs + tripMs / 2 - received.wallMs, errorMs: tripMs / 2 + 1 };
  if (measured.errorMs > before.errorMs && before.comparedBy === 'server') return before;
  return { ...before, ...measured, comparedBy: 'server' };
}

/** A person has said what time it is; to the minute, as people see clocks. */
export function compareByPerson(known: ClockEstimate, reading: ClockReading, trueMs: number): ClockEstimate {
  return { ...readClock(known, reading), offsetMs: trueMs - reading.wallMs, errorMs: 60_000, comparedBy: 'person' };
}

/**
 * Notes a reading; do so every few seconds and before each use. Where the two clocks disagree on how much time has
 * passed, the wall clock was set, or the device slept: the difference counts as uncertain until it is compared again.
 */
export function readClock(known: ClockEstimate, { wallMs, monotonicMs }: ClockReading): ClockEstimate {
  const passedMs = wallMs - known.readAtMs;
  // After a restart nothing else tells how long it has been.
  const surelyMs = known.monotonicMs === null ? 0 : monotonicMs - known.monotonicMs;
  const disagreementMs = Math.abs(passedMs - surelyMs);
  const addedMs = (disagreementMs > JITTER_MS ? disagreementMs : 0) + Math.max(0, surelyMs) * DRIFT;
  return { ...known, errorMs: known.errorMs + addedMs, readAtMs: wallMs, monotonicMs };
}

/** The estimate as it is found after a restart. */
export function afterRestart(known: ClockEstimate): ClockEstimate {
  return { ...known, monotonicMs: null };
}

/** The true time of a reading, and how far it may be off. */
export function trueTime(
  known: ClockEstimate,
  reading: ClockReading,
): { readonly at: number; readonly uncertaintyMs: number } {
  const { offsetMs, errorMs } = readClock(known, reading);
  return { at: Math.max(0, Math.round(reading.wallMs + offsetMs)), uncertaintyMs: errorMs };
}
