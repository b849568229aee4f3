import type { GateBatch, GateSetup, GateSync, Scan } from '../../../core/api/gate.ts';
import type { TicketUses } from '../../../core/gate/decide.ts';
import { UNUSED } from '../../../core/gate/fold.ts';
import { applyKnowledge, type GateKnowledge } from '../../../core/gate/knowledge.ts';
import { encodeToken, signedMessageWriter, type TokenPayload } from '../../../core/ticket/token.ts';
import { type MintedBatch, mintBatch } from '../../support/minted-batch.ts';

export const GATE_A = 'gatea0000000';
export const GATE_B = 'gateb0000000';
export const DEVICE_1 = 'device000001';
export const DEVICE_2 = 'device000002';
export const EVENT_ID = 'event0000001';
export const STARTS_AT = 1_800_000_000_000;
export const ENDS_AT = STARTS_AT + 6 * 3_600_000;
export const DURING = STARTS_AT + 3_600_000;
export const BATCH = 'aaaaaaaaaaaa';

const GATE = { types: null, direction: 'both', reentry: false, capacity: null, undo: true, archivedAt: null } as const;

export function makeSetup({
  gates = {},
  rules = {},
  demo = false,
}: {
  readonly gates?: Partial<GateSetup['gates'][number]>;
  readonly rules?: Partial<GateSetup['rules']>;
  readonly demo?: boolean;
} = {}): GateSetup {
  return {
    event: { id: EVENT_ID, name: 'Night', timeZone: 'Asia/Kolkata', startsAt: STARTS_AT, endsAt: ENDS_AT, demo },
    types: [
      { index: 0, name: 'General', colour: 'blue', notBefore: null, notAfter: null },
      { index: 1, name: 'Backstage', colour: 'red', notBefore: DURING, notAfter: null },
    ],
    gates: [
      { ...GATE, id: GATE_A, name: 'A', ...gates },
      { ...GATE, id: GATE_B, name: 'B' },
    ],
    rules: { capacity: null, earlyMs: 0, lateMs: 0, ...rules },
  };
}

/** A batch as a sync tells of it, whose key no signature is from. */
export const KNOWN_BATCH: GateBatch = {
  id: BATCH,
  publicKey: 'A'.repeat(43),
  typeIndex: 0,
  count: 100,
  notBefore: null,
  notAfter: null,
  rehearsal: false,
  revoked: [],
};

export function makeSync(parts: Partial<GateSync> = {}): GateSync {
  return {
    v: 1,
    at: DURING,
    cursor: { changes: 1, scans: 0 },
    complete: true,
    more: false,
    setup: makeSetup(),
    batches: [],
    revoked: [],
    foreign: [],
    used: [],
    uses: [],
    inside: { total: 0, gates: [] },
    ...parts,
  };
}

export function gateBatch(batch: MintedBatch, parts: Partial<GateBatch> = {}): GateBatch {
  const { publicKey, typeIndex, count, notBefore, notAfter } = batch.manifest;
  return { id: batch.id, publicKey, typeIndex, count, notBefore, notAfter, rehearsal: false, revoked: [], ...parts };
}

export function knowledgeOf(parts: Partial<GateSync>): GateKnowledge {
  const knowledge = applyKnowledge(undefined, makeSync(parts));
  if (knowledge === undefined) throw new TypeError('expected a complete sync');
  return knowledge;
}

export const NOBODY_IN: TicketUses = { stateOf: () => UNUSED, inside: () => 0, insideOf: () => 0 };

export const mint = (count = 100, eventId = EVENT_ID): Promise<MintedBatch> =>
  mintBatch({ eventId, count, chunkSize: 50 });

/** A token as the batch's key signs it, whatever it says. */
export async function tokenOf(batch: MintedBatch, parts: Partial<TokenPayload> = {}): Promise<string> {
  const payload = { batchId: batch.id, serial: 1, typeIndex: batch.manifest.typeIndex, ...parts };
  const message = signedMessageWriter(payload.batchId, payload.typeIndex)(payload.serial);
  return encodeToken(payload, await batch.signer.signAll([message]));
}

let nonces = 0;

/** A scan of ticket 1 at gate A by device 1 while the event goes on. */
export function scanOf(parts: Partial<Scan> = {}): Scan {
  const nonce = (++nonces).toString(16).padStart(32, '0');
  return { nonce, batch: BATCH, serial: 1, kind: 'enter', at: DURING, device: DEVICE_1, gate: GATE_A, ...parts };
}
