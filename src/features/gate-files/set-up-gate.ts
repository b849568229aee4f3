import type { GateSetup } from '../../../core/api/gate.ts';
import { GATE_SESSION_MARGIN_MS, type GateSession } from '../../../core/api/gate-device.ts';
import { GateMemory } from '../gate/gate-memory.ts';
import { GateStore } from '../gate/gate-store.ts';
import { keepSession } from '../gates/kept-session.ts';
import { FileRefusal } from './file-refusal.ts';
import { newFacts } from './gate-files.ts';
import type { ReadFile } from './read-file.ts';

/** What a file offers to a device that is no gate yet. @throws {FileRefusal} when it is none for gates, or has no gate. */
export function setupIn({ body }: Pick<ReadFile, 'body'>): GateSetup {
  if (body.kind !== 'gate') throw new FileRefusal('for-tablet');
  const { setup } = body.sync;
  if (setup === undefined || openGates(setup).length === 0) throw new FileRefusal('no-gate');
  return setup;
}

/** The gates that a device may be set up for. */
export function openGates({ gates }: GateSetup): GateSetup['gates'] {
  return gates.filter(({ archivedAt }) => archivedAt === null);
}

/**
 * Makes this device a gate's by a file whose key a person has compared. What an earlier visit to the same event has left
 * here counts.
 * @throws {FileRefusal}
 */
export async function setUpGate(file: ReadFile, gateId: string, name: string): Promise<void> {
  const setup = setupIn(file);
  const { body, publicKey } = file;
  if (body.kind !== 'gate') throw new FileRefusal('for-tablet');
  const store = new GateStore(setup.event.id);
  try {
    const facts = (await store.readFiles()) ?? newFacts();
    const session = sessionOf(setup, gateId, { id: facts.series, name });
    const own = await store.ownScans();
    const covered = Math.min(new Map(body.covers).get(facts.series) ?? 0, own.length);
    const memory = await GateMemory.open(store);
    if (!(await memory.takeFile(body.sync, { ...facts, trusted: publicKey, covered }))) throw new FileRefusal('older');
    keepSession(session, { isByFile: true });
  } finally {
    store.close();
  }
}

function sessionOf({ event, gates }: GateSetup, gateId: string, device: GateSession['device']): GateSession {
  const gate = gates.find(({ id }) => id === gateId);
  if (gate === undefined) throw new FileRefusal('no-gate');
  const { id, name, timeZone, endsAt } = event;
  const validUntil = Math.max(endsAt, Date.now()) + GATE_SESSION_MARGIN_MS;
  // When it was made is the server's to know, and nobody asks.
  return { device, event: { id, name, timeZone, endsAt }, gate: { ...gate, createdAt: 0 }, validUntil };
}
