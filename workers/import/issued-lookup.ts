import type { PersonDetail } from '../../core/attendees/issued-index.ts';
import type { IssuedBatches } from '../../core/attendees/list-job.ts';
import { TicketmintError } from '../../core/errors.ts';
import type { ReadIssued, readIssued } from './read-issued.ts';

interface Lookup {
  readonly key: string;
  readonly controller: AbortController;
  readonly reading: Promise<ReadIssued>;
  /** Who waits for it now hears how far it is. */
  onProgress: (share: number) => void;
}

/** Remembers the tickets that were looked at last: a choice made anew, and the staging, need not look again. */
export class IssuedLookup {
  #last: Lookup | undefined;

  /** What was read for the same batches and details, or else reads it; a reading for others ends with `aborted`. */
  find(
    batches: IssuedBatches,
    details: readonly PersonDetail[],
    onProgress: (share: number) => void,
  ): Promise<ReadIssued> {
    const key = JSON.stringify([batches, details]);
    if (this.#last?.key !== key) this.#last = this.#start(key, batches, details, onProgress);
    this.#last.onProgress = onProgress;
    return this.#last.reading;
  }

  /** Ends the reading that is under way, if any. */
  cancel(): void {
    this.#last?.controller.abort(new TicketmintError('aborted', 'looking up who has a ticket was cancelled'));
  }

  #start(
    key: string,
    batches: IssuedBatches,
    details: readonly PersonDetail[],
    onProgress: (share: number) => void,
  ): Lookup {
    this.cancel();
    const controller = new AbortController();
    const reading = loadAndRead(batches, details, {
      signal: controller.signal,
      onProgress: (share) => lookup.onProgress(share),
    });
    const lookup: Lookup = { key, controller, reading, onProgress };
    // What failed or was cancelled is not remembered.
    reading.catch(() => {
      if (this.#last === lookup) this.#last = undefined;
    });
    return lookup;
  }
}

/** Most lists are an event's first, and need none of this. */
async function loadAndRead(...args: Parameters<typeof readIssued>): Promise<ReadIssued> {
  const { readIssued: read } = await import('./read-issued.ts');
  return read(...args);
}
