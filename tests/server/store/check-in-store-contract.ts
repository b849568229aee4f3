import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GateSync, Scan } from '../../../core/api/gate.ts';
import { GateState } from '../../../core/gate/gate-state.ts';
import { ScanLedger } from '../../../core/gate/scan-ledger.ts';
import type { Store } from '../../../server/store/store.ts';
import type { StoreUnderTest } from './store-contract.ts';

const ACTOR = 'user-1';
const NOW = Date.now();
const HOUR = 3_600_000;
const BATCH = 'aaaaaaaaaaaa';
const DEVICES = ['device000001', 'device000002'];
const EVENT = {
  name: 'Night',
  place: 'Hall',
  timeZone: 'Asia/Kolkata',
  currency: 'INR',
  language: 'en' as const,
  startsAt: NOW - HOUR,
  endsAt: NOW + HOUR,
};
const TYPE = {
  name: 'General',
  priceMinor: 0,
  colour: 'teal',
  capacity: null,
  notBefore: null,
  notAfter: null,
} as const;
const GATE = { name: 'Door', types: null, direction: 'both', reentry: true, capacity: null, undo: true } as const;

function manifestOf(key: string, count = 100_000) {
  const none = { notBefore: null, notAfter: null };
  const declaration = {
    publicKey: key.padEnd(43, 'A'),
    typeIndex: 0,
    count,
    chunkSize: 500,
    runId: '0'.repeat(32),
    ...none,
  };
  return { ...declaration, keyProtection: 'webcrypto' as const, proof: 'A'.repeat(86) };
}

let nonces = 0;
const nonceOf = (number: number) => number.toString(16).padStart(32, '0');

