import { useEffect, useState } from 'react';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import type { ScanOutcome } from './scan-outcome.ts';

/** Draws once more when a scan's minute is over. */
export function useEndOfUndo(outcome: ScanOutcome | undefined): void {
  const [, setEnded] = useState(false);
  const { monotonicMs = null } = outcome ?? {};
  useEffect(() => {
    if (monotonicMs === null) return;
    const timer = setTimeout(() => setEnded(true), Math.max(0, monotonicMs + UNDO_MS - performance.now()) + 100);
    return () => clearTimeout(timer);
  }, [monotonicMs]);
}
