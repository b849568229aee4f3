import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Correction, type CorrectionInput, correctionSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';
import { correctionsQuery } from './get-corrections.ts';

function correctTicket(eventId: string, batchId: string, input: CorrectionInput): Promise<Correction> {
  return api.post(`events/${eventId}/batches/${batchId}/corrections`, { json: input }).json(correctionSchema);
}

export function useCorrectTicket(eventId: string, batchId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: CorrectionInput) => correctTicket(eventId, batchId, input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: correctionsQuery(eventId, batchId).queryKey }),
  });
}
