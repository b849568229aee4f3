import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GATE_SESSION_MARGIN_MS, type GateInput, PAIRING_MS } from '../../../core/api/gate-device.ts';
import type { ClaimRecord } from '../../../server/store/gate-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { codeOf } from './refusal-code.ts';
import type { StoreUnderTest } from './store-contract.ts';

const ACTOR = 'user-1';
const END = 4_000_000_000_000;
const GATE: GateInput = { name: 'Main', types: null, direction: 'both', reentry: true, capacity: 9, undo: false };

const hashOf = (text: string) => createHash('sha256').update(text).digest();
const claimOf = (code: string, nonce = 'n'): ClaimRecord => ({
  codeHash: hashOf(code),
  claimHash: hashOf(`${code} ${nonce}`),
  secretHash: hashOf('secret'),
  deviceName: 'Tablet',
});

/** What every adapter must do with gates, their devices and pairings; run against a real database. */
export function testGateStores(open: () => Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest;
  let store: Store;
  let eventId: string;
  let gateId: string;
  beforeEach(async () => {
    subject = await open();
    store = subject.store;
    const event = { name: 'A', place: 'B', timeZone: 'Asia/Kolkata', startsAt: 1, endsAt: END, currency: 'INR' };
    eventId = (await store.events.create({ ...event, language: 'en' }, ACTOR)).id;
    gateId = (await store.gates.create(eventId, GATE, ACTOR)).id;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await subject.remove();
  });

  const opened = (code: string) => store.gatePairings.open(eventId, gateId, hashOf(code), ACTOR);
  const paired = async (code: string) => {
    await opened(code);
    const { id } = await store.gatePairings.claim(claimOf(code));
    await store.gatePairings.confirm(eventId, id, ACTOR);
    return store.gatePairings.complete(id, hashOf(`token ${code}`));
  };

  test('gates are kept over a restart, in the order they were made', async () => {
    const second = await store.gates.create(eventId, { ...GATE, name: 'Exit', direction: 'exit' }, ACTOR);
    await store.gates.update(eventId, gateId, { name: 'North', capacity: null }, ACTOR);
    store = await subject.reopen();
    const gates = await store.gates.list(eventId);
    expect(gates.map(({ id }) => id).sort()).toEqual([gateId, second.id].sort());
    expect(gates.find(({ id }) => id === gateId)).toMatchObject({ ...GATE, name: 'North', capacity: null });
    expect(await codeOf(store.gates.list('000000000000'))).toBe('event-not-found');
    expect(await codeOf(store.gates.update(eventId, '000000000000', {}, ACTOR))).toBe('gate-not-found');
  });

  test('a gate that was made without the server keeps its id, and is made once', async () => {
    const own = { ...GATE, id: 'madeoffline1' };
    const made = await store.gates.create(eventId, own, ACTOR);
    expect(made.id).toBe(own.id);
    await store.gates.update(eventId, own.id, { name: 'Renamed' }, ACTOR);
    expect(await store.gates.create(eventId, own, ACTOR)).toEqual({ ...made, name: 'Renamed' });
    expect(await store.gates.list(eventId)).toHaveLength(2);
    const event = { name: 'B', place: 'B', timeZone: 'UTC', startsAt: 1, endsAt: END, currency: 'INR' };
    const { id: otherId } = await store.events.create({ ...event, language: 'en' }, ACTOR);
    expect(await codeOf(store.gates.create(otherId, own, ACTOR))).toBe('not-valid');
  });

  test('gates end at 100 an event', async () => {
    for (let made = 1; made < 100; made++) await store.gates.create(eventId, GATE, ACTOR);
    expect(await codeOf(store.gates.create(eventId, GATE, ACTOR))).toBe('not-valid');
  });

  test('a code goes to whoever comes first, and is not kept once it is used', async () => {
    const { id } = await opened('code');
    const claims = ['a', 'b', 'c', 'd'].map((nonce) => store.gatePairings.claim(claimOf('code', nonce)));
    const outcomes = await Promise.allSettled(claims);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect((await store.gatePairings.find(id))?.claimHash).toEqual(new Uint8Array(claimOf('code', 'a').claimHash));
    expect(await codeOf(store.gatePairings.claim(claimOf('code', 'b')))).toBe('pairing-over');
  });

  test('a pairing that is over is deleted, and each step gives the next one its time', async () => {
    const { id } = await opened('code');
    const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    later(PAIRING_MS - 1_000);
    await store.gatePairings.claim(claimOf('code'));
    later(PAIRING_MS - 1_000);
    await store.gatePairings.confirm(eventId, id, ACTOR);
    later(PAIRING_MS - 1_000);
    await store.gatePairings.complete(id, hashOf('token'));
    later(1_001);
    expect(await store.gatePairings.find(id)).toBeUndefined();
    expect(await codeOf(store.gatePairings.complete(id, hashOf('token')))).toBe('pairing-over');
  });

  test('a device is known by the hash of its session until it is revoked', async () => {
    const { device } = await paired('one');
    const session = await store.gateDevices.findSession(device.id);
    expect(session?.tokenHash).toEqual(new Uint8Array(hashOf('token one')));
    expect(session).toMatchObject({ eventId, gate: { id: gateId }, event: { endsAt: END } });
    expect(device.validUntil).toBe(END + GATE_SESSION_MARGIN_MS);
    expect(await codeOf(store.gates.update(eventId, gateId, { archived: true }, ACTOR))).toBe('gate-in-use');
    await store.gateDevices.revoke(eventId, device.id, ACTOR);
    expect((await store.gateDevices.findSession(device.id))?.tokenHash).toBeNull();
    await store.gates.update(eventId, gateId, { archived: true }, ACTOR);
  });

  test('what a device tells of itself is kept, each thing by itself', async () => {
    const { device } = await paired('one');
    await store.gateDevices.note(device.id, { contactAt: 5, battery: { percent: 7, charging: true } });
    await store.gateDevices.note(device.id, { syncAt: 6 });
    await store.gateDevices.rename(eventId, device.id, 'North', ACTOR);
    expect(await store.gateDevices.list(eventId)).toMatchObject([
      { name: 'North', lastContactAt: 5, lastSyncAt: 6, battery: { percent: 7, charging: true } },
    ]);
    await store.gateDevices.note(device.id, { battery: null });
    expect(await store.gateDevices.list(eventId)).toMatchObject([{ lastSyncAt: 6, battery: null }]);
  });

  test('a device of another event is none', async () => {
    const { device } = await paired('one');
    const { id: other } = await store.events.create({ ...(await store.events.get(eventId)), name: 'Other' }, ACTOR);
    expect(await codeOf(store.gateDevices.revoke(other, device.id, ACTOR))).toBe('device-not-found');
    expect(await codeOf(store.gateDevices.rename(other, device.id, 'x', ACTOR))).toBe('device-not-found');
    expect(await store.gateDevices.list(other)).toEqual([]);
  });

  describe('a refusal', () => {
    test('of a code that nobody used leaves nothing behind', async () => {
      const { id } = await opened('code');
      await store.gatePairings.refuse(eventId, id, ACTOR);
      expect(await store.gatePairings.find(id)).toBeUndefined();
      expect(await codeOf(store.gatePairings.claim(claimOf('code')))).toBe('pairing-over');
    });

    test('comes too late for a device that was confirmed', async () => {
      const { id } = await opened('code');
      await store.gatePairings.claim(claimOf('code'));
      await store.gatePairings.confirm(eventId, id, ACTOR);
      await store.gatePairings.refuse(eventId, id, ACTOR);
      expect((await store.gatePairings.find(id))?.state).toBe('confirmed');
    });
  });
}
