import type { BatchView } from './batch-view.ts';
import { useBatches } from './use-batches.ts';

interface OneBatch {
  readonly view: BatchView | undefined;
  readonly isPending: boolean;
  readonly error: Error | null;
}

/** One batch, merged from this device and the server. */
export function useBatch(eventId: string, batchId: string): OneBatch {
  const { views, isPending, error } = useBatches(eventId);
  const view = views?.find(({ id }) => id === batchId);
  return { view, isPending: views === undefined || (view === undefined && isPending), error };
}
