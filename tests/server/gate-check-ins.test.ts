import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Admissions,
  type ClaimAnswer,
  type GateSync,
  MAX_SCANS,
  type Scan,
  type ScanConflicts,
  type ScanResult,
} from '../../core/api/gate.ts';
import type { GateDevice } from '../../core/api/gate-device.ts';
import { decide, identify } from '../../core/gate/decide.ts';
import { GateState } from '../../core/gate/gate-state.ts';
import { decodeGateSync } from '../../core/gate/gate-sync.ts';
import { webCryptoEngine } from '../../core/ticket/signer/web-crypto.ts';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import type { MintedBatch } from '../support/minted-batch.ts';
import { json, openServer, problemOf, type ServerFixture } from './server-fixture.ts';

const HOUR = 3_600_000;
const RACES = process.env.TICKETMINT_FULL ? 10_000 : 100;

interface Device {
  readonly id: string;
  readonly gate: string;
  call(method: string, path: string, body?: unknown): Promise<Response>;
}

let fixture: ServerFixture;
let eventId: string;
let path: string;
let batch: MintedBatch;
let devices: readonly [Device, Device];
beforeAll(async () => {
  fixture = await openServer();
  eventId = await makeRunningEvent();
  path = `/api/events/${eventId}`;
  batch = await fixture.declare({ eventId, count: 100_000, chunkSize: 500 });
  devices = [await pair(eventId), await pair(eventId)];
});
afterAll(() => fixture[Symbol.asyncDispose]());

async function makeRunningEvent(): Promise<string> {
  const id = await fixture.makeEvent();
  const times = { startsAt: Date.now() - HOUR, endsAt: Date.now() + HOUR };
  await json(fixture.as('admin', 'PATCH', `/api/events/${id}`, times));
  return id;
}

async function pair(event: string): Promise<Device> {
  const cookie = await fixture.pairDevice(event);
  const call: Device['call'] = (method, address, body) => fixture.asDevice(cookie, method, address, body);
  const session = await json<{ device: { id: string }; gate: { id: string } }>(call('GET', '/api/gate/session'));
  return { id: session.device.id, gate: session.gate.id, call };
}

let nonces = 0;
function scanOf({ id, gate }: Device, parts: Partial<Scan> = {}): Scan {
  const nonce = (++nonces).toString(16).padStart(32, '0');
  return { nonce, batch: batch.id, serial: 1, kind: 'enter', at: Date.now(), device: id, gate, ...parts };
}

const upload = async (device: Device, scans: readonly Scan[]) =>
  (await json<{ results: ScanResult[] }>(device.call('POST', `${path}/scans`, { scans }))).results;
const claim = (device: Device, scan: Scan) => json<ClaimAnswer>(device.call('POST', `${path}/scans/claim`, { scan }));
const conflicts = () => json<ScanConflicts>(fixture.as('coordinator', 'GET', `${path}/scan-conflicts`));

async function sync(device: Device, cursor?: GateSync['cursor']): Promise<GateSync> {
  const query = cursor === undefined ? '' : `?changes=${cursor.changes}&scans=${cursor.scans}`;
  const response = await device.call('GET', `${path}/gate-sync${query}`);
  expect(response.headers.get('Content-Type')).toBe('application/cbor');
  return decodeGateSync(new Uint8Array(await response.arrayBuffer()));
}

async function tokenOf(serial: number): Promise<string> {
  const payload = { batchId: batch.id, serial, typeIndex: 0 };
  return encodeToken(payload, await batch.signer.signAll([signedMessageWriter(batch.id, 0)(serial)]));
}

test('a gate that synced decides without the server, and what it did arrives once', async () => {
  const [device] = devices;
  const state = new GateState();
  state.applySync(await sync(device));
  const { knowledge } = state;
  if (knowledge === undefined) throw new Error('expected a sync');
  const show = async (serial: number) => {
    const now = { at: Date.now(), uncertaintyMs: 0 };
    const context = { gate: device.gate, direction: 'enter', now, verify: webCryptoEngine.verify } as const;
    return decide(await tokenOf(serial), knowledge, state, context);
  };
  expect(await show(11)).toEqual({ kind: 'admitted', again: false });
  const scan = scanOf(device, { serial: 11 });
  state.record(scan);
  expect(await show(11)).toMatchObject({ kind: 'already-used', at: scan.at, gate: device.gate });
  for (const outcome of ['stored', 'known']) {
    const results = await upload(device, state.ownScans());
    expect(results).toMatchObject([{ outcome }]);
    state.confirm(results);
  }
  expect(state.unsent()).toEqual([]);
  state.applySync(await sync(device, state.cursor));
  expect(await show(11)).toMatchObject({ kind: 'already-used', gate: device.gate });
  expect(state.inside()).toBe(1);
});

