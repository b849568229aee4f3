import { queryOptions } from '@tanstack/react-query';
import { eventSummarySchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';

export const summaryQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'summary'],
    queryFn: ({ signal }) => api.get(`events/${eventId}/summary`, { signal }).json(eventSummarySchema),
  });
