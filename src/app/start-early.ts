import type { AnyRouteMatch } from '@tanstack/react-router';
import { meQuery } from '../features/session/api/get-me.ts';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

/**
 * Fetches what the page that was opened needs all at once: its code, and its event as soon as it is known who is signed in.
 * One after the other, each would cost a round trip. Whatever fails here is asked for again where it is shown.
 */
export function startEarly(): void {
  const matches: readonly AnyRouteMatch[] = router.matchRoutes(router.latestLocation);
  for (const { routeId } of matches)
    router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])?.catch(leaveToRouter);
  const { eventId } = (matches.at(-1)?.params ?? {}) as { readonly eventId?: string };
  if (eventId !== undefined) loadEventEarly(eventId).catch(leaveToRouter);
}

/** Only for somebody who is signed in: anybody else would be refused. */
async function loadEventEarly(eventId: string): Promise<void> {
  const [me, { loadEvent }] = await Promise.all([
    queryClient.ensureQueryData(meQuery),
    import('../features/events/load-event.ts'),
  ]);
  if (me !== null) await loadEvent(queryClient, eventId);
}

/** The router tries again, and shows what fails. */
function leaveToRouter(): void {}
