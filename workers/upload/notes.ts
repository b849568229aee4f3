import { chunkCountOf } from '../../core/chunk/chunk.ts';
import { addSeq, countSeqs, type SeqRanges, ticketsInRanges } from '../../core/chunk/seq-ranges.ts';
import type { RunEvent } from '../../core/mint/run-event.ts';
import type { LocalBatch } from '../../src/database/database.ts';
import * as store from './upload-store.ts';

/** How often acknowledgements are noted in the local database at most; a lost note costs a question at the server only. */
const NOTE_INTERVAL_MS = 250;

/** What the server has of one batch: told by the server, kept here, noted in the local database where it has room. */
export interface Notes {
  readonly acknowledged: SeqRanges;
  /** Notes and logs an acknowledgement; tells the tabs a few times a second. */
  add(seq: number): Promise<void>;
  /** Notes what is not noted yet. */
  flush(): Promise<void>;
}

/** Whoever adds the next, or flushes at the end of a pass, tries again and meets the error. */
function reportUnnoted(error: unknown): void {
  console.warn('Acknowledgements are noted later.', error);
}

/** @param initial what the server says that it has. */
export async function createNotes(
  batch: LocalBatch,
  initial: SeqRanges,
  emit: (event: RunEvent) => void,
): Promise<Notes> {
  let acknowledged = initial;
  let isNoted = false;
  let notedAt = 0;
  let later: ReturnType<typeof setTimeout> | undefined;

  async function flush(): Promise<void> {
    clearTimeout(later);
    later = undefined;
    if (isNoted) return;
    notedAt = Date.now();
    const noting = acknowledged;
    // A full disk must not hold up what makes the tickets safe: they go on to the server, and this is noted later.
    isNoted = (await store.noteAcknowledged(batch.id, noting)) && noting === acknowledged;
    const uploaded = await store.uploadedTickets(batch.runId, { ...batch, acknowledged });
    emit({ type: 'uploaded', runId: batch.runId, uploaded });
  }

  await flush();
  return {
    get acknowledged() {
      return acknowledged;
    },
    async add(seq) {
      acknowledged = addSeq(acknowledged, seq);
      isNoted = false;
      await store.logEvent(batch.runId, 'info', {
        code: 'part-saved',
        batch: batch.id,
        part: seq + 1,
        parts: countSeqs(acknowledged),
        ofParts: chunkCountOf(batch),
        tickets: ticketsInRanges(acknowledged, batch),
        ofTickets: batch.count,
      });
      if (Date.now() - notedAt >= NOTE_INTERVAL_MS) await flush();
      // The next acknowledgement may be long in coming, and meanwhile this one is to be seen.
      else later ??= setTimeout(() => void flush().catch(reportUnnoted), NOTE_INTERVAL_MS);
    },
    flush,
  };
}
