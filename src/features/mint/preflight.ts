import { leaveMintPool, takeMintPool } from './mint-pool.ts';
import { ensureRunService } from './run-service.ts';

/** Tickets signed in the trial. */
const TRIAL_TICKETS = 1_000;
/** The database's own share: keys, log and compaction need room beside the chunks. */
const STORAGE_OVERHEAD = 1.3;
/** Firefox's `persist()` may never settle. */
const PERSIST_TIMEOUT_MS = 2_000;

export interface Preflight {
  /** How long signing and buffering will take on this device, ms; measured, not guessed. */
  readonly durationMs: number;
  readonly ticketsPerSecond: number;
  /** Bytes the tickets will take here until they are freed. */
  readonly bytesNeeded: number;
  /** Bytes the browser would still give this site; null where it does not say. */
  readonly bytesAvailable: number | null;
  /** Whether the browser promised not to clear this site's storage by itself; null where it cannot say. */
  readonly isPersisted: boolean | null;
}

/**
 * Measures this device by a short trial, and its storage against the quota; asks for persistent storage. The workers
 * that it starts wait for the run.
 * @param bytesPerTicket what one ticket's fields add to its 64 bytes of signature.
 */
export async function preflight(count: number, bytesPerTicket: number): Promise<Preflight> {
  ensureRunService();
  const pool = await takeMintPool();
  try {
    const [trialMs, bytesAvailable, isPersisted] = await Promise.all([
      pool.call(0, TRIAL_TICKETS, (api) => api.measureSigning(TRIAL_TICKETS)),
      availableBytes(),
      askForPersistence(),
    ]);
    leaveMintPool(pool);
    const ticketsPerSecond = (TRIAL_TICKETS / trialMs) * 1_000;
    return {
      durationMs: (count / ticketsPerSecond) * 1_000,
      ticketsPerSecond,
      bytesNeeded: Math.ceil(count * (64 + bytesPerTicket) * STORAGE_OVERHEAD),
      bytesAvailable,
      isPersisted,
    };
  } catch (error) {
    pool.terminate();
    throw error;
  }
}

async function availableBytes(): Promise<number | null> {
  // WebKitGTK has no navigator.storage at all.
  const estimate = await (navigator.storage as StorageManager | undefined)?.estimate?.();
  if (estimate?.quota === undefined || estimate.usage === undefined) return null;
  return Math.max(0, estimate.quota - estimate.usage);
}

async function askForPersistence(): Promise<boolean | null> {
  const storage = navigator.storage as StorageManager | undefined;
  if (storage?.persist === undefined) return null;
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, PERSIST_TIMEOUT_MS, null));
  return Promise.race([storage.persist().catch(() => null), timeout]);
}
