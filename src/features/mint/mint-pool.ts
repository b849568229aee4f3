import { preferredProtection } from '../../../core/ticket/signer/choose.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';

/** Two calls a worker, so that it signs one while the other's last write is under way. */
const CALLS_PER_WORKER = 2;
/**
 * WebCrypto signs on threads of its own, so one worker keeps two cores busy: measured on two, a second worker gains next to
 * nothing and doubles the garbage.
 */
const WEBCRYPTO = { coresPerWorker: 2, max: 4 };
const SOFTWARE = { coresPerWorker: 1, max: 8 };
/** How long workers that were started ahead wait for the run. */
const WAITING_MS = 300_000;

export interface MintPool {
  /** Calls that may be under way at once. */
  readonly slots: number;
  worker(slot: number): WorkerHandle<'mint'>;
  terminate(): void;
}

/** Started ahead of a run, and not taken yet. */
let waiting: { readonly pool: MintPool; readonly timer: ReturnType<typeof setTimeout> } | undefined;

/** Signing workers for this device, as many as its signature engine can use: those that wait, or else fresh ones. */
export async function takeMintPool(): Promise<MintPool> {
  if (waiting === undefined) return createMintPool();
  const { pool, timer } = waiting;
  clearTimeout(timer);
  waiting = undefined;
  return pool;
}

/** Lets a taken pool wait for the next run, since starting workers costs as much as signing a thousand tickets. */
export function leaveMintPool(pool: MintPool): void {
  if (waiting !== undefined) {
    pool.terminate();
    return;
  }
  const timer = setTimeout(() => {
    waiting = undefined;
    pool.terminate();
  }, WAITING_MS);
  waiting = { pool, timer };
}

async function createMintPool(): Promise<MintPool> {
  const { coresPerWorker, max } = (await preferredProtection()) === 'webcrypto' ? WEBCRYPTO : SOFTWARE;
  const size = Math.max(1, Math.min(max, Math.floor(navigator.hardwareConcurrency / coresPerWorker)));
  const workers = Array.from({ length: size }, () => startWorker('mint'));
  return {
    slots: size * CALLS_PER_WORKER,
    worker: (slot) => workers[slot % size] as WorkerHandle<'mint'>,
    terminate() {
      for (const worker of workers) worker.terminate();
    },
  };
}
