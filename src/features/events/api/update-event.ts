import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type EventPatch, type EventRecord, eventSchema } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { eventQuery } from './get-event.ts';
import { eventsQuery } from './get-events.ts';

function updateEvent(eventId: string, patch: EventPatch): Promise<EventRecord> {
  return api.patch(`events/${eventId}`, { json: patch }).json(eventSchema);
}

export function useUpdateEvent(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (patch: EventPatch) => updateEvent(eventId, patch),
    onSuccess: (event) => {
      queryClient.setQueryData(eventQuery(eventId).queryKey, event);
      return queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey, exact: true });
    },
  });
}
