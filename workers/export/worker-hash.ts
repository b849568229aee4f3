import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import { TicketmintError } from '../../core/errors.ts';
import { type ContentHash, inlineHash } from '../../core/export/content-hash.ts';
import type { HashApi } from '../hash.worker.ts';

/** Chunks are sent by this many bytes: enough that a message costs nothing, and the first small exports need no worker. */
const BATCH_BYTES = 1024 * 1024;

/**
 * SHA-256 beside the encoder: hashing takes about as long as encoding, so it has a thread of its own. At most two
 * batches of 1 MiB are on their way. Where workers cannot start workers, it runs in this one.
 */
export function workerHash(): ContentHash {
  return typeof Worker === 'undefined' ? inlineHash() : new WorkerHash();
}

class WorkerHash implements ContentHash {
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #pendingBytes = 0;
  #sending: Promise<void> = Promise.resolve();
  #remote: RemoteHash | undefined;

  async update(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= BATCH_BYTES) await this.#send();
  }

  /** Waits for the batch before this one. */
  async #send(): Promise<void> {
    const batch = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#remote ??= startHashWorker();
    const previous = this.#sending;
    this.#sending = this.#remote.call((api) =>
      api.update(
        transfer(
          batch,
          batch.map(({ buffer }) => buffer),
        ),
      ),
    );
    // Its failure is met by whoever waits for it next.
    this.#sending.catch(() => {});
    await previous;
  }

  async digest(): Promise<string> {
    if (this.#remote === undefined) {
      const hash = inlineHash();
      for (const chunk of this.#pending) await hash.update(chunk);
      return hash.digest();
    }
    await this.#send();
    await this.#sending;
    const digest = await this.#remote.call((api) => api.digest());
    this.dispose();
    return digest;
  }

  dispose(): void {
    this.#remote?.end();
    this.#remote = undefined;
    this.#pending = [];
  }
}

interface RemoteHash {
  call<Result>(use: (api: Remote<HashApi>) => Promise<Result>): Promise<Result>;
  end(): void;
}

function startHashWorker(): RemoteHash {
  const worker = new Worker(new URL('../hash.worker.ts', import.meta.url), { type: 'module', name: 'hash' });
  const api = wrap<HashApi>(worker);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    reject(new TicketmintError('internal', `the hash worker stopped: ${event.message}`, { retryable: true }));
  });
  return {
    call: (use) => Promise.race([use(api), ended]),
    end() {
      api[releaseProxy]();
      worker.terminate();
    },
  };
}