test('a device knows from a sync alone what it may not let in', async () => {
  const elsewhere = await makeRunningEvent();
  const foreign = await fixture.declare({ eventId: elsewhere, count: 100, chunkSize: 50 });
  const rehearsal = await fixture.declare({ eventId, count: 100, chunkSize: 50, rehearsal: true });
  await json(
    fixture.as('coordinator', 'POST', `${path}/revocations`, { batch: batch.id, from: 500, to: 600, reason: 'x' }),
    201,
  );
  const state = new GateState();
  state.applySync(await sync(devices[0]));
  const { knowledge } = state;
  if (knowledge === undefined) throw new Error('expected a sync');
  expect(knowledge.batches.get(batch.id)?.revoked).toEqual([[500, 600]]);
  expect(knowledge.batches.get(rehearsal.id)?.rehearsal).toBe(true);
  const message = signedMessageWriter(foreign.id, 0)(1);
  const token = encodeToken({ batchId: foreign.id, serial: 1, typeIndex: 0 }, await foreign.signer.signAll([message]));
  expect(await identify(token, knowledge, webCryptoEngine.verify)).toEqual({
    verdict: { kind: 'wrong-event', eventName: 'Diwali Night' },
  });
});

describe('two devices', () => {
  test(`that are online race ${RACES} times, and one is first each time (T7)`, async () => {
    for (let race = 0; race < RACES; race++) {
      const serial = 1_000 + race;
      const scans = [0, 1, 0, 1].map(
        (index) => [devices[index] as Device, scanOf(devices[index] as Device, { serial })] as const,
      );
      const answers = await Promise.all(scans.map(([device, scan]) => claim(device, scan)));
      expect(answers.filter(({ verdict }) => verdict.kind === 'admitted')).toHaveLength(1);
      expect(answers.filter(({ verdict }) => verdict.kind === 'already-used')).toHaveLength(3);
    }
    expect((await conflicts()).conflicts.filter(({ serial }) => serial >= 1_000 && serial < 1_000 + RACES)).toEqual([]);
  });

  test('that were offline let a ticket in twice: found in whatever order they send (T6)', async () => {
    const before = (await conflicts()).total;
    for (const order of [devices, [...devices].reverse()]) {
      const serial = order === devices ? 901 : 902;
      const early = scanOf(devices[0], { serial, at: Date.now() - 60_000 });
      const late = scanOf(devices[1], { serial, at: Date.now() - 30_000 });
      for (const device of order) await upload(device, [device === devices[0] ? early : late]);
      const [newest] = (await conflicts()).conflicts.filter((conflict) => conflict.serial === serial);
      expect(newest).toMatchObject({ kept: { nonce: early.nonce }, doubled: { nonce: late.nonce } });
    }
    expect((await conflicts()).total).toBe(before + 2);
  });

  test('may have claimed what its reply never told: the upload of the same scan counts once', async () => {
    const scan = scanOf(devices[0], { serial: 910 });
    const { verdict, seq } = await claim(devices[0], scan);
    expect(verdict.kind).toBe('admitted');
    expect(await upload(devices[0], [scan])).toEqual([{ nonce: scan.nonce, outcome: 'known', seq }]);
  });
});

test('admissions are told by gate, type and minute', async () => {
  const { admitted, exited, inside, tickets, used, gates, types, minutes } = await json<Admissions>(
    fixture.as('admin', 'GET', `${path}/admissions?since=${Date.now() - HOUR}`),
  );
  expect(inside).toBe(admitted - exited);
  // 101 were revoked by a test before; those of the rehearsal are none.
  expect(tickets).toBe(100_000 - 101);
  // Some came in twice.
  expect(used).toBe(admitted - (await conflicts()).total);
  expect(gates.reduce((sum, gate) => sum + gate.admitted, 0)).toBe(admitted);
  expect(types).toEqual([{ typeIndex: 0, tickets, used, admitted, exited }]);
  expect(minutes.every(({ minute }) => minute % 60_000 === 0)).toBe(true);
  expect(minutes.reduce((sum, minute) => sum + minute.admitted, 0)).toBe(admitted);
});

