import { queryOptions } from '@tanstack/react-query';
import { eventSummarySchema } from '../../../../core/api/event.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

export const summaryQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'summary'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/summary`, eventSummarySchema, { signal }),
  });
