import { infiniteQueryOptions } from '@tanstack/react-query';
import { type ConflictCursor, type ScanConflicts, scanConflictsSchema } from '../../../../core/api/gate.ts';
import { api } from '../../../api/client.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const PAGE_CONFLICTS = 100;
const REFRESH_MS = 15_000;

/** Double entries, the newest first, page by page; without the server the first page as it was last. */
export const conflictsQuery = (eventId: string) =>
  infiniteQueryOptions({
    queryKey: ['events', eventId, 'scan-conflicts'],
    queryFn: ({ signal, pageParam }) => {
      const path = `events/${eventId}/scan-conflicts`;
      if (pageParam === null) return askOrRecall(`${path}?limit=${PAGE_CONFLICTS}`, scanConflictsSchema, { signal });
      const searchParams = { limit: PAGE_CONFLICTS, ...pageParam };
      return api.get(path, { signal, searchParams }).json(scanConflictsSchema);
    },
    initialPageParam: null as ConflictCursor | null,
    getNextPageParam: (last, pages) => cursorAfter(last, pages.length),
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.pages.length > 1 ? false : REFRESH_MS),
  });

/** Where the next page begins; none after the last. */
function cursorAfter({ total, conflicts }: ScanConflicts, pages: number): ConflictCursor | undefined {
  const last = conflicts.at(-1);
  if (last === undefined || conflicts.length < PAGE_CONFLICTS || pages * PAGE_CONFLICTS >= total) return undefined;
  return { afterAt: last.doubled.at, afterNonce: last.doubled.nonce };
}
