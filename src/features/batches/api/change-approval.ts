import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BatchDetail, batchDetailSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';
import { batchesQuery } from './get-batches.ts';

function approve(eventId: string, batchId: string): Promise<BatchDetail> {
  return api.put(`events/${eventId}/batches/${batchId}/approval`).json(batchDetailSchema);
}

function withdrawApproval(eventId: string, batchId: string): Promise<BatchDetail> {
  return api.delete(`events/${eventId}/batches/${batchId}/approval`).json(batchDetailSchema);
}

/** Lets gates have a batch, or takes it from them at their next sync; each is the other's way back. */
export function useSetApproval(eventId: string, batchId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (isApproved: boolean) => (isApproved ? approve : withdrawApproval)(eventId, batchId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: batchesQuery(eventId).queryKey }),
  });
}
