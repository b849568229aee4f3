/**
 * How many uploads are under way at once: additive increase, multiplicative decrease (as TCP does it). Starts at 2, so
 * that a slow line is not flooded; at most 4, since a browser gives a host six HTTP/1.1 connections and the page needs some.
 */
export interface Parallelism {
  readonly limit: number;
  /** A chunk was acknowledged; after `limit` of them in a row the limit rises by one. */
  succeeded(): void;
  /** The server or the line pushed back (429, 503, time-out, lost connection): halves the limit. */
  pushedBack(): void;
}

const INITIAL = 2;
const MAX = 4;

export function createParallelism(): Parallelism {
  let limit = INITIAL;
  let successes = 0;
  return {
    get limit() {
      return limit;
    },
    succeeded() {
      successes++;
      if (successes < limit || limit >= MAX) return;
      limit++;
      successes = 0;
    },
    pushedBack() {
      limit = Math.max(1, Math.floor(limit / 2));
      successes = 0;
    },
  };
}
