import { type ReactNode, useDeferredValue } from 'react';

interface InSlicesProps {
  /** Stands there until the rest is drawn. */
  readonly instead?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Draws much at once in slices of a few milliseconds, between which the page hears taps. Without it, what comes with an answer
 * (of the router, a query, the local database) is drawn in one go: half a second on a phone.
 */
export function InSlices({ instead, children }: InSlicesProps) {
  // Deferred where it is first drawn, and there alone: later changes are shown at once.
  return useDeferredValue(true, false) ? children : instead;
}
