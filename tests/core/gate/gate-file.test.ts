import { beforeAll, describe, expect, test } from 'vitest';
import {
  fingerprintOf,
  type GateFileBody,
  GateFileError,
  MAX_GATE_FILE_BYTES,
  openGateFile,
  scansThatFit,
  sealGateFile,
} from '../../../core/gate/gate-file.ts';
import { GateHub } from '../../../core/gate/gate-hub.ts';
import { GateState } from '../../../core/gate/gate-state.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import type { BatchKeyPair } from '../../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../../core/ticket/signer/web-crypto.ts';
import {
  BATCH,
  DEVICE_1,
  DEVICE_2,
  DURING,
  EVENT_ID,
  GATE_A,
  GATE_B,
  KNOWN_BATCH,
  makeSetup,
  scanOf,
} from './gate-fixture.ts';

const { verify, generateKeyPair, openSigner } = webCryptoEngine;
const KNOWN = { setup: makeSetup(), batches: [], foreign: [] };
const TICKET = { batch: BATCH, serial: 1 };

let keys: BatchKeyPair;
beforeAll(async () => {
  keys = await generateKeyPair();
});

const seal = async (body: GateFileBody) => sealGateFile(body, keys.publicKey, await openSigner(keys.storedKey));

const scansOf = (device: string, from: number, scans: ReturnType<typeof scanOf>[]): GateFileBody => ({
  kind: 'scans',
  at: DURING,
  event: EVENT_ID,
  device,
  name: 'Tablet 1',
  gate: GATE_A,
  from,
  scans,
});

