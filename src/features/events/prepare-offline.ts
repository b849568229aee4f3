import type { QueryClient } from '@tanstack/react-query';
import type { EventRecord } from '../../../core/api/event.ts';
import { connection } from '../../api/connection.ts';
import { typesQuery } from '../types/api/get-types.ts';
import { eventQuery } from './api/get-event.ts';

const EVENTS = 20;

/**
 * Asks, one after the other, for what opening each of these events takes, so that it is kept on this device and they open
 * without the server, too.
 * @param events the ones that come next first; only the first of them are asked for.
 */
export async function prepareOffline(queryClient: QueryClient, events: readonly EventRecord[]): Promise<void> {
  for (const { id } of events.slice(0, EVENTS)) {
    if (connection.state !== 'online') return;
    await queryClient.prefetchQuery(eventQuery(id));
    await queryClient.prefetchQuery(typesQuery(id));
  }
}
