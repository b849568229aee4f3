import { batchDetailSchema } from '../../../core/api/batch.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import type { WitnessedBatch } from './witness.ts';

const TIMEOUT_MS = 4_000;

/** What is left of the batches that this device had. */
export interface Loss {
  readonly batches: readonly WitnessedBatch[];
  /** Tickets that they were to have. */
  readonly tickets: number;
  /** Of those, what the server has; null where it cannot say now. */
  readonly onServer: number | null;
  /** Batches that the server has never heard of: nothing of them is left anywhere. */
  readonly unknown: readonly WitnessedBatch[];
}

/** Asks the server for what it has of batches that this device has lost. */
export async function measureLoss(batches: readonly WitnessedBatch[], signal: AbortSignal): Promise<Loss> {
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
async function storedOf({ eventId, id }: WitnessedBatch, signal: AbortSignal): Promise<number | null> {
  try {
    const options = { signal, timeout: TIMEOUT_MS, retry: 0 };
    return (await api.get(`events/${eventId}/batches/${id}`, options).json(batchDetailSchema)).stored;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
