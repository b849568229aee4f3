import { backoffDelayMs } from '../../core/upload/backoff.ts';

/**
 * - `online`: the server answered last.
 * - `reconnecting`: it did not a moment ago; the next looks may find it.
 * - `offline`: it did not for several looks. Whether this device has a network is no matter of it.
 */
export type ConnectionState = 'online' | 'reconnecting' | 'offline';
/** What a request showed. */
type Contact = 'online' | 'unreachable';

const LOOK_TIMEOUT_MS = 5_000;
/** Soon at first, then every 15 s at most; with jitter, as a hall of tablets loses its network at one moment. */
const LOOKS = { baseMs: 1_000, capMs: 14_000, retryAfterCapMs: 0 };
const LEAST_WAIT_MS = 500;
/** From then on it is called offline. */
const LOOKS_IN_VAIN = 3;

/** Under this name the tabs of a device keep since when they have been without the server. */
const SINCE = 'ticketmint-offline-since';
const CHANNEL = 'ticketmint-connection';

/**
 * Whether the server can be reached, as learnt from the requests that are made anyway; while it cannot, a small request
 * looks now and then whether it is back. What the browser says of its network is a reason to look, and no more: it knows
 * nothing of a router without a line, nor of a server on the same machine.
 */
class Connection {
  #state: ConnectionState = 'online';
  #since: number | null = null;
  #looksInVain = 0;
  #hasMet = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #tabs = new BroadcastChannel(CHANNEL);

  constructor() {
    const look = () => void this.#look();
    addEventListener('offline', look);
    addEventListener('online', look);
    this.#tabs.onmessage = ({ data }: MessageEvent<Contact>) => {
      // Another tab's news, to be seen for oneself.
      if ((data === 'online') !== (this.#state === 'online')) look();
    };
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** When the server was first missed, in ms since epoch; null while it answers. */
  get since(): number | null {
    return this.#since;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Notes what a request showed. */
  report(contact: Contact): void {
    clearTimeout(this.#timer);
    if (contact === 'online') {
      this.#meet();
      return;
    }
    const waitMs = LEAST_WAIT_MS + backoffDelayMs(this.#looksInVain, Math.random, LOOKS);
    this.#timer = setTimeout(() => void this.#look(), waitMs);
    if (this.#state === 'online') this.#become('reconnecting');
  }

  /** Looks whether the server is still there: something went wrong elsewhere. */
  doubt(): void {
    if (this.#state === 'online') void this.#look();
  }

  #meet(): void {
    this.#looksInVain = 0;
    // What an earlier visit has left ends with the first answer of this one.
    if (!this.#hasMet || this.#state !== 'online') forgetSince();
    this.#hasMet = true;
    this.#become('online');
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    const wasOnline = this.#state === 'online';
    this.#state = state;
    this.#since = state === 'online' ? null : (this.#since ?? sharedSince());
    if (wasOnline || state === 'online') this.#tabs.postMessage(state === 'online' ? 'online' : 'unreachable');
    for (const listener of this.#listeners) listener();
  }

  async #look(): Promise<void> {
    const isThere = await answers();
    if (!isThere && ++this.#looksInVain >= (navigator.onLine ? LOOKS_IN_VAIN : 1) && this.#state !== 'online')
      this.#become('offline');
    this.report(isThere ? 'online' : 'unreachable');
  }
}

/** A network's own sign-in page may answer, too, but not as the server does. */
async function answers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS);
    const { ok, headers } = await fetch('/healthz', { cache: 'no-store', signal });
    return ok && headers.get('Content-Type')?.includes('json') === true;
  } catch {
    // No answer is the answer.
    return false;
  }
}

/** Also across a restart of the browser within one and the same silence. */
function sharedSince(): number {
  try {
    const since = Number(localStorage.getItem(SINCE) ?? Date.now());
    localStorage.setItem(SINCE, String(since));
    return since;
  } catch {
    // A browser that keeps nothing.
    return Date.now();
  }
}

function forgetSince(): void {
  try {
    localStorage.removeItem(SINCE);
  } catch {
    // Nothing was kept.
  }
}

export const connection = new Connection();
