import { queryOptions } from '@tanstack/react-query';
import { eventSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';

export const eventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId],
    queryFn: ({ signal }) => api.get(`events/${eventId}`, { signal }).json(eventSchema),
    staleTime: 60_000,
  });
