import type { Scan, Verdict } from '../../../core/api/gate.ts';
import type { TicketId } from '../../../core/gate/decide.ts';

/** What the gate says besides the verdicts on tickets. */
type DeskWord =
  /** A short code, which names a ticket only where its list is. */
  | { readonly kind: 'short-code' }
  /** It could not be kept on the disk, so it does not count. */
  | { readonly kind: 'not-kept' };

export type ShownVerdict = Verdict | DeskWord;

/** One thing that was shown at this gate, and what became of it. */
export interface ScanOutcome {
  /** Its number on this page. */
  readonly id: number;
  /** True time, ms since epoch. */
  readonly at: number;
  /** By the monotonic clock of this page; 0 where it was made before. */
  readonly monotonicMs: number;
  readonly verdict: ShownVerdict;
  /** Null where it is not known which ticket it is. */
  readonly ticket: TicketId | null;
  /** What was recorded of it; null when nothing was. */
  readonly scan: Scan | null;
  readonly change: 'undone' | 'let-in' | null;
}
