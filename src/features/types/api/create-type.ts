import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type TicketType, type TicketTypeInput, ticketTypeSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { typesQuery } from './get-types.ts';

export function createType(eventId: string, input: TicketTypeInput): Promise<TicketType> {
  return api.post(`events/${eventId}/types`, { json: input }).json(ticketTypeSchema);
}

/** Adds types one after another, in their order; stops at the first that fails. */
export function useCreateTypes(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (inputs: readonly TicketTypeInput[]) => {
      for (const input of inputs) await createType(eventId, input);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: typesQuery(eventId).queryKey }),
  });
}
