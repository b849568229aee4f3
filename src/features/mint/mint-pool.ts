import type { Remote } from 'comlink';
import { preferredProtection } from '../../../core/ticket/signer/choose.ts';
import { startWorker, type WorkerApis, type WorkerHandle } from '../../../workers/bridge.ts';

/** Two calls a worker, so that it signs one while the other's last write is under way. */
const CALLS_PER_WORKER = 2;
/**
 * WebCrypto signs on threads of its own, so one worker keeps two cores busy: measured on two, a second worker gains next to
 * nothing and doubles the garbage.
 */
const WEBCRYPTO = { coresPerWorker: 2, max: 4 };
const SOFTWARE = { coresPerWorker: 1, max: 8 };
/**
 * Tickets after which a worker gives way to a fresh one: an engine's young heap and what WebCrypto leaves behind grow for
 * as long as a worker lives, by some 70 MB in a million tickets, and only its end gives all of it back. Starting one costs
 * as much as signing a thousand.
 */
const TICKETS_PER_WORKER = 50_000;
/** How long workers that were started ahead wait for the run. */
const WAITING_MS = 300_000;

export interface MintPool {
  /** Calls that may be under way at once. */
  readonly slots: number;
  /** @param tickets how many the call signs. */
  call<Result>(
    slot: number,
    tickets: number,
    use: (api: Remote<WorkerApis['mint']>) => Promise<Result>,
  ): Promise<Result>;
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
  const alive = new Set<PooledWorker>();
  const start = (): PooledWorker => {
    const worker = { handle: startWorker('mint'), tickets: 0, calls: 0 };
    alive.add(worker);
    return worker;
  };
  const end = (worker: PooledWorker) => {
    worker.handle.terminate();
    alive.delete(worker);
  };
  const workers = Array.from({ length: size }, start);
  /** The worker of a slot; one that has signed its share is replaced, and ends with its last call. */
  const workerFor = (index: number): PooledWorker => {
    const present = workers[index] as PooledWorker;
    if (present.tickets < TICKETS_PER_WORKER) return present;
    if (present.calls === 0) end(present);
    const fresh = start();
    workers[index] = fresh;
    return fresh;
  };
  return {
    slots: size * CALLS_PER_WORKER,
    async call(slot, tickets, use) {
      const index = slot % size;
      const worker = workerFor(index);
      worker.tickets += tickets;
      worker.calls++;
      try {
        return await worker.handle.call(use);
      } finally {
        worker.calls--;
        if (worker.calls === 0 && workers[index] !== worker) end(worker);
      }
    },
    terminate() {
      for (const worker of alive) end(worker);
    },
  };
}

interface PooledWorker {
  readonly handle: WorkerHandle<'mint'>;
  /** Signed, or being signed. */
  tickets: number;
  /** Under way. */
  calls: number;
}
