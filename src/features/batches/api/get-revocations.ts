import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { revocationSchema } from '../../../../core/api/batch.ts';
import { type Ask, askOrRecall } from '../../../api/known-answers.ts';

const revocationsSchema = z.array(revocationSchema);

/** All revocations of the event, those taken back included, in the order they were made. */
export const revocationsQuery = (eventId: string, ask: Ask = askOrRecall) =>
  queryOptions({
    queryKey: ['events', eventId, 'revocations'],
    queryFn: ({ signal }) => ask(`events/${eventId}/revocations`, revocationsSchema, { signal }),
  });
