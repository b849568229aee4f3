import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { EventRecord } from '../../../core/api/event.ts';
import { eventQuery } from './api/get-event.ts';

/** The id of the event whose pages one is on. */
export function useEventId(): string {
  const { eventId } = useParams({ strict: false });
  if (eventId === undefined) throw new TypeError('useEventId: expected to be under /events/$eventId');
  return eventId;
}

/** The event whose pages one is on; the route has loaded it before. */
export function useEvent(): EventRecord {
  return useSuspenseQuery(eventQuery(useEventId())).data;
}
