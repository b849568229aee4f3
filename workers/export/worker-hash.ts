import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import { TicketmintError } from '../../core/errors.ts';
import { type ContentHash, inlineHash } from '../../core/export/content-hash.ts';
import type { HashApi } from '../hash.worker.ts';

/** Bytes gathered before they are sent: enough that a message costs nothing, and small exports need no worker. */
const BATCH_BYTES = 1024 * 1024;

/**
 * SHA-256 beside the encoder: hashing takes about as long as encoding, so it has a thread of its own. Where workers cannot
 * start workers, it runs in this one.
 */
export function workerHash(): ContentHash {
  return typeof Worker === 'undefined' ? inlineHash() : new WorkerHash();
}

/**
 * Two buffers go back and forth between the threads. Fresh ones for each batch would stay behind: what was transferred
 * is freed only by a full collection of its receiver, which has no other reason for one.
 */
class WorkerHash implements ContentHash {
  #gathered = new Uint8Array(BATCH_BYTES);
  #length = 0;
  #spare: Promise<Uint8Array<ArrayBuffer>> | undefined;
  #remote: RemoteHash | undefined;

  update(chunk: Uint8Array<ArrayBuffer>): void | Promise<void> {
    if (this.#length + chunk.length > BATCH_BYTES) return this.#gatherAndSend(chunk);
    this.#gathered.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  async #gatherAndSend(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + BATCH_BYTES - this.#length);
      this.#gathered.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === BATCH_BYTES) await this.#send();
    }
  }

  /** Waits for the buffer that was sent before, and goes on with it. */
  async #send(): Promise<void> {
    this.#remote ??= startHashWorker();
    const [batch, length] = [this.#gathered, this.#length];
    const previous = this.#spare ?? Promise.resolve(new Uint8Array(BATCH_BYTES));
    this.#spare = this.#remote.call((api) => api.update(transfer(batch, [batch.buffer]), length));
    // Its failure is met by whoever waits for it next.
    this.#spare.catch(() => {});
    this.#gathered = await previous;
    this.#length = 0;
  }

  async digest(): Promise<string> {
    if (this.#remote === undefined) {
      const hash = inlineHash();
      await hash.update(this.#gathered.subarray(0, this.#length));
      return hash.digest();
    }
    await this.#send();
    await this.#spare;
    const digest = await this.#remote.call((api) => api.digest());
    this.dispose();
    return digest;
  }

  dispose(): void {
    this.#remote?.end();
    this.#remote = undefined;
    this.#spare = undefined;
    this.#length = 0;
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
