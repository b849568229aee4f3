import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { eventSchema } from '../../../../core/api/event.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const eventsSchema = z.array(eventSchema);

export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: ({ signal }) => askOrRecall('events', eventsSchema, { signal }),
});
