import { z } from 'zod';
import { keepAnswer, recallAnswer } from '../../api/known-answers.ts';

/** Under this name lies the id of the event that was open last. */
const LAST_EVENT = 'last-event';

/** Notes which event is open, for the shortcuts of the installed application. */
export async function noteLastEvent(eventId: string): Promise<void> {
  await keepAnswer(LAST_EVENT, eventId);
}

/** The event that was open last on this device, if any. */
export function lastEvent(): Promise<string | undefined> {
  return recallAnswer(LAST_EVENT, z.string().min(1));
}
