/**
 * Where every send waits: until a time that the server set, through a backoff, until the line is back or somebody signs
 * in again.
 */
export interface Gate {
  /** Resolves when sending may go on; never before {@link holdUntil}'s time. */
  pass(): Promise<void>;
  /** No send before this time, ms since epoch, whatever wakes us. */
  holdUntil(timeMs: number): void;
  /** Waits up to `ms`, or until the world changes ({@link wake}). */
  pause(ms: number): Promise<void>;
  /** Waits up to `ms` for something to do; returns at once when there was news since the last wait. */
  idle(ms: number): Promise<void>;
  /** There may be something to do: ends {@link idle}, but no backoff. */
  notice(): void;
  /** Ends backoffs, but not {@link holdUntil}'s time. */
  release(): void;
  /** The world changed (online, signed in, resumed): ends {@link idle} and backoffs. */
  wake(): void;
}

export function createGate(now: () => number = Date.now): Gate {
  let heldUntil = 0;
  let hasNews = false;
  const pausing = new Set<() => void>();
  const idling = new Set<() => void>();

  function waitAmong(waiting: Set<() => void>, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      waiting.add(finish);
    });
  }

  function notice(): void {
    hasNews = true;
    for (const finish of [...idling]) finish();
  }

  function release(): void {
    for (const finish of [...pausing]) finish();
  }

  return {
    pause: (ms) => waitAmong(pausing, ms),
    holdUntil(timeMs) {
      heldUntil = Math.max(heldUntil, timeMs);
    },
    async pass() {
      // In a loop, because another send may have moved the time while this one waited.
      for (let waitMs = heldUntil - now(); waitMs > 0; waitMs = heldUntil - now())
        await new Promise((resolve) => setTimeout(resolve, waitMs));
    },
    async idle(ms) {
      if (!hasNews) await waitAmong(idling, ms);
      hasNews = false;
    },
    notice,
    release,
    wake() {
      notice();
      release();
    },
  };
}
