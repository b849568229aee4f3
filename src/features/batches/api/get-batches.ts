import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { batchStatusSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

const batchesSchema = z.array(batchStatusSchema);

/** What the server knows of the event's batches, newest first. */
export const batchesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'batches'],
    queryFn: ({ signal }) => api.get(`events/${eventId}/batches`, { signal }).json(batchesSchema),
  });
