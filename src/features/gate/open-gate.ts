import type { GateSession } from '../../../core/api/gate-device.ts';
import type { ClockEstimate } from '../../../core/gate/clock.ts';
import { GateClock } from './gate-clock.ts';
import { GateDesk } from './gate-desk.ts';
import { GateLink } from './gate-link.ts';
import { GateMemory } from './gate-memory.ts';
import { GateStore } from './gate-store.ts';
import { gateVerifier } from './gate-verifier.ts';

/** One gate at work on this page. */
export interface OpenGate {
  readonly desk: GateDesk;
  readonly link: GateLink;
  readonly clock: GateClock;
  /** What is known, as it is now. */
  readonly memory: GateMemory;
  /** Resolves once it has stopped: another page may have the gate then. */
  readonly closed: Promise<void>;
}

interface OpenOptions {
  /** Ends its work; what was begun is finished. */
  readonly signal: AbortSignal;
  /** The server says that this device is not paired any more. */
  readonly onEnded: () => void;
}

/** Opens this device's gate as it was left, and begins to sync. One page at a time: see {@link holdGate}. */
export async function openGate(session: GateSession, { signal, onEnded }: OpenOptions): Promise<OpenGate> {
  // Scans are nowhere else until they are sent: asked, and never waited for, as some browsers ask the person.
  navigator.storage?.persist?.().catch(() => undefined);
  const store = new GateStore(session.event.id);
  await store.forgetOthers();
  const memory = await GateMemory.open(store);
  const clock = new GateClock((await store.readClock()) as ClockEstimate | undefined);
  const link = new GateLink({ session, store, memory, clock, onEnded }, await store.readSyncedAt());
  const verify = await gateVerifier();
  const desk = new GateDesk({ session, memory, clock, verify, claim: link.claim });
  desk.subscribe(link.wake);
  const closed = link.run(signal).then(async () => {
    await desk.close();
    store.close();
  });
  return { desk, link, clock, memory, closed };
}
