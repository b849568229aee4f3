import type { GateSession } from '../../../core/api/gate-device.ts';
import type { ClockEstimate } from '../../../core/gate/clock.ts';
import { GateFiles } from '../gate-files/gate-files.ts';
import { ClaimLog } from './claim-log.ts';
import { lookUpCode } from './code-lookup.ts';
import { GateClock } from './gate-clock.ts';
import { GateDesk } from './gate-desk.ts';
import { GateLink } from './gate-link.ts';
import { GateMemory } from './gate-memory.ts';
import { GatePacks } from './gate-packs.ts';
import { GateStore } from './gate-store.ts';
import { gateVerifier } from './gate-verifier.ts';
import { PackStore } from './pack-store.ts';

/** One gate at work on this page. */
export interface OpenGate {
  readonly desk: GateDesk;
  readonly link: GateLink;
  readonly clock: GateClock;
  /** What is known, as it is now. */
  readonly memory: GateMemory;
  /** Short codes and names. */
  readonly packs: GatePacks;
  /** What goes to and comes from a tablet without a server. */
  readonly files: GateFiles;
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
  const claims = await ClaimLog.open(store, memory.ownScans());
  const packs = await GatePacks.open(session, new PackStore());
  const follow = async () => {
    const { knowledge } = memory.state;
    return knowledge !== undefined && packs.follow(knowledge.setup, clock.now().at);
  };
  const link = new GateLink({ session, store, memory, clock, claims, follow, onEnded }, await store.readSyncedAt());
  const verify = await gateVerifier();
  const files = await GateFiles.open({ session, store, memory });
  const claim = files.isAlone ? () => Promise.resolve(undefined) : link.claim;
  const lookUp = (code: string) => lookUpCode(code, session, packs);
  const desk = new GateDesk({ session, memory, clock, verify, claim, claims, lookUp, namesOf: packs.namesOf });
  desk.subscribe(link.wake);
  link.subscribe(files.refresh);
  desk.subscribe(files.refresh);
  // No server knows of a device that was set up from a file.
  const closed = (files.isAlone ? aborted(signal) : link.run(signal)).then(async () => {
    await desk.close();
    store.close();
    packs.close();
  });
  return { desk, link, clock, memory, packs, files, closed };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
