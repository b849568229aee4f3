import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type EventInput,
  type EventRecord,
  eventSchema,
  type NewEvent,
  type TicketType,
  type TicketTypeInput,
} from '../../../../core/api/event.ts';
import { api } from '../../../api/client.ts';
import { createType } from '../../types/api/create-type.ts';
import { eventQuery } from './get-event.ts';
import { eventsQuery } from './get-events.ts';

interface CreatedEvent {
  readonly event: EventRecord;
  /** Fewer than were asked for, where the line broke in between: the event is there, and says what it lacks. */
  readonly types: readonly TicketType[];
}

export function createEvent(input: NewEvent): Promise<EventRecord> {
  return api.post('events', { json: input }).json(eventSchema);
}

/** Makes an event, then its first types. Rejects only when there is no event. */
export function useCreateEvent() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (asked: { readonly input: EventInput; readonly types: readonly TicketTypeInput[] }) => {
      const created = { event: await createEvent(asked.input), types: [] as TicketType[] } satisfies CreatedEvent;
      try {
        for (const type of asked.types) created.types.push(await createType(created.event.id, type));
      } catch (error) {
        // Trying all of it again would make a second event.
        console.warn('Not all types of the new event were made.', error);
      }
      return created as CreatedEvent;
    },
    onSuccess: ({ event }) => {
      queryClient.setQueryData(eventQuery(event.id).queryKey, event);
      return queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey, exact: true });
    },
  });
}
