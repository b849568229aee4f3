const LOCK = 'ticketmint-gate';
const CHANNEL = 'ticketmint-gate';

export interface HoldOptions {
  readonly signal: AbortSignal;
  /** Another page has the gate. */
  readonly onElsewhere: () => void;
}

/**
 * Waits until this page alone has the gate: two pages with a memory each would let the same ticket in twice.
 * @returns a signal that aborts when another page has asked for it; whoever holds it calls `release` once it has stopped.
 * @throws the signal's reason.
 */
export async function holdGate({ signal, onElsewhere }: HoldOptions) {
  const { promise: held, resolve, reject } = Promise.withResolvers<{ asked: AbortSignal; release: () => void }>();
  const hold = () => {
    const asked = new AbortController();
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => asked.abort();
    resolve({ asked: asked.signal, release });
    return promise.finally(() => channel.close());
  };
  const isFree = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock !== null);
  if (!isFree) onElsewhere();
  navigator.locks.request(LOCK, { signal }, hold).catch(reject);
  return held;
}

/** Asks the page that has the gate to leave it to this one. */
export function askForGate(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('ask');
  channel.close();
}
