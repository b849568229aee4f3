import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEntry } from '../../core/api/audit.ts';
import type { BatchDetail } from '../../core/api/batch.ts';
import type { EventRecord, TicketType } from '../../core/api/event.ts';
import type { ClaimAnswer, GateSync, Scan, ScanResult } from '../../core/api/gate.ts';
import { decide } from '../../core/gate/decide.ts';
import { GateState } from '../../core/gate/gate-state.ts';
import { decodeGateSync } from '../../core/gate/gate-sync.ts';
import { webCryptoEngine } from '../../core/ticket/signer/web-crypto.ts';
import { encodeToken, signedMessageWriter } from '../../core/ticket/token.ts';
import type { MintedBatch } from '../support/minted-batch.ts';
import { batchPath, EVENT, json, openServer, problemOf, type ServerFixture, TYPE } from './server-fixture.ts';

const HOUR = 3_600_000;

let fixture: ServerFixture;
beforeAll(async () => {
  fixture = await openServer();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const mint = (eventId: string, rehearsal?: true) =>
  fixture.declare({ eventId, count: 100, chunkSize: 50, ...(rehearsal === undefined ? {} : { rehearsal }) });
const stateOf = (eventId: string, { id }: MintedBatch) =>
  json<BatchDetail>(fixture.as('coordinator', 'GET', batchPath(eventId, id)));
const approval = (method: 'PUT' | 'DELETE', eventId: string, { id }: MintedBatch) =>
  json<BatchDetail>(fixture.as('admin', method, `${batchPath(eventId, id)}/approval`));
const ask = (eventId: string, isAsked: boolean) =>
  json<EventRecord>(fixture.as('admin', 'PATCH', `/api/events/${eventId}`, { approval: isAsked }));

/** A running event that asks for approval, and a device at its gate. */
async function openGate() {
  const eventId = await fixture.makeEvent();
  const times = { startsAt: Date.now() - HOUR, endsAt: Date.now() + HOUR };
  await json(fixture.as('admin', 'PATCH', `/api/events/${eventId}`, times));
  const cookie = await fixture.pairDevice(eventId);
  const call = (method: string, path: string, body?: unknown) => fixture.asDevice(cookie, method, path, body);
  const { device, gate } = await json<{ device: { id: string }; gate: { id: string } }>(
    call('GET', '/api/gate/session'),
  );
  const state = new GateState();
  let nonces = 0;
  return {
    eventId,
    state,
    /** @param of whose knowledge it is for; another than the device's own is a new device's. */
    async sync(of = state): Promise<GateSync> {
      const { cursor } = of;
      const query = cursor === undefined ? '' : `?changes=${cursor.changes}&scans=${cursor.scans}`;
      const response = await call('GET', `/api/events/${eventId}/gate-sync${query}`);
      const sync = decodeGateSync(new Uint8Array(await response.arrayBuffer()));
      expect(of.applySync(sync)).toBe('applied');
      return sync;
    },
    /** What the device says of a ticket by itself. */
    async show(batch: MintedBatch, serial: number) {
      const signature = await batch.signer.signAll([signedMessageWriter(batch.id, 0)(serial)]);
      const now = { at: Date.now(), uncertaintyMs: 0 };
      const context = { gate: gate.id, direction: 'enter', now, verify: webCryptoEngine.verify } as const;
      if (state.knowledge === undefined) throw new Error('expected a sync');
      return decide(
        encodeToken({ batchId: batch.id, serial, typeIndex: 0 }, signature),
        state.knowledge,
        state,
        context,
      );
    },
    scan(batch: MintedBatch, serial: number): Scan {
      const nonce = `${device.id}${++nonces}`.replaceAll(/[^0-9a-f]/g, '0').padStart(32, '0');
      return { nonce, batch: batch.id, serial, kind: 'enter', at: Date.now(), device: device.id, gate: gate.id };
    },
    claim: async (scan: Scan) =>
      (await json<ClaimAnswer>(call('POST', `/api/events/${eventId}/scans/claim`, { scan }))).verdict,
    upload: async (scan: Scan) =>
      (await json<{ results: ScanResult[] }>(call('POST', `/api/events/${eventId}/scans`, { scans: [scan] }))).results,
  };
}

const ADMITTED = { kind: 'admitted', again: false };
const WAITING = { kind: 'unknown-batch', waiting: true };

test('gates get a batch once an administrator has approved it, and lose it when the approval is withdrawn', async () => {
  const gate = await openGate();
  const { eventId } = gate;
  await ask(eventId, true);
  await gate.sync();
  const batch = await mint(eventId);
  expect((await stateOf(eventId, batch)).approval).toBeNull();
  expect(await gate.sync()).toMatchObject({ complete: false, batches: [], withheld: [batch.id] });
  expect(await gate.show(batch, 1)).toEqual(WAITING);
  expect(await gate.claim(gate.scan(batch, 1))).toEqual(WAITING);

  const { approval: given } = await approval('PUT', eventId, batch);
  expect(given).toMatchObject({ at: expect.any(Number), by: expect.any(String) });
  // The same again changes nothing, nor does it leave a line in the log.
  expect((await approval('PUT', eventId, batch)).approval).toEqual(given);
  expect((await gate.sync()).batches).toMatchObject([{ id: batch.id }]);
  expect(await gate.show(batch, 1)).toEqual(ADMITTED);
  expect(await gate.claim(gate.scan(batch, 1))).toEqual(ADMITTED);

  expect((await approval('DELETE', eventId, batch)).approval).toBeNull();
  // A device that has not heard of it lets in; what has happened is taken.
  expect(await gate.show(batch, 2)).toEqual(ADMITTED);
  const late = gate.scan(batch, 2);
  gate.state.record(late);
  expect(await gate.upload(late)).toMatchObject([{ outcome: 'stored' }]);
  expect(await gate.sync()).toMatchObject({ batches: [], withheld: [batch.id] });
  expect(await gate.show(batch, 3)).toEqual(WAITING);
  expect(await gate.claim(gate.scan(batch, 3))).toEqual(WAITING);

  // Approved again, nothing of it is forgotten, also where nothing was known of it.
  const newcomer = new GateState();
  await gate.sync(newcomer);
  await approval('PUT', eventId, batch);
  await gate.sync(newcomer);
  expect(newcomer.stateOf({ batch: batch.id, serial: 1 }).state).toBe('inside');
  await gate.sync();
  for (const serial of [1, 2]) expect(await gate.show(batch, serial)).toMatchObject({ kind: 'already-used' });
  expect(await gate.show(batch, 3)).toEqual(ADMITTED);
  expect(await actionsOn(batch)).toEqual([
    'batch.declare',
    'batch.approve',
    'batch.withdraw-approval',
    'batch.approve',
  ]);
});

test('a gate that is new is told of approved batches alone', async () => {
  const gate = await openGate();
  await ask(gate.eventId, true);
  const [approved, waiting] = [await mint(gate.eventId), await mint(gate.eventId)];
  await approval('PUT', gate.eventId, approved);
  const sync = await gate.sync();
  expect(sync).toMatchObject({ complete: true, withheld: [waiting.id] });
  expect(sync.batches.map(({ id }) => id)).toEqual([approved.id]);
  expect(await gate.show(waiting, 1)).toEqual(WAITING);
  // Nor is a revocation a way for its key to get there.
  const revocation = { batch: waiting.id, from: 1, to: 2, reason: 'x' };
  await json(fixture.as('coordinator', 'POST', `/api/events/${gate.eventId}/revocations`, revocation), 201);
  expect((await gate.sync()).batches).toEqual([]);
  expect(await gate.show(waiting, 1)).toEqual(WAITING);
});

test('the switch changes nothing for batches that are there, and can be withdrawn from', async () => {
  const gate = await openGate();
  const { eventId } = gate;
  const before = await mint(eventId);
  expect(await ask(eventId, true)).toMatchObject({ approval: true });
  const between = await mint(eventId);
  expect(await ask(eventId, false)).not.toMatchObject({ approval: true });
  const after = await mint(eventId);
  expect(await stateOf(eventId, before)).not.toHaveProperty('approval');
  expect((await stateOf(eventId, between)).approval).toBeNull();
  expect(await stateOf(eventId, after)).not.toHaveProperty('approval');
  await gate.sync();
  expect(await gate.show(before, 1)).toEqual(ADMITTED);
  expect(await gate.show(between, 1)).toEqual(WAITING);
  expect(await gate.show(after, 1)).toEqual(ADMITTED);
  // One that nobody was asked about can be taken from the gates, too.
  await approval('DELETE', eventId, before);
  await gate.sync();
  expect(await gate.show(before, 1)).toEqual(WAITING);
  // Another change of the event leaves the switch as it is.
  await ask(eventId, true);
  await json(fixture.as('admin', 'PATCH', `/api/events/${eventId}`, { name: 'Renamed' }));
  expect(await json(fixture.as('coordinator', 'GET', `/api/events/${eventId}`))).toMatchObject({ approval: true });
});

test('a rehearsal asks for no approval where no gate lets it in, and for one at a demo event', async () => {
  const gate = await openGate();
  await ask(gate.eventId, true);
  const rehearsal = await mint(gate.eventId, true);
  await gate.sync();
  expect(await gate.show(rehearsal, 1)).toEqual({ kind: 'rehearsal' });
  const demo = { ...EVENT, demo: true, approval: true };
  const { id } = await json<EventRecord>(fixture.as('admin', 'POST', '/api/events', demo), 201);
  await json(fixture.as('admin', 'POST', `/api/events/${id}/types`, TYPE), 201);
  expect((await stateOf(id, await mint(id, true))).approval).toBeNull();
});

test('a rehearsal takes no room from tickets that are let in', async () => {
  const eventId = await fixture.makeEvent({ capacity: 100 });
  const declared = async () => {
    const types = await json<TicketType[]>(fixture.as('coordinator', 'GET', `/api/events/${eventId}/types`));
    return types[0]?.declared;
  };
  const tests = await mint(eventId, true);
  expect(await declared()).toBe(0);
  await mint(eventId);
  await mint(eventId, true);
  await json(fixture.as('coordinator', 'POST', `${batchPath(eventId, tests.id)}/seal`, { reason: 'cancelled' }));
  expect(await declared()).toBe(100);
});

test('approving and withdrawing are for administrators, and of batches of the event', async () => {
  const eventId = await fixture.makeEvent();
  const batch = await mint(eventId);
  const other = await fixture.makeEvent();
  for (const method of ['PUT', 'DELETE']) {
    const path = `${batchPath(eventId, batch.id)}/approval`;
    expect(await problemOf(fixture.as('coordinator', method, path))).toBe('403 forbidden');
    const elsewhere = `${batchPath(other, batch.id)}/approval`;
    expect(await problemOf(fixture.as('admin', method, elsewhere))).toBe('404 batch-not-declared');
  }
});

/** What the audit log says was done to it, from the beginning. */
async function actionsOn({ id }: MintedBatch): Promise<string[]> {
  const entries = await json<AuditEntry[]>(fixture.as('admin', 'GET', '/api/audit?limit=100'));
  return entries
    .filter(({ subject }) => subject === id)
    .map(({ action }) => action)
    .reverse();
}
