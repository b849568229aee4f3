import type { BatchShape } from '../chunk/chunk.ts';
import type { SeqRanges } from '../chunk/seq-ranges.ts';
import type { ListOptions } from './list-options.ts';
import type { ListReport } from './list-reader.ts';

/** A batch in which persons of a list may already have their tickets. */
export interface IssuedBatch extends BatchShape {
  /** 12 lower-case hex digits. */
  readonly id: string;
  /** Chunks that the server has. */
  readonly stored: SeqRanges;
  /** Whether what is kept on this device besides them still becomes tickets: not once the batch is sealed. */
  readonly isOpen: boolean;
  /** Serials, as sorted, disjoint, inclusive pairs: who has one of these has no ticket. */
  readonly revoked: SeqRanges;
}

/** Where to look who already has a ticket of an event. */
export interface IssuedBatches {
  readonly eventId: string;
  readonly batches: readonly IssuedBatch[];
  /** Whether the server was asked which batches there are, and may be asked for their chunks. */
  readonly asksServer: boolean;
}

/** How far the tickets of an event could be looked at. */
export interface IssuedSummary {
  readonly tickets: number;
  /** False when some tickets are on the server only, and it could not be asked. */
  readonly isComplete: boolean;
}

/** A list, how it is read, and whom to leave out. */
export interface ListJob {
  readonly file: File;
  readonly options: ListOptions;
  /** Where to look who already has a ticket; null: everyone gets one. */
  readonly issued: IssuedBatches | null;
}

/** How far a list is read. */
export interface ImportProgress {
  /** What is being read: the tickets that there are, then the file. */
  readonly phase: 'issued' | 'list';
  /** How much of it was read, 0 to 1. */
  readonly share: number;
}

/** What a list gives, and how far it was compared with the tickets that there are. */
export interface CheckedList {
  readonly report: ListReport;
  /** Null when nobody was to be left out. */
  readonly issued: IssuedSummary | null;
}
