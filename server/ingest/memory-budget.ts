import { ProblemError } from '../problem.ts';

/** What bodies under way may hold together. Beyond it the server asks to come back rather than to run out of memory. */
const UPLOAD_BYTES = 32 * 1024 * 1024;

/** Counts the bytes that request bodies hold while they are received, inflated and stored. */
export class MemoryBudget {
  readonly #limit: number;
  #used = 0;

  constructor(limit = UPLOAD_BYTES) {
    this.#limit = limit;
  }

  /** @throws {ProblemError} `overloaded`, when there is no room */
  take(bytes: number): void {
    if (this.#used + bytes > this.#limit) throw new ProblemError('overloaded', { retryAfterSeconds: 1 });
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}
