const MAX_TRIES = 10;
const WINDOW_MS = 15 * 60 * 1_000;
/** Keys held at most, some 20 MB; beyond it the oldest are dropped. */
const MAX_KEYS = 100_000;

/**
 * Counts failed tries, to sign in say, by key (an account, an address) over a sliding window of 15 minutes. In memory: a
 * restart forgets, which only the operator can cause.
 */
export class SignInLimit {
  readonly #tries = new Map<string, number[]>();
  readonly #now: () => number;
  readonly #maxTries: number;

  constructor(now: () => number = Date.now, maxTries = MAX_TRIES) {
    this.#now = now;
    this.#maxTries = maxTries;
  }

  /**
   * Counts one try under each key, unless any of them has used up its 10, or what was set.
   * @returns `undefined` when the try may go ahead, else the seconds until the next one may.
   */
  take(keys: readonly string[]): number | undefined {
    const now = this.#now();
    const waitMs = Math.max(...keys.map((key) => this.#waitMs(key, now)));
    if (waitMs > 0) return Math.ceil(waitMs / 1_000);
    for (const key of keys) {
      const tries = [...this.#recent(key, now), now];
      // Deleted first, so that the map stays in the order of the last try.
      this.#tries.delete(key);
      this.#tries.set(key, tries);
    }
    this.#forgetOldest(now);
    return undefined;
  }

  /** Takes back the last try under each key: it succeeded. */
  giveBack(keys: readonly string[]): void {
    for (const key of keys) this.#tries.get(key)?.pop();
  }

  #recent(key: string, now: number): number[] {
    return (this.#tries.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
  }

  #waitMs(key: string, now: number): number {
    const recent = this.#recent(key, now);
    return recent.length < this.#maxTries ? 0 : (recent.at(-this.#maxTries) as number) + WINDOW_MS - now;
  }

  #forgetOldest(now: number): void {
    for (const [key, tries] of this.#tries) {
      const isOver = (tries.at(-1) ?? 0) <= now - WINDOW_MS;
      if (!isOver && this.#tries.size <= MAX_KEYS) return;
      this.#tries.delete(key);
    }
  }
}
