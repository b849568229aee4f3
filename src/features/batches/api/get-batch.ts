import { queryOptions } from '@tanstack/react-query';
import { type BatchDetail, batchDetailSchema } from '../../../../core/api/batch.ts';
import { ApiProblem } from '../../../api/api-problem.ts';
import { api } from '../../../api/client.ts';

/** One batch as the server knows it; null when it was not declared there (yet). */
async function getBatch(eventId: string, batchId: string, signal: AbortSignal): Promise<BatchDetail | null> {
  try {
    return await api.get(`events/${eventId}/batches/${batchId}`, { signal }).json(batchDetailSchema);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'batch-not-declared') return null;
    throw error;
  }
}

export const batchQuery = (eventId: string, batchId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'batches', batchId],
    queryFn: ({ signal }) => getBatch(eventId, batchId, signal),
  });
