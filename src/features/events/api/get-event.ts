import { queryOptions } from '@tanstack/react-query';
import { eventSchema } from '../../../../core/api/event.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

export const eventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}`, eventSchema, { signal }),
    staleTime: 60_000,
  });
