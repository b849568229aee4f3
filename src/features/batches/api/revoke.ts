import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Revocation, type RevocationInput, revocationSchema } from '../../../../core/api/batch.ts';
import { api } from '../../../api/client.ts';

function revoke(eventId: string, input: RevocationInput): Promise<Revocation> {
  return api.post(`events/${eventId}/revocations`, { json: input }).json(revocationSchema);
}

/** Counts of batch and event change with it, so everything of the event is read again. */
export function useRevoke(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: RevocationInput) => revoke(eventId, input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['events', eventId] }),
  });
}
