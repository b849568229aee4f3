import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import type { EventFacts } from '../../../core/export/format.ts';

/** What printed formats say of the event. */
export function eventFacts(
  { name, place, startsAt, endsAt, currency, language }: EventRecord,
  types: readonly TicketType[],
): EventFacts {
  const typeColours = Object.fromEntries(types.map((type) => [type.name, type.colour]));
  return { name, place, startsAt, endsAt, currency, language, typeColours };
}
