import { TicketmintError } from '../../core/errors.ts';

/** The name of the error that a storage engine gave, however deeply Dexie or an abort wrapped it. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let current = error, depth = 0; current instanceof Object && depth < 5; depth++) {
    const { name, inner, cause } = current as { name?: unknown; inner?: unknown; cause?: unknown };
    if (typeof name === 'string') names.push(name);
    current = inner ?? cause;
  }
  return names;
}

/** As the engines and Dexie call it; those of a request that was wrong in itself have other names. */
const DEAD = new Set(['InvalidStateError', 'InvalidState', 'UnknownError', 'Unknown', 'DatabaseClosedError']);

/** Whether a call failed because its connection is dead, or none could be opened. */
export function isDeadConnection(error: unknown): boolean {
  return namesOf(error).some((name) => DEAD.has(name));
}

/**
 * What a failed write to the local database means to the person: the storage is full, or it is gone or broken.
 * @returns `mint-storage-full` (retryable once space is freed) or `mint-storage-lost`.
 */
export function storageErrorOf(error: unknown): TicketmintError {
  if (error instanceof TicketmintError) return error;
  const names = namesOf(error);
  const full = names.some((name) => name === 'QuotaExceededError' || name === 'QuotaExceeded');
  return full
    ? new TicketmintError('mint-storage-full', 'the browser has no space left for this site', {
        cause: error,
        retryable: true,
      })
    : new TicketmintError(
        'mint-storage-lost',
        `the local database refused a write (${names.join(', ') || 'unknown'})`,
        {
          cause: error,
          retryable: true,
        },
      );
}
