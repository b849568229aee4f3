import { useSuspenseQuery } from '@tanstack/react-query';
import type { TicketType } from '../../../core/api/event.ts';
import { useEventId } from '../events/use-event.ts';
import { typesQuery } from './api/get-types.ts';

/** All types of the event whose pages one is on; the route has loaded them before. */
export function useTypes(): readonly TicketType[] {
  return useSuspenseQuery(typesQuery(useEventId())).data;
}

/** The types that new tickets can be made of. */
export function useOpenTypes(): readonly TicketType[] {
  return useTypes().filter((type) => type.archivedAt === null);
}
