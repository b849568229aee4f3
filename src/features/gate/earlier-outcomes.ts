import type { Scan } from '../../../core/api/gate.ts';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import type { ScanOutcome } from './scan-outcome.ts';

/**
 * Scans of an earlier visit as they are listed, without undos. Those of the last minute can still be taken back.
 * @param now true time, ms since epoch.
 */
export function earlierOutcomes(scans: readonly Scan[], now: number): Omit<ScanOutcome, 'id'>[] {
  const undone = new Set(scans.map(({ undoes }) => undoes));
  return scans
    .filter(({ kind }) => kind !== 'undo')
    .map((scan) => ({
      at: scan.at,
      monotonicMs: monotonicOf(now - scan.at),
      verdict: scan.kind === 'exit' ? { kind: 'exited' } : { kind: 'admitted', again: scan.again === true },
      ticket: scan,
      scan,
      change: undone.has(scan.nonce) ? 'undone' : scan.kind === 'override' ? 'let-in' : null,
      isTyped: scan.typed === true,
    }));
}

/** When it was by this page's clock; null where it is no matter any more, or lies ahead of a clock that was set. */
function monotonicOf(ageMs: number): number | null {
  return ageMs >= 0 && ageMs < UNDO_MS ? performance.now() - ageMs : null;
}