describe('a gate file', () => {
  test('is read as it was written, and says who signed it', async () => {
    const body = new GateHub().gateFile(KNOWN, { at: DURING });
    const opened = await openGateFile(await seal(body), verify);
    expect(opened.body).toEqual(body);
    expect(opened.publicKey).toEqual(keys.publicKey);
    expect(await fingerprintOf(opened.publicKey)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  test('is refused when any part of it was changed, left out or added', async () => {
    const file = await seal(scansOf(DEVICE_1, 0, [scanOf()]));
    const refused = expect.objectContaining({ code: 'gate-message-invalid' });
    for (let index = 0; index < file.length; index += 7) {
      const altered = file.slice();
      altered[index] = (altered[index] as number) ^ 1;
      await expect(openGateFile(altered, verify), `byte ${index}`).rejects.toEqual(refused);
    }
    await expect(openGateFile(file.slice(0, -1), verify)).rejects.toEqual(refused);
    await expect(openGateFile(new Uint8Array([...file, 0]), verify)).rejects.toEqual(refused);
    await expect(openGateFile(new Uint8Array(), verify)).rejects.toEqual(refused);
  });

  test('that cannot be read says why', async () => {
    const file = await seal(scansOf(DEVICE_1, 0, [scanOf()]));
    const another = new TextEncoder().encode('ticketmint/gate-file/2\n and more');
    const faults = [
      [new TextEncoder().encode('a photo'), 'other'],
      [another, 'version'],
      [new Uint8Array(MAX_GATE_FILE_BYTES + 1), 'too-large'],
      [file.slice(0, 60), 'damaged'],
      [file.slice(0, -3), 'damaged'],
    ] as const;
    for (const [bytes, fault] of faults) {
      const refusal = await openGateFile(bytes, verify).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(GateFileError);
      expect(refusal).toMatchObject({ fault });
    }
  });

  test('takes as many scans as fit', async () => {
    const scans = Array.from({ length: 50 }, () => scanOf({ kind: 'override', reason: 'ü'.repeat(100) }));
    const maxBytes = 12_000;
    const count = scansThatFit(scans, maxBytes);
    expect(count).toBeGreaterThan(10);
    expect((await seal(scansOf(DEVICE_1, 0, scans.slice(0, count)))).length).toBeLessThan(maxBytes);
    expect(scansThatFit(scans)).toBe(50);
  });

  test('signed by somebody else has another fingerprint', async () => {
    const stranger = await generateKeyPair();
    expect(await fingerprintOf(stranger.publicKey)).not.toBe(await fingerprintOf(keys.publicKey));
  });
});

describe('a day without a server', () => {
  test('two gates let a ticket in; the tablet that mints finds it, and both gates learn of it', () => {
    const hub = new GateHub();
    const gates = [new GateState(), new GateState()] as const;
    const first = scanOf({ device: DEVICE_2, gate: GATE_B, at: DURING });
    const second = scanOf({ device: DEVICE_1, gate: GATE_A, at: DURING + 60_000 });
    for (const gate of gates) gate.applyFile(hub.gateFile(KNOWN, { at: DURING }).sync, 0);
    gates[0].record(second);
    gates[1].record(first);
    expect(hub.merge({ device: DEVICE_1, from: 0, scans: gates[0].ownScans() })).toHaveLength(1);
    expect(hub.merge({ device: DEVICE_2, from: 0, scans: gates[1].ownScans() })).toHaveLength(1);
    expect(hub.merge({ device: DEVICE_2, from: 0, scans: gates[1].ownScans() })).toEqual([]);
    expect(hub.ledger.conflicts()).toMatchObject([{ kept: { gate: GATE_B }, doubled: { gate: GATE_A } }]);
    const later = scanOf({ serial: 2, device: DEVICE_1 });
    gates[0].record(later);
    const { sync, covers } = hub.gateFile(KNOWN, { at: DURING + 1 });
    expect(gates[0].applyFile(sync, new Map(covers).get(DEVICE_1) ?? 0)).toBe('applied');
    expect(gates[0].applyFile({ ...sync, at: DURING }, 0)).toBe('stale');
    expect([gates[0].inside(), gates[0].stateOf(TICKET).state]).toEqual([3, 'inside']);
    expect(gates[0].stateOf({ batch: BATCH, serial: 2 }).state).toBe('inside');
  });

  test('a gate’s scans are taken in their order, none left out', () => {
    const hub = new GateHub();
    const scans = [1, 2, 3].map((serial) => scanOf({ serial }));
    expect(hub.merge({ device: DEVICE_1, from: 1, scans: scans.slice(1) })).toBe('missing');
    expect(hub.ledger.size).toBe(0);
    expect(hub.merge({ device: DEVICE_1, from: 0, scans: scans.slice(0, 2) })).toHaveLength(2);
    expect(hub.merge({ device: DEVICE_1, from: 1, scans: scans.slice(1) })).toHaveLength(1);
    expect(hub.gateFile(KNOWN, { at: DURING }).covers).toEqual([[DEVICE_1, 3]]);
  });

  test('a hub that is opened anew knows what it had', () => {
    const scans = [1, 2, 3].map((serial) => scanOf({ serial, at: DURING + serial }));
    const hub = new GateHub({ scans, counts: [[DEVICE_1, 3]] });
    expect(hub.merge({ device: DEVICE_1, from: 3, scans: [scanOf({ serial: 4 })] })).toHaveLength(1);
    const { sync, covers } = hub.gateFile(KNOWN, { at: DURING });
    expect(covers).toEqual([[DEVICE_1, 4]]);
    expect(sync.uses[0]).toEqual([BATCH, 3, 'inside', DURING + 3, GATE_A]);
  });

  test('what the server told before holds on beside a file', () => {
    const told = new GateHub();
    told.ledger.add(scanOf({ serial: 7, gate: GATE_B }));
    const first = scanOf({ serial: 8 });
    told.ledger.add(first);
    const server = told.gateFile({ ...KNOWN, batches: [{ ...KNOWN_BATCH, revoked: [[50, 60]] }] }, { at: DURING }).sync;
    const gate = new GateState([{ scan: first, seq: 2 }]);
    gate.applySync({ ...server, cursor: { changes: 1, scans: 2 } });
    const hub = new GateHub();
    hub.ledger.add(scanOf({ serial: 9, gate: GATE_B }));
    const stateOf = (serial: number) => gate.stateOf({ batch: BATCH, serial });
    for (const revoked of [[[58, 70]], [[61, 70]]] as [number, number][][]) {
      const { sync } = hub.gateFile({ ...KNOWN, batches: [{ ...KNOWN_BATCH, revoked }] }, { at: DURING + 1 });
      expect(gate.applyFile(sync, 0)).toBe('applied');
      expect([7, 8, 9, 10].map((serial) => stateOf(serial).state)).toEqual(['inside', 'inside', 'inside', 'unused']);
      expect([stateOf(7).gate, gate.inside(), gate.insideOf(GATE_A), gate.insideOf(GATE_B)]).toEqual([GATE_B, 3, 1, 1]);
      expect(gate.knowledge?.batches.get(BATCH)?.revoked).toEqual([[50, 70]]);
    }
    expect(gate.cursor).toBeUndefined();
  });

  test('a batch that the server withheld stays so until a file knows of an approval since', () => {
    const fileWith = (parts: { approvedAt?: number }, at: number) =>
      new GateHub().gateFile({ ...KNOWN, batches: [{ ...KNOWN_BATCH, ...parts }] }, { at }).sync;
    const gate = new GateState();
    gate.applySync(new GateHub().gateFile({ ...KNOWN, withheld: [BATCH] }, { at: DURING }).sync);
    const isKnown = () => {
      const { batches, withheld } = gate.knowledge as GateKnowledge;
      expect(withheld.has(BATCH)).toBe(!batches.has(BATCH));
      return batches.has(BATCH);
    };
    // Files are newer than what the server told; what their tablet had heard may be older.
    for (const parts of [{}, { approvedAt: DURING - 1 }, { approvedAt: DURING }]) {
      expect(gate.applyFile(fileWith(parts, DURING + 10), 0)).toBe('applied');
      expect(isKnown()).toBe(false);
    }
    const since = fileWith({ approvedAt: DURING + 1 }, DURING + 11);
    expect(gate.applyFile(since, 0)).toBe('applied');
    expect(isKnown()).toBe(true);
    // The tablet may have heard of a withdrawal that the server told nobody at the gate.
    const withheld = new GateHub().gateFile({ ...KNOWN, withheld: [BATCH] }, { at: DURING + 12 }).sync;
    expect(gate.applyFile(withheld, 0)).toBe('applied');
    expect(isKnown()).toBe(false);
    gate.applySync({ ...since, at: DURING + 13, cursor: { changes: 9, scans: 0 } });
    expect(isKnown()).toBe(true);
  });

  test('changes that were asked for before a file came are not taken over it', () => {
    const gate = new GateState();
    const { sync: server } = new GateHub().gateFile({ ...KNOWN, batches: [KNOWN_BATCH] }, { at: DURING });
    gate.applySync({ ...server, cursor: { changes: 1, scans: 0 } });
    const hub = new GateHub();
    const own = scanOf();
    gate.record(own);
    hub.merge({ device: DEVICE_1, from: 0, scans: [own] });
    gate.applyFile(hub.gateFile(KNOWN, { at: DURING + 1 }).sync, 1);
    const late = { ...server, complete: false, at: DURING + 2, cursor: { changes: 2, scans: 0 } };
    expect(gate.applySync(late)).toBe('stale');
    expect([gate.cursor, gate.inside(), gate.stateOf(TICKET).state]).toEqual([undefined, 1, 'inside']);
    expect(gate.applySync({ ...late, complete: true })).toBe('applied');
    expect([gate.cursor, gate.inside()]).toEqual([late.cursor, 1]);
  });

  test('a gate that no server has told goes by the file alone', () => {
    const gate = new GateState();
    gate.applyFile(new GateHub().gateFile({ ...KNOWN, withheld: [BATCH] }, { at: DURING }).sync, 0);
    expect(gate.knowledge?.withheld.has(BATCH)).toBe(true);
    gate.applyFile(new GateHub().gateFile({ ...KNOWN, batches: [KNOWN_BATCH] }, { at: DURING + 1 }).sync, 0);
    expect(gate.knowledge?.batches.has(BATCH)).toBe(true);
  });
});
