import type { BatchView } from '../batches/batch-view.ts';

/** What a link to the form says of batches, against what there is. */
export interface LinkedBatches {
  /** Null: all batches of the event. */
  readonly batchIds: readonly string[] | null;
  /** How many the link names that the event does not have. */
  readonly unknown: number;
}

/**
 * The form's batches are those of its address; an address that names none, or none of this event, means all of them.
 * @param search the address's `batch`: one, several, or nothing; an empty list chooses none yet.
 */
export function linkedBatches(
  search: string | readonly string[] | undefined,
  views: readonly BatchView[],
): LinkedBatches {
  if (search === undefined) return { batchIds: null, unknown: 0 };
  const named = new Set(typeof search === 'string' ? [search] : search);
  const batchIds = [...named].filter((id) => views.some((view) => view.id === id));
  const unknown = named.size - batchIds.length;
  return { batchIds: batchIds.length === 0 && unknown > 0 ? null : batchIds, unknown };
}

/** The address's `batch` for these: the shortest that {@link linkedBatches} reads as the same. */
export function batchSearch(batchIds: readonly string[] | null): { readonly batch?: string | string[] } {
  if (batchIds === null) return {};
  const [only, ...others] = batchIds;
  return { batch: only !== undefined && others.length === 0 ? only : [...batchIds] };
}
