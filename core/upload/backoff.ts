/** Retrying as data. Times in milliseconds. */
export interface BackoffOptions {
  /** Upper bound of the first delay; default 500. */
  readonly baseMs: number;
  /** Upper bound of every delay; default 30,000. */
  readonly capMs: number;
  /** The longest `Retry-After` that is obeyed as told; a longer one waits this long. Default 120,000. */
  readonly retryAfterCapMs: number;
}

export const DEFAULT_BACKOFF: BackoffOptions = { baseMs: 500, capMs: 30_000, retryAfterCapMs: 120_000 };

/**
 * Full jitter: a random time from 0 to `min(cap, base × 2^attempt)`, so that many clients released at once spread out.
 * @param attempt 0 for the first repetition.
 * @param random uniform in [0, 1).
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelayMs(attempt: number, random: () => number, options = DEFAULT_BACKOFF): number {
  return random() * Math.min(options.capMs, options.baseMs * 2 ** attempt);
}

/**
 * How long a `Retry-After` header asks to wait, in milliseconds (RFC 9110 §10.2.3: seconds, or an HTTP date).
 * @returns `undefined` when there is none or it says nothing usable.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : Number.NaN;
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1_000;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

/** As {@link parseRetryAfter}, and never longer than the cap. */
export function retryAfterMs(header: string | null, nowMs: number, options = DEFAULT_BACKOFF): number | undefined {
  const waitMs = parseRetryAfter(header, nowMs);
  return waitMs === undefined ? undefined : Math.min(options.retryAfterCapMs, waitMs);
}
