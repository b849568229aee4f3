import { queryOptions } from '@tanstack/react-query';
import { ticketSearchSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

/** More are not shown: one narrows the search instead of reading on. */
export const SEARCH_LIMIT = 100;

/** What the server finds among the tickets it has. */
export const serverSearchQuery = (eventId: string, q: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'tickets', q],
    queryFn: ({ signal }) =>
      api
        .get(`events/${eventId}/tickets`, { signal, searchParams: { q, limit: SEARCH_LIMIT } })
        .json(ticketSearchSchema),
    gcTime: 60_000,
  });
