import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchManifest } from '../../../core/api/batch.ts';
import type { Store } from '../../../server/store/store.ts';
import { codeOf } from './refusal-code.ts';
import type { StoreUnderTest } from './store-contract.ts';

const ACTOR = 'user-1';
const BATCH = 'aaaaaaaaaaaa';
const EVENT = { name: 'A', place: 'B', timeZone: 'Asia/Kolkata', currency: 'INR', language: 'en' } as const;
const TIMES = { startsAt: 1, endsAt: 4_000_000_000_000 };
const TYPE = { name: 'A', priceMinor: 0, colour: 'red', capacity: null, notBefore: null, notAfter: null } as const;
const MANIFEST: BatchManifest = {
  publicKey: 'A'.repeat(43),
  typeIndex: 0,
  count: 1_000,
  chunkSize: 500,
  notBefore: null,
  notAfter: null,
  runId: '0'.repeat(32),
  keyProtection: 'webcrypto',
  proof: 'A'.repeat(86),
};

/** What every adapter must do with batches that wait for approval; run against a real database. */
export function testApprovals(open: () => Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest;
  let store: Store;
  let eventId: string;
  beforeEach(async () => {
    subject = await open();
    store = subject.store;
    eventId = (await store.events.create({ ...EVENT, ...TIMES, approval: true }, ACTOR)).id;
    await store.events.createType(eventId, TYPE, ACTOR);
    await store.batches.declare(eventId, BATCH, MANIFEST, ACTOR);
  });
  afterEach(() => subject.remove());

  const told = async () => {
    const { batches, withheld } = await store.checkIns.sync(eventId);
    return { batches: batches.map(({ id }) => id), withheld };
  };
  const actions = async () => (await store.audit.list({ limit: 100 })).map(({ action }) => action);

  test('gates are told of one as it stands, also after a restart', async () => {
    expect((await store.batches.get(eventId, BATCH)).approval).toBeNull();
    expect(await told()).toEqual({ batches: [], withheld: [BATCH] });
    await store.batches.approve(eventId, BATCH, ACTOR);
    store = await subject.reopen();
    expect((await store.batches.get(eventId, BATCH)).approval).toMatchObject({ at: expect.any(Number) });
    expect(await told()).toEqual({ batches: [BATCH], withheld: [] });
    await store.batches.withdrawApproval(eventId, BATCH, ACTOR);
    store = await subject.reopen();
    expect(await told()).toEqual({ batches: [], withheld: [BATCH] });
  });

  test('a change is told to whoever has synced, and one that changes nothing is not', async () => {
    const { cursor } = await store.checkIns.sync(eventId);
    await store.batches.withdrawApproval(eventId, BATCH, ACTOR);
    expect(await store.checkIns.sync(eventId, cursor)).toMatchObject({ cursor, batches: [] });
    await store.batches.approve(eventId, BATCH, ACTOR);
    const next = await store.checkIns.sync(eventId, cursor);
    expect(next.batches).toMatchObject([{ id: BATCH }]);
    const lines = await actions();
    await store.batches.approve(eventId, BATCH, ACTOR);
    expect(await store.checkIns.sync(eventId, next.cursor)).toMatchObject({ cursor: next.cursor, batches: [] });
    expect(await actions()).toEqual(lines);
    expect(lines.filter((action) => action.includes('appro'))).toEqual(['batch.approve']);
  });

  test('a claim is decided by it', async () => {
    const { id: gate } = await store.gates.create(
      eventId,
      { name: 'G', types: null, direction: 'both', reentry: false, capacity: null, undo: true },
      ACTOR,
    );
    const claim = async (serial: number) => {
      const nonce = serial.toString(16).padStart(32, '0');
      const scan = {
        nonce,
        batch: BATCH,
        serial,
        kind: 'enter',
        at: Date.now(),
        device: 'device000001',
        gate,
      } as const;
      return (await store.checkIns.claim(eventId, scan, ACTOR)).verdict;
    };
    expect(await claim(1)).toEqual({ kind: 'unknown-batch', waiting: true });
    await store.batches.approve(eventId, BATCH, ACTOR);
    expect(await claim(1)).toEqual({ kind: 'admitted', again: false });
    await store.batches.withdrawApproval(eventId, BATCH, ACTOR);
    expect(await claim(2)).toEqual({ kind: 'unknown-batch', waiting: true });
  });

  test('one that is not declared cannot be approved', async () => {
    expect(await codeOf(store.batches.approve(eventId, 'bbbbbbbbbbbb', ACTOR))).toBe('batch-not-declared');
    expect(await codeOf(store.batches.withdrawApproval('000000000000', BATCH, ACTOR))).toBe('batch-not-declared');
  });
}
