/** A code that stays in view, or is triggered twice, is one: after so long out of view it is another showing. */
const HOLD_MS = 2_000;

/** Tells a code that is shown anew from one that is still there. */
export class RepeatFilter {
  readonly #seenAtMs = new Map<string, number>();

  /** @param nowMs of a monotonic clock. */
  isNew(text: string, nowMs: number): boolean {
    for (const [other, seenAtMs] of this.#seenAtMs) if (nowMs - seenAtMs > HOLD_MS) this.#seenAtMs.delete(other);
    const isNew = !this.#seenAtMs.has(text);
    this.#seenAtMs.set(text, nowMs);
    return isNew;
  }

  /** The next showing counts, whatever it is: something was taken back. */
  forget(): void {
    this.#seenAtMs.clear();
  }
}
