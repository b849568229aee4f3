import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Revocation, revocationSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

function undoRevocation(eventId: string, id: number): Promise<Revocation> {
  return api.delete(`events/${eventId}/revocations/${id}`).json(revocationSchema);
}

export function useUndoRevocation(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => undoRevocation(eventId, id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['events', eventId] }),
  });
}
