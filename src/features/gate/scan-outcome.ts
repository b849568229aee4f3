import type { Scan, Verdict } from '../../../core/api/gate.ts';
import type { TicketId } from '../../../core/gate/decide.ts';

/** What the gate says besides the verdicts on tickets. */
type DeskWord =
  /** A short code that cannot be looked up here and now. */
  | { readonly kind: 'short-code'; readonly why: 'not-here' | 'too-many' }
  /** No ticket has the code: as of the pack's time, or by the server's word (null), which may still be taking tickets in. */
  | { readonly kind: 'code-unknown'; readonly asOf: number | null; readonly isIndexing: boolean }
  /** Several tickets have the code: the steward says which. */
  | { readonly kind: 'which-one'; readonly tickets: readonly TicketId[] }
  /** It could not be kept on the disk, so it does not count. */
  | { readonly kind: 'not-kept' };

export type ShownVerdict = Verdict | DeskWord;

/** One thing that was shown at this gate, and what became of it. */
export interface ScanOutcome {
  /** Its number on this page. */
  readonly id: number;
  /** True time, ms since epoch. */
  readonly at: number;
  /** By the monotonic clock of this page, negative before it was opened; null where it is too long ago to be taken back. */
  readonly monotonicMs: number | null;
  readonly verdict: ShownVerdict;
  /** Null where it is not known which ticket it is. */
  readonly ticket: TicketId | null;
  /** What was recorded of it; null when nothing was. */
  readonly scan: Scan | null;
  readonly change: 'undone' | 'let-in' | null;
  /** Whether the ticket was found by a typed short code. */
  readonly isTyped: boolean;
}
