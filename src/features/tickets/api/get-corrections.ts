import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { correctionSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

const correctionsSchema = z.array(correctionSchema);

/** The batch's corrections in the order they were made: later ones win. */
export const correctionsQuery = (eventId: string, batchId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'batches', batchId, 'corrections'],
    queryFn: ({ signal }) =>
      api.get(`events/${eventId}/batches/${batchId}/corrections`, { signal }).json(correctionsSchema),
  });
