/** Exports that run at once on this device, whatever the number of tabs. */
const MAX_RUNNING = 5;
/** On devices with little memory. */
const MAX_RUNNING_SMALL = 2;
const SMALL_GIB = 2;

/** Only Chromium tells, rounded, and at most 8. */
function maxRunning(): number {
  const { deviceMemory = SMALL_GIB + 1 } = navigator as { readonly deviceMemory?: number };
  return deviceMemory <= SMALL_GIB ? MAX_RUNNING_SMALL : MAX_RUNNING;
}

/**
 * Waits for one of the device's slots, in turn, and does the work in it. A slot is a lock, so that it is free again when its
 * tab is gone.
 * @throws what the work throws; the signal's reason when it aborts before the turn comes.
 */
export function withSlot<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const others = new AbortController();
  const leave = () => others.abort();
  signal.addEventListener('abort', leave, { once: true });
  let isTaken = false;
  for (let slot = 1; slot <= maxRunning(); slot++)
    navigator.locks
      .request(`ticketmint-export-slot-${slot}`, { signal: others.signal }, async () => {
        if (isTaken) return;
        isTaken = true;
        signal.removeEventListener('abort', leave);
        others.abort();
        await work().then(resolve, reject);
      })
      .catch((error: unknown) => {
        if (!isTaken) reject(signal.aborted ? signal.reason : error);
      });
  if (signal.aborted) leave();
  return promise;
}