/** What every adapter must keep of gates' scans; the fold over all scans in memory is the reference. */
export function testCheckInStore(open: () => Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest;
  let store: Store;
  let eventId: string;
  let gates: string[];
  beforeEach(async () => {
    subject = await open();
    store = subject.store;
    eventId = await makeEvent('A', BATCH);
    gates = [];
    for (let count = 0; count < 2; count++) gates.push((await store.gates.create(eventId, GATE, ACTOR)).id);
  });
  afterEach(() => subject.remove());

  async function makeEvent(key: string, batch: string): Promise<string> {
    const { id } = await store.events.create({ ...EVENT, language: 'en' }, ACTOR);
    await store.events.createType(id, TYPE, ACTOR);
    await store.batches.declare(id, batch, manifestOf(key), ACTOR);
    return id;
  }

  function scanOf(parts: Partial<Scan> = {}): Scan {
    const here = { device: DEVICES[0] as string, gate: gates[0] as string };
    return { nonce: nonceOf(++nonces), batch: BATCH, serial: 1, kind: 'enter', at: NOW, ...here, ...parts };
  }

  const add = (...scans: Scan[]) => store.checkIns.add(eventId, scans, ACTOR);
  const outcomes = async (...scans: Scan[]) => (await add(...scans)).map(({ outcome }) => outcome);

  /** Uses of all tickets as a device would hold them after a complete sync. */
  async function syncedState(): Promise<GateState> {
    const state = new GateState();
    expect(state.applySync(await store.checkIns.sync(eventId))).toBe('applied');
    return state;
  }

  describe('scans', () => {
    test('are stored once, whoever sends them again, also over a restart', async () => {
      const scans = [scanOf(), scanOf({ serial: 2 })];
      expect(await outcomes(...scans)).toEqual(['stored', 'stored']);
      store = await subject.reopen();
      expect(await outcomes(...scans, scanOf({ serial: 3 }))).toEqual(['known', 'known', 'stored']);
      expect(await store.checkIns.admissions(eventId, 0)).toMatchObject({ admitted: 3, inside: 3 });
    });

    test('that cannot be are refused, and the others are taken', async () => {
      const scan = scanOf();
      await makeEvent('B', 'bbbbbbbbbbbb');
      const refused = [
        scanOf({ serial: 100_001 }),
        scanOf({ batch: 'cccccccccccc' }),
        scanOf({ batch: 'bbbbbbbbbbbb' }),
        { ...scan, serial: 7 },
      ];
      expect(await outcomes(scan, ...refused, scanOf({ serial: 2 }))).toEqual([
        'stored',
        'refused',
        'refused',
        'refused',
        'refused',
        'stored',
      ]);
    });

    test('of an event that is not there are refused', async () => {
      await expect(store.checkIns.add('nosuchevent0', [scanOf()], ACTOR)).rejects.toMatchObject({
        code: 'event-not-found',
      });
    });

    test('in any order and grouping leave what the fold over all of them says', async () => {
      const drafts = fc.array(
        fc.record({
          serial: fc.integer({ min: 1, max: 4 }),
          kind: fc.constantFrom(
            'enter' as const,
            'enter' as const,
            'exit' as const,
            'override' as const,
            'undo' as const,
          ),
          step: fc.nat(12),
          device: fc.constantFrom(...DEVICES),
          gate: fc.nat(1),
          again: fc.boolean(),
          target: fc.nat(),
        }),
        { minLength: 1, maxLength: 16 },
      );
      await fc.assert(
        fc.asyncProperty(drafts, fc.array(fc.nat(15)), fc.integer({ min: 1, max: 16 }), async (history, again, cut) => {
          const batch = nonceOf(++nonces).slice(-12);
          const id = await makeEvent(createHash('sha256').update(batch).digest('base64url'), batch);
          eventId = id;
          const first = nonces + 1;
          const scans = history.map(({ serial, kind, step, device, gate, again: isAgain, target }) => {
            const base = scanOf({ batch, serial, kind, at: NOW + step * 20_000, device, gate: gates[gate] ?? '' });
            if (kind === 'enter') return isAgain ? { ...base, again: true as const } : base;
            if (kind === 'override') return { ...base, reason: 'known' };
            return kind === 'undo' ? { ...base, undoes: nonceOf(first + (target % history.length)) } : base;
          });
          const ledger = new ScanLedger();
          for (const scan of scans) ledger.add(scan);
          await add(...scans.slice(cut));
          await add(...again.flatMap((index) => scans[index] ?? []), ...scans.slice(0, cut).reverse());
          const state = await syncedState();
          for (let serial = 1; serial <= 4; serial++) {
            const ticket = { batch, serial };
            expect(state.stateOf(ticket).state).toBe(ledger.stateOf(ticket).state);
          }
          expect(state.inside()).toBe(ledger.inside());
          for (const gate of gates) expect(state.insideOf(gate)).toBe(ledger.insideOf(gate));
          expect(
            (await store.checkIns.conflicts(id, 1_000)).conflicts.map(({ doubled }) => doubled.nonce).sort(),
          ).toEqual(
            ledger
              .conflicts()
              .map(({ doubled }) => doubled.nonce)
              .sort(),
          );
          const { admitted, exited, minutes } = await store.checkIns.admissions(id, 0);
          expect(minutes.reduce((sum, minute) => sum + minute.admitted - minute.exited, 0)).toBe(admitted - exited);
        }),
        { numRuns: 30 },
      );
    });

    test('are listed in the order in which they arrived, with what became of each', async () => {
      const first = scanOf({ at: NOW + 1_000 });
      const double = scanOf({ at: NOW + 2_000, device: DEVICES[1] as string });
      const taken = scanOf({ serial: 2 });
      const late = scanOf({ kind: 'undo', undoes: first.nonce, at: first.at + 60_001 });
      const undo = scanOf({ serial: 2, kind: 'undo', undoes: taken.nonce, at: NOW + 500 });
      const all = [double, first, taken, late, undo];
      await add(...all);
      const listed = await store.checkIns.list(eventId, 0, 10);
      expect(listed.map(({ seq: _, receivedAt: __, effect: ___, ...scan }) => scan)).toEqual(all);
      expect(listed.map(({ effect }) => effect)).toEqual(['double', 'counted', 'undone', 'counted', 'counted']);
      expect(await store.checkIns.list(eventId, listed[1]?.seq ?? 0, 2)).toEqual(listed.slice(2, 4));
    });

    test('are counted, those of other events left out', async () => {
      expect(await store.checkIns.totals(eventId)).toEqual({ count: 0, lastSeq: 0 });
      const other = await makeEvent('B', 'bbbbbbbbbbbb');
      await add(scanOf(), scanOf({ serial: 2 }));
      await store.checkIns.add(other, [scanOf({ batch: 'bbbbbbbbbbbb' })], ACTOR);
      const [, second] = await store.checkIns.list(eventId, 0, 2);
      expect(await store.checkIns.totals(eventId)).toEqual({ count: 2, lastSeq: second?.seq });
    });

    test('that let in twice are listed page by page, each once', async () => {
      // Some at the same moment: their nonces tell them apart.
      const twice = Array.from({ length: 7 }, (_, index) => {
        const [serial, at] = [index + 1, NOW + 1_000 * Math.floor(index / 3)];
        return [scanOf({ serial, at }), scanOf({ serial, at: at + 10, device: DEVICES[1] as string })];
      });
      await add(...twice.flat());
      const whole = (await store.checkIns.conflicts(eventId, 100)).conflicts;
      const pages: typeof whole = [];
      for (let last = whole[-1]; pages.length < 7; last = pages.at(-1)) {
        const after = last === undefined ? undefined : { afterAt: last.doubled.at, afterNonce: last.doubled.nonce };
        const { total, conflicts } = await store.checkIns.conflicts(eventId, 2, after);
        expect([total, conflicts.length > 0]).toEqual([7, true]);
        pages.push(...conflicts);
      }
      expect(pages).toEqual(whole);
    });

    test('of two devices that were apart: found, by true door time, and listed', async () => {
      const late = scanOf({ at: NOW + 60_000, device: DEVICES[1] as string, gate: gates[1] as string });
      const early = scanOf({ at: NOW });
      await add(late);
      expect((await store.checkIns.conflicts(eventId, 10)).total).toBe(0);
      await add(early);
      expect(await store.checkIns.conflicts(eventId, 10)).toEqual({
        total: 1,
        conflicts: [
          {
            batch: BATCH,
            serial: 1,
            kept: { nonce: early.nonce, at: NOW, gate: gates[0], device: DEVICES[0] },
            doubled: { nonce: late.nonce, at: NOW + 60_000, gate: gates[1], device: DEVICES[1] },
          },
        ],
      });
      await add(scanOf({ kind: 'undo', undoes: late.nonce, at: late.at + 1_000, device: DEVICES[1] as string }));
      expect((await store.checkIns.conflicts(eventId, 10)).total).toBe(0);
    });
  });

  describe('a claim', () => {
    const claim = (scan: Scan) => store.checkIns.claim(eventId, scan, DEVICES[0] as string);

    test('lets the first in, and tells the others when and where that was', async () => {
      const answers = await Promise.all(
        DEVICES.flatMap((device) => [0, 1].map((gate) => claim(scanOf({ device, gate: gates[gate] as string })))),
      );
      expect(answers.map(({ verdict }) => verdict.kind).sort()).toEqual([
        'admitted',
        'already-used',
        'already-used',
        'already-used',
      ]);
      const refused = answers.find(({ verdict }) => verdict.kind === 'already-used');
      expect(refused?.verdict).toMatchObject({ at: NOW, gate: expect.any(String) });
      expect(await store.checkIns.admissions(eventId, 0)).toMatchObject({ admitted: 1, conflicts: 0 });
    });

    test('is answered as before when it is sent again, and is no other than its upload', async () => {
      const scan = scanOf();
      const first = await claim(scan);
      expect(await claim(scan)).toEqual(first);
      expect(await add(scan)).toEqual([{ nonce: scan.nonce, outcome: 'known', seq: first.seq }]);
    });

    test('of one that has left is let in again, and the next device is not', async () => {
      await claim(scanOf());
      expect((await claim(scanOf({ kind: 'exit' }))).verdict).toEqual({ kind: 'exited' });
      expect((await claim(scanOf({ kind: 'exit' }))).verdict).toEqual({ kind: 'not-inside' });
      expect((await claim(scanOf({ at: NOW + 1 }))).verdict).toEqual({ kind: 'admitted', again: true });
      expect((await claim(scanOf({ at: NOW + 2 }))).verdict.kind).toBe('already-used');
      expect((await store.checkIns.conflicts(eventId, 10)).total).toBe(0);
    });

    test('is refused for what a gate refuses', async () => {
      expect((await claim(scanOf({ serial: 100_001 }))).verdict.kind).toBe('out-of-range');
      expect((await claim(scanOf({ batch: 'cccccccccccc' }))).verdict.kind).toBe('unknown-batch');
      await store.batches.revoke(eventId, { batch: BATCH, from: 5, to: 6, reason: 'stolen' }, ACTOR);
      expect((await claim(scanOf({ serial: 5 }))).verdict.kind).toBe('revoked');
      await store.gates.update(eventId, gates[0] as string, { capacity: 1 }, ACTOR);
      expect((await claim(scanOf({ serial: 7 }))).verdict.kind).toBe('admitted');
      expect((await claim(scanOf({ serial: 8 }))).verdict).toEqual({ kind: 'full', capacity: 1, gate: gates[0] });
      await store.checkIns.setRules(eventId, { capacity: 1, earlyMs: 0, lateMs: 0 }, ACTOR);
      expect((await claim(scanOf({ serial: 8, gate: gates[1] as string }))).verdict).toMatchObject({ gate: null });
      await store.events.update(eventId, { endsAt: NOW - 1 }, ACTOR);
      expect((await claim(scanOf({ serial: 9 }))).verdict.kind).toBe('expired');
    });
  });

  describe('a sync', () => {
    const sync = (before?: Pick<GateSync, 'cursor'>) => store.checkIns.sync(eventId, before?.cursor);

    test('tells a new gate all that verification needs, of this event and of others’ keys', async () => {
      await makeEvent('B', 'bbbbbbbbbbbb');
      const first = await sync();
      expect(first).toMatchObject({ complete: true, more: false, used: [], uses: [] });
      expect(first.setup?.gates.map(({ id }) => id)).toEqual(gates);
      expect(first.setup?.types).toHaveLength(1);
      expect(first.batches).toMatchObject([{ id: BATCH, count: 100_000, revoked: [] }]);
      expect(first.foreign).toMatchObject([{ id: 'bbbbbbbbbbbb', eventName: 'Night' }]);
    });

    test('then tells only what changed', async () => {
      const first = await sync();
      const nothing = await sync(first);
      expect(nothing).toMatchObject({ complete: false, batches: [], revoked: [], foreign: [], uses: [] });
      expect(nothing.setup).toBeUndefined();
      const { id } = await store.batches.revoke(eventId, { batch: BATCH, from: 5, to: 6, reason: 'stolen' }, ACTOR);
      await add(scanOf({ serial: 9 }));
      const second = await sync(nothing);
      expect(second).toMatchObject({ batches: [], revoked: [{ batch: BATCH, ranges: [[5, 6]] }] });
      expect(second.uses).toEqual([[BATCH, 9, 'inside', NOW, gates[0]]]);
      expect(second.inside).toEqual({ total: 1, gates: [[gates[0], 1]] });
      await store.batches.undoRevocation(eventId, id, ACTOR);
      await store.events.update(eventId, { name: 'Another night' }, ACTOR);
      await store.batches.declare(eventId, 'cccccccccccc', manifestOf('C'), ACTOR);
      const third = await sync(second);
      expect(third.setup?.event.name).toBe('Another night');
      expect(third.batches.map(({ id: batch, revoked }) => [batch, revoked])).toEqual([
        [BATCH, []],
        ['cccccccccccc', []],
      ]);
      expect(third.uses).toEqual([]);
    });

    test('tells what a seal left out', async () => {
      const first = await sync();
      await store.batches.seal(eventId, BATCH, 'lost', ACTOR);
      expect((await sync(first)).revoked).toEqual([{ batch: BATCH, ranges: [[1, 100_000]] }]);
    });

    test('tells what failed verification, and a claim knows it', async () => {
      const body = Buffer.from('any bytes');
      const contentSha256 = createHash('sha256').update(body).digest();
      const chunk = {
        batchId: BATCH,
        seq: 2,
        firstSerial: 1_001,
        count: 500,
        personalised: false,
        contentSha256,
        body,
      };
      await store.chunks.put(chunk);
      const first = await sync();
      await store.chunks.recordVerifications([{ chunkId: 1, badSerials: [1_007] }]);
      expect((await sync(first)).batches).toMatchObject([{ id: BATCH, revoked: [[1_001, 1_500]] }]);
      const verdictOf = async (serial: number) =>
        (await store.checkIns.claim(eventId, scanOf({ serial }), ACTOR)).verdict.kind;
      expect([await verdictOf(1_000), await verdictOf(1_001), await verdictOf(1_501)]).toEqual([
        'admitted',
        'revoked',
        'admitted',
      ]);
    });

    test('begins anew for a cursor that is ahead of the store, as after a restore', async () => {
      const first = await sync();
      expect((await sync({ cursor: { ...first.cursor, scans: 1_000_000 } })).complete).toBe(true);
      expect((await sync({ cursor: { ...first.cursor, changes: 1_000_000 } })).complete).toBe(true);
    });

    test('comes in pages, or as bitmaps where that is less', async () => {
      const first = await sync();
      const scans = Array.from({ length: 2_100 }, (_, index) => scanOf({ serial: index + 1 }));
      for (let start = 0; start < scans.length; start += 250) await add(...scans.slice(start, start + 250));
      const page = await sync(first);
      expect([page.uses.length, page.more]).toEqual([2_000, true]);
      const rest = await sync(page);
      expect([rest.uses.length, rest.more]).toEqual([100, false]);
      const all = await sync();
      expect(all.used[0]?.used).toHaveLength(Math.ceil(2_100 / 8));
      expect(all.used[0]?.inside).toBeUndefined();
      const state = await syncedState();
      // Bitmaps say no times; of the newest they are told.
      expect(state.stateOf({ batch: BATCH, serial: 1 })).toEqual({ state: 'inside', at: null, gate: null });
      expect(state.stateOf({ batch: BATCH, serial: 2_100 })).toMatchObject({ state: 'inside', gate: gates[0] });
    });
  });

  test('a demo event takes scans of rehearsals, and leaves none of them when it is removed', async () => {
    const { id } = await store.events.create({ ...EVENT, demo: true }, ACTOR);
    await store.events.createType(id, TYPE, ACTOR);
    await store.batches.declare(id, 'dddddddddddd', { ...manifestOf('D'), rehearsal: true }, ACTOR);
    await store.checkIns.setRules(id, { capacity: 5, earlyMs: 0, lateMs: 0 }, ACTOR);
    const scan = scanOf({ batch: 'dddddddddddd' });
    const twice = [scan, scanOf({ batch: 'dddddddddddd', device: DEVICES[1] as string })];
    expect(await store.checkIns.add(id, twice, ACTOR)).toMatchObject([{ outcome: 'stored' }, { outcome: 'stored' }]);
    await store.events.remove(id, ACTOR);
    await expect(store.checkIns.admissions(id, 0)).rejects.toMatchObject({ code: 'event-not-found' });
    expect((await store.checkIns.sync(eventId)).used).toEqual([]);
  });

  test('a rehearsal’s scans count at no other event', async () => {
    await store.batches.declare(eventId, 'eeeeeeeeeeee', { ...manifestOf('E'), rehearsal: true }, ACTOR);
    expect(await outcomes(scanOf({ batch: 'eeeeeeeeeeee' }))).toEqual(['refused']);
  });

  test('rules are the standard ones until they are set', async () => {
    const before = await store.checkIns.getRules(eventId);
    expect(before).toMatchObject({ capacity: null });
    const rules = { capacity: 500, earlyMs: 0, lateMs: 60_000 };
    expect(await store.checkIns.setRules(eventId, rules, ACTOR)).toEqual(rules);
    expect(await store.checkIns.getRules(eventId)).toEqual(rules);
  });
}
