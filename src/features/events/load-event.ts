import type { QueryClient } from '@tanstack/react-query';
import { typesQuery } from '../types/api/get-types.ts';
import { eventQuery } from './api/get-event.ts';

/** Loads what every page of an event needs, unless it is at hand. */
export async function loadEvent(queryClient: QueryClient, eventId: string): Promise<void> {
  await Promise.all([
    queryClient.ensureQueryData(eventQuery(eventId)),
    queryClient.ensureQueryData(typesQuery(eventId)),
  ]);
}
