import { setTimeout as sleep } from 'node:timers/promises';

/** Uploads count as over when none came for this long. */
const QUIET_MS = 300;
const POLL_MS = 100;
/** Work never waits longer than this for quiet… */
const PATIENCE_MS = 60_000;
/** …and then takes one part in four of the time. */
const RESTS_PER_SLICE = 3;

/** Keeps background work back while chunks arrive, so that uploads have the processor, without ever starving it. */
export class Pace {
  #lastChunkAt = 0;
  #lastQuietAt = Date.now();

  noteChunk(): void {
    this.#lastChunkAt = Date.now();
  }

  /**
   * Resolves when the next slice may run: at once when it is quiet.
   * @param sliceMs how long the slice before took
   */
  async beforeSlice(sliceMs: number): Promise<void> {
    while (Date.now() - this.#lastChunkAt < QUIET_MS) {
      if (Date.now() - this.#lastQuietAt > PATIENCE_MS) {
        await sleep(Math.max(POLL_MS, RESTS_PER_SLICE * sliceMs));
        return;
      }
      await sleep(POLL_MS);
    }
    this.#lastQuietAt = Date.now();
  }
}
