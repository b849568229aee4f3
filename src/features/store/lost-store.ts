import { batchDetailSchema, batchStatusSchema } from '../../../core/api/batch.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import type { WitnessedBatch } from './witness.ts';

const TIMEOUT_MS = 4_000;

type Asked = Pick<WitnessedBatch, 'id' | 'eventId' | 'count'>;

/** What is left of the batches that this device had. */
export interface Loss {
  readonly batches: readonly Asked[];
  /** Tickets that they were to have. */
  readonly tickets: number;
  /** Of those, what the server has; null where it cannot say now. */
  readonly onServer: number | null;
  /** Batches that the server has never heard of: nothing of them is left anywhere. */
  readonly unknown: readonly Asked[];
}

/**
 * Batches of an event that are open on the server: one of them may be this device's, though nothing here knows of it.
 * None where the server cannot say.
 */
export async function openBatches(eventId: string, signal: AbortSignal): Promise<readonly Asked[]> {
  try {
    const options = { signal, timeout: TIMEOUT_MS, retry: 0 };
    const batches = await api.get(`events/${eventId}/batches`, options).json(batchStatusSchema.array());
    return batches.filter(({ state }) => state === 'open').map(({ id, count }) => ({ id, eventId, count }));
  } catch {
    // Not reached, or not signed in: then the numbers are missing, and the page says so.
    return [];
  }
}

/** Asks the server for what it has of batches that this device has lost. */
export async function measureLoss(batches: readonly Asked[], signal: AbortSignal): Promise<Loss> {
  const tickets = batches.reduce((sum, { count }) => sum + count, 0);
  try {
    const stored = await Promise.all(batches.map((batch) => storedOf(batch, signal)));
    const onServer = stored.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    return { batches, tickets, onServer, unknown: batches.filter((_, index) => stored[index] === null) };
  } catch {
    // Not reached, or not signed in: it is asked again when the page asks anew.
    return { batches, tickets, onServer: null, unknown: [] };
  }
}

/** @returns null for a batch that the server does not know. */
async function storedOf({ eventId, id }: Asked, signal: AbortSignal): Promise<number | null> {
  try {
    const options = { signal, timeout: TIMEOUT_MS, retry: 0 };
    return (await api.get(`events/${eventId}/batches/${id}`, options).json(batchDetailSchema)).stored;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
