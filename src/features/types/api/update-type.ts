import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type TicketType, type TicketTypePatch, ticketTypeSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { typesQuery } from './get-types.ts';

interface TypeUpdate {
  readonly index: number;
  readonly patch: TicketTypePatch;
}

function updateType(eventId: string, { index, patch }: TypeUpdate): Promise<TicketType> {
  return api.patch(`events/${eventId}/types/${index}`, { json: patch }).json(ticketTypeSchema);
}

export function useUpdateType(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (update: TypeUpdate) => updateType(eventId, update),
    onSettled: () => queryClient.invalidateQueries({ queryKey: typesQuery(eventId).queryKey }),
  });
}
