import { chunkCountOf } from '../../core/chunk/chunk.ts';
import { countSeqs, ticketsInRanges } from '../../core/chunk/seq-ranges.ts';
import type { RunEvent } from '../../core/mint/run-event.ts';
import type { LocalBatch } from '../../src/database/database.ts';
import * as store from './upload-store.ts';

/** How often acknowledgements are noted in the local database at most; a lost note costs a repetition only. */
const NOTE_INTERVAL_MS = 250;

export interface Notes {
  readonly acknowledged: number;
  mustStop: boolean;
  add(seq: number): Promise<void>;
  flush(): Promise<void>;
}

/** Gathers acknowledgements, and notes and tells them a few times a second. */
export function createNotes(batch: LocalBatch, emit: (event: RunEvent) => void): Notes {
  let pending: number[] = [];
  let notedAt = 0;
  let latest = batch;
  let acknowledged = 0;
  const notes: Notes = {
    get acknowledged() {
      return acknowledged;
    },
    mustStop: false,
    async add(seq) {
      pending.push(seq);
      acknowledged++;
      latest = store.withAcknowledged(latest, seq);
      const of = chunkCountOf(batch);
      const saved = countSeqs(latest.acknowledged);
      const percent = Math.floor((100 * saved) / of);
      const tickets = ticketsInRanges(latest.acknowledged, batch);
      await store.logLine(
        batch.runId,
        'info',
        `Saved part ${seq + 1}: ${saved} of ${of} (${percent} %), ${tickets} of ${batch.count} tickets on the server`,
      );
      if (Date.now() - notedAt >= NOTE_INTERVAL_MS) await notes.flush();
    },
    async flush() {
      if (pending.length === 0) return;
      notedAt = Date.now();
      const seqs = pending;
      pending = [];
      await store.acknowledge(batch.id, seqs);
      emit({ type: 'uploaded', runId: batch.runId, uploaded: await store.uploadedTickets(batch.runId) });
    },
  };
  return notes;
}
