import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { correctionSchema } from '../../../../core/api/batch.ts';
import { type Ask, askOrRecall } from '../../../api/known-answers.ts';

const correctionsSchema = z.array(correctionSchema);

/** The batch's corrections in the order they were made: later ones win. */
export const correctionsQuery = (eventId: string, batchId: string, ask: Ask = askOrRecall) =>
  queryOptions({
    queryKey: ['events', eventId, 'batches', batchId, 'corrections'],
    queryFn: ({ signal }) => ask(`events/${eventId}/batches/${batchId}/corrections`, correctionsSchema, { signal }),
  });
