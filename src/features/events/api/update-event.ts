import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type EventInput, type EventRecord, eventSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { eventQuery } from './get-event.ts';
import { eventsQuery } from './get-events.ts';

function updateEvent(eventId: string, input: EventInput): Promise<EventRecord> {
  return api.patch(`events/${eventId}`, { json: input }).json(eventSchema);
}

export function useUpdateEvent(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EventInput) => updateEvent(eventId, input),
    onSuccess: (event) => {
      queryClient.setQueryData(eventQuery(eventId).queryKey, event);
      return queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey, exact: true });
    },
  });
}
