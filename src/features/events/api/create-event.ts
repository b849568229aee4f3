import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type EventRecord, eventSchema, type NewEvent } from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { eventQuery } from './get-event.ts';
import { eventsQuery } from './get-events.ts';

export function createEvent(input: NewEvent): Promise<EventRecord> {
  return api.post('events', { json: input }).json(eventSchema);
}

export function useCreateEvent() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createEvent,
    onSuccess: (event) => {
      queryClient.setQueryData(eventQuery(event.id).queryKey, event);
      return queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey, exact: true });
    },
  });
}
