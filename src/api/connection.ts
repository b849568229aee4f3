/** `offline`: this device has no network. `unreachable`: it has, and the server does not answer. */
export type ConnectionState = 'online' | 'offline' | 'unreachable';

const PROBE_EVERY_MS = 5_000;

/**
 * Whether the server can be reached, as learnt from the requests that are made anyway; while it cannot, a small request
 * every few seconds looks whether it is back.
 */
class Connection {
  #state: ConnectionState = navigator.onLine ? 'online' : 'offline';
  readonly #listeners = new Set<() => void>();
  #probe: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('offline', () => this.report('offline'));
    addEventListener('online', () => void this.#look());
  }

  get state(): ConnectionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Notes what a request showed. */
  report(state: ConnectionState): void {
    const next = state === 'unreachable' && !navigator.onLine ? 'offline' : state;
    clearTimeout(this.#probe);
    if (next !== 'online') this.#probe = setTimeout(() => void this.#look(), PROBE_EVERY_MS);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  async #look(): Promise<void> {
    try {
      const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_EVERY_MS) });
      this.report(response.ok ? 'online' : 'unreachable');
    } catch {
      // No answer is the answer.
      this.report('unreachable');
    }
  }
}

export const connection = new Connection();
