import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { batchStatusSchema } from '../../../../core/api/batch.ts';
import { type Ask, askOrRecall } from '../../../api/known-answers.ts';

const batchesSchema = z.array(batchStatusSchema);

/** What the server knows of the event's batches, newest first. */
export const batchesQuery = (eventId: string, ask: Ask = askOrRecall) =>
  queryOptions({
    queryKey: ['events', eventId, 'batches'],
    queryFn: ({ signal }) => ask(`events/${eventId}/batches`, batchesSchema, { signal }),
  });
