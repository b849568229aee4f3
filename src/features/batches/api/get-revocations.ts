import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { revocationSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

const revocationsSchema = z.array(revocationSchema);

/** All revocations of the event, those taken back included, in the order they were made. */
export const revocationsQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'revocations'],
    queryFn: ({ signal }) => api.get(`events/${eventId}/revocations`, { signal }).json(revocationsSchema),
  });
