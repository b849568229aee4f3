import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TicketHit } from '../../../core/api/batch.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { correctionsWith } from '../changes/overlay.ts';
import { useChanges } from '../changes/use-changes.ts';
import { SEARCH_LIMIT, serverSearchQuery } from './api/find-tickets.ts';
import { correctionsQuery } from './api/get-corrections.ts';
import { findCorrected } from './find-corrected.ts';
import { findLocally } from './find-locally.ts';
import { mergeHits, understandQuery } from './ticket-query.ts';

export interface FoundTickets {
  readonly hits: readonly TicketHit[];
  readonly isSearching: boolean;
  /** Why the server's part is missing; this device's own tickets are found nonetheless. */
  readonly serverError: Error | null;
  /** Why this device's part is missing. */
  readonly localError: Error | null;
  /** Tickets on the server that it cannot search yet. */
  readonly notYetIndexed: number;
}

/** Finds tickets on the server and, beside it, those that only this device has; without the server, all this device has. */
export function useTicketSearch(eventId: string, q: string, batches: readonly BatchView[]): FoundTickets {
  const query = understandQuery(q);
  const isUseful = query.kind !== 'not-a-token' && q.trim() !== '';
  const text = query.kind === 'token' ? query.text : q.trim();
  const server = useQuery({ ...serverSearchQuery(eventId, text), enabled: isUseful });
  const ids = batches
    .filter(({ buffered, stored }) => buffered > 0 && (server.isError || buffered > stored))
    .map(({ id }) => id);
  const local = useQuery({
    queryKey: ['local-tickets', text, ...ids],
    queryFn: ({ signal }) => findLocally(ids, text, { limit: SEARCH_LIMIT, signal }),
    enabled: isUseful && ids.length > 0,
    gcTime: 0,
  });
  const corrected = useCorrectedHits(eventId, text, batches, server.isError);
  const inScope = useMemo(() => new Set(batches.map(({ id }) => id)), [batches]);
  const hits = mergeHits(
    batches.map(({ id }) => id),
    server.data?.hits,
    local.data,
    query.kind === 'text' ? corrected : [],
  );
  return {
    hits: hits.filter((hit) => inScope.has(hit.batch)),
    isSearching: server.isFetching || local.isFetching,
    serverError: server.error,
    localError: local.error,
    notYetIndexed: server.data?.notYetIndexed ?? 0,
  };
}

/** By what was corrected: on this device only, and as the server last told where it cannot be asked to search. */
function useCorrectedHits(eventId: string, text: string, batches: readonly BatchView[], isAlone: boolean) {
  const changes = useChanges();
  const asked = isAlone ? batches.filter(({ server, personalised }) => server !== undefined && personalised) : [];
  const told = useQueries({ queries: asked.map(({ id }) => correctionsQuery(eventId, id)) });
  const known = told.flatMap(({ data = [] }) => data);
  const all = batches.flatMap(({ id }) =>
    correctionsWith(
      changes,
      id,
      known.filter(({ batch }) => batch === id),
    ),
  );
  return findCorrected(all, text);
}