test('a sync is noted as the device’s last', async () => {
  const { at } = await sync(devices[0]);
  const known = await json<GateDevice[]>(fixture.as('coordinator', 'GET', `${path}/gate-devices`));
  expect(known.find(({ id }) => id === devices[0].id)?.lastSyncAt).toBe(at);
});

describe('a device', () => {
  const refused = (device: Device, scan: unknown, route = 'scans') =>
    problemOf(device.call('POST', `${path}/${route}`, route === 'scans' ? { scans: [scan] } : { scan }));

  test('sends its own scans only; people bring those of others', async () => {
    const scan = scanOf(devices[1], { serial: 920 });
    expect(await refused(devices[0], scan)).toBe('422 not-valid');
    const brought = fixture.as('coordinator', 'POST', `${path}/scans`, { scans: [scan] });
    expect((await json<{ results: ScanResult[] }>(brought)).results).toMatchObject([{ outcome: 'stored' }]);
  });

  test('claims entries and exits at its own gate', async () => {
    expect(await refused(devices[0], scanOf(devices[0], { gate: devices[1].gate }), 'scans/claim')).toBe(
      '422 not-valid',
    );
    const override = scanOf(devices[0], { kind: 'override', reason: 'x' });
    expect(await refused(devices[0], override, 'scans/claim')).toBe('422 not-valid');
  });

  test('lets in on a supervisor’s word, which the audit log says without the reason', async () => {
    const override = scanOf(devices[0], { serial: 930, kind: 'override', reason: 'guest of the band' });
    for (const outcome of ['stored', 'known'])
      expect(await upload(devices[0], [override])).toMatchObject([{ outcome }]);
    const lines = await json<{ action: string }[]>(fixture.as('admin', 'GET', '/api/audit?limit=50'));
    const actorId = `gate-device ${devices[0].id}`;
    expect(lines.filter(({ action }) => action === 'gate.override')).toMatchObject([
      { actorId, subject: batch.id, details: { serial: 930 } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('band');
  });

  test('keeps with a scan that its ticket was found by a typed code', async () => {
    const scan = scanOf(devices[0], { serial: 931, typed: true });
    const { seq } = await claim(devices[0], scan);
    const listed = fixture.as('coordinator', 'GET', `${path}/scans?after=${(seq ?? 0) - 1}&limit=1`);
    expect(await json(listed)).toMatchObject([{ serial: 931, typed: true }]);
  });

  test('is told what is wrong with a scan', async () => {
    const wrong = [
      { nonce: 'x' },
      { batch: 'nobatch' },
      { serial: 0 },
      { kind: 'enter', reason: 'x' },
      { kind: 'override' },
      { kind: 'undo' },
      { kind: 'exit', again: true },
      { at: -1 },
    ] as Partial<Scan>[];
    for (const parts of wrong) expect(await refused(devices[0], scanOf(devices[0], parts))).toBe('422 not-valid');
  });

  test('sends no more than a body holds', async () => {
    const scans = Array.from({ length: MAX_SCANS }, (_, index) =>
      scanOf(devices[0], { serial: 2_000 + index, kind: 'override', reason: 'क'.repeat(100) }),
    );
    expect(await upload(devices[0], scans)).toHaveLength(MAX_SCANS);
    const more = { scans: [...scans, scanOf(devices[0])] };
    expect(await problemOf(devices[0].call('POST', `${path}/scans`, more))).toBe('422 not-valid');
    const filler = { scans, filler: 'x'.repeat(64 * 1024) };
    expect(await problemOf(devices[0].call('POST', `${path}/scans`, filler))).toBe('413 too-large');
  });

  test('gets nothing of another event', async () => {
    const other = await makeRunningEvent();
    expect(await problemOf(devices[0].call('GET', `/api/events/${other}/gate-sync`))).toBe('403 forbidden');
    expect(await problemOf(devices[0].call('POST', `/api/events/${other}/scans`, { scans: [] }))).toBe('403 forbidden');
  });

  test('gets an odd cursor refused, not misread', async () => {
    expect(await problemOf(devices[0].call('GET', `${path}/gate-sync?changes=-1&scans=0`))).toBe('422 not-valid');
    expect((await sync(devices[0], { changes: 2 ** 40, scans: 2 ** 40 })).complete).toBe(true);
  });
});
