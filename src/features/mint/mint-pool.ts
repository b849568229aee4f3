import { preferredProtection } from '../../../core/ticket/signer/choose.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';

/** Two calls a worker, so that it signs one while the other's last write is under way. */
const CALLS_PER_WORKER = 2;
/** WebCrypto has threads of its own; measured, a second worker gains 5 %, and more gain nothing. */
const MAX_WEBCRYPTO_WORKERS = 2;
const MAX_SOFTWARE_WORKERS = 8;

export interface MintPool {
  /** Calls that may be under way at once. */
  readonly slots: number;
  worker(slot: number): WorkerHandle<'mint'>;
  terminate(): void;
}

/** Starts signing workers for this device: as many as its signature engine can use. */
export async function createMintPool(): Promise<MintPool> {
  const max = (await preferredProtection()) === 'webcrypto' ? MAX_WEBCRYPTO_WORKERS : MAX_SOFTWARE_WORKERS;
  const size = Math.max(1, Math.min(max, navigator.hardwareConcurrency));
  const workers = Array.from({ length: size }, () => startWorker('mint'));
  return {
    slots: size * CALLS_PER_WORKER,
    worker: (slot) => workers[slot % size] as WorkerHandle<'mint'>,
    terminate() {
      for (const worker of workers) worker.terminate();
    },
  };
}
