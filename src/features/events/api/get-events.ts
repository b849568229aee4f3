import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { eventSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';

const eventsSchema = z.array(eventSchema);

export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: ({ signal }) => api.get('events', { signal }).json(eventsSchema),
});
