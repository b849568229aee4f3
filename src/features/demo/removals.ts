import type { QueryClient } from '@tanstack/react-query';
import { eventsQuery } from '../events/api/get-events.ts';
import { removeEvent } from './remove-event.ts';

/**
 * - `leaving`: it can still be undone, nothing has happened yet.
 * - `removing`: the server is being told.
 * - `failed`: it is there as before.
 */
export type Removal =
  | { readonly state: 'leaving' | 'removing' }
  | { readonly state: 'failed'; readonly error: unknown };

/** Long enough to read what one has done. */
const UNDO_MS = 6_000;

/** Demo events that somebody has asked to remove in this tab; a tab that is closed before removes nothing. */
class Removals {
  #removals: ReadonlyMap<string, Removal> = new Map();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** By the event's id; the same object until something changes. */
  readonly all = (): ReadonlyMap<string, Removal> => this.#removals;

  start(eventId: string, queryClient: QueryClient): void {
    this.#set(eventId, { state: 'leaving' });
    const remove = () => void this.#remove(eventId, queryClient);
    this.#timers.set(eventId, setTimeout(remove, UNDO_MS));
  }

  undo(eventId: string): void {
    clearTimeout(this.#timers.get(eventId));
    this.#set(eventId, undefined);
  }

  async #remove(eventId: string, queryClient: QueryClient): Promise<void> {
    this.#set(eventId, { state: 'removing' });
    try {
      await removeEvent(eventId);
      queryClient.removeQueries({ queryKey: ['events', eventId] });
      await queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey, exact: true });
      this.#set(eventId, undefined);
    } catch (error) {
      this.#set(eventId, { state: 'failed', error });
    }
  }

  #set(eventId: string, removal: Removal | undefined): void {
    const changed = new Map(this.#removals);
    if (removal === undefined) changed.delete(eventId);
    else changed.set(eventId, removal);
    this.#removals = changed;
    for (const listener of this.#listeners) listener();
  }
}

export const removals = new Removals();
