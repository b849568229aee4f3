import { describe, expect, it } from 'vitest';
import { backoffDelayMs, DEFAULT_BACKOFF, parseRetryAfter, retryAfterMs } from '../../../core/upload/backoff.ts';

const NOW = Date.UTC(2026, 0, 1);

/** A small seeded generator (mulberry32), so that a failure replays. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('backoff', () => {
  it('waits a random part of a bound that doubles up to the cap', () => {
    expect(backoffDelayMs(0, () => 0.999_999)).toBeCloseTo(DEFAULT_BACKOFF.baseMs, 0);
    expect(backoffDelayMs(3, () => 0.5)).toBe(2_000);
    expect(backoffDelayMs(40, () => 0.5)).toBe(DEFAULT_BACKOFF.capMs / 2);
    expect(backoffDelayMs(5, () => 0)).toBe(0);
  });

  it('spreads 200 clients that are released at once (U7)', () => {
    const random = seeded(7);
    const delays = Array.from({ length: 200 }, () => backoffDelayMs(6, random));
    const buckets = new Map<number, number>();
    for (const delay of delays)
      buckets.set(Math.floor(delay / 1_000), (buckets.get(Math.floor(delay / 1_000)) ?? 0) + 1);
    const mean = delays.length / (DEFAULT_BACKOFF.capMs / 1_000);
    expect(Math.max(...buckets.values())).toBeLessThanOrEqual(3 * mean);
  });
});

describe('Retry-After', () => {
  it('reads seconds and HTTP dates', () => {
    expect(retryAfterMs('3', NOW)).toBe(3_000);
    expect(retryAfterMs(' 0 ', NOW)).toBe(0);
    expect(retryAfterMs(new Date(NOW + 5_000).toUTCString(), NOW)).toBe(5_000);
  });

  it('is read as told, without the cap, where a person is told the time', () => {
    expect(parseRetryAfter('1000000000', NOW)).toBe(1e12);
  });

  it('caps what it obeys, and never waits a negative time', () => {
    expect(retryAfterMs('1000000000', NOW)).toBe(DEFAULT_BACKOFF.retryAfterCapMs);
    expect(retryAfterMs(new Date(NOW - 5_000).toUTCString(), NOW)).toBe(0);
  });

  it('ignores what says nothing usable', () => {
    for (const header of [null, '', '  ', 'soon', '-']) expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});
