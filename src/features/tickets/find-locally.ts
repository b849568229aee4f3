import type { TicketHit } from '../../../core/api/batch.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';

let idle: WorkerHandle<'tickets'> | undefined;

/** Starts the worker ahead of the first search, while the server can still be reached for its code. */
export function prepareToFind(): void {
  idle ??= startWorker('tickets');
}

/** Searches the tickets that this device keeps; one search uses one worker, which then waits for the next. */
export async function findLocally(
  batchIds: readonly string[],
  q: string,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<TicketHit[]> {
  const worker = idle ?? startWorker('tickets');
  idle = undefined;
  try {
    const hits = await worker.call((api) => api.findTickets(batchIds, q, limit), { signal });
    idle ??= worker;
    return hits;
  } finally {
    if (idle !== worker) worker.terminate();
  }
}
