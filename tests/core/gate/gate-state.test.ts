import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GateSync, Scan } from '../../../core/api/gate.ts';
import { GateState } from '../../../core/gate/gate-state.ts';
import { decodeGateSync, encodeGateSync } from '../../../core/gate/gate-sync.ts';
import { isRevoked } from '../../../core/gate/knowledge.ts';
import { ScanLedger } from '../../../core/gate/scan-ledger.ts';
import { UsedSet } from '../../../core/gate/used-set.ts';
import { BATCH, DEVICE_2, DURING, GATE_A, GATE_B, KNOWN_BATCH, makeSetup, makeSync, scanOf } from './gate-fixture.ts';

const TICKET = { batch: BATCH, serial: 1 };
const changes = (parts: Partial<GateSync>): GateSync => {
  const { setup: _, ...sync } = makeSync({ complete: false, cursor: { changes: 1, scans: 1 }, ...parts });
  return parts.setup === undefined ? sync : { ...sync, setup: parts.setup };
};

/** What the server tells a new device when it has these scans. */
function syncOf(server: ScanLedger): GateSync {
  const used = [...server.usedSets()].map(([batch, set]) => ({ batch, ...set.bitmaps() }));
  const gates = [GATE_A, GATE_B].map((gate): [string, number] => [gate, server.insideOf(gate)]);
  const cursor = { changes: 1, scans: server.size };
  return makeSync({ cursor, batches: [KNOWN_BATCH], used, inside: { total: server.inside(), gates } });
}

describe('what a gate knows', () => {
  test('begins with a complete sync', () => {
    const state = new GateState();
    expect(state.applySync(changes({}))).toBe('incomplete');
    expect(state.knowledge).toBeUndefined();
    expect(state.applySync(makeSync({ batches: [KNOWN_BATCH] }))).toBe('applied');
    expect(state.knowledge?.batches.has(BATCH)).toBe(true);
  });

  test('is the very same after a sync that tells of uses only', () => {
    const state = new GateState();
    state.applySync(makeSync({ batches: [KNOWN_BATCH] }));
    const { knowledge } = state;
    state.applySync(changes({ uses: [[BATCH, 1, 'inside', DURING, GATE_A]] }));
    expect(state.knowledge).toBe(knowledge);
    expect(state.stateOf(TICKET).state).toBe('inside');
  });

  test('counts a scan that is on its way to the disk, and tells of it only once it is there', () => {
    const state = new GateState();
    state.applySync(makeSync({ batches: [KNOWN_BATCH] }));
    const [kept, lost] = [scanOf({ serial: 1, nonce: '1'.repeat(32) }), scanOf({ serial: 2, nonce: '2'.repeat(32) })];
    state.reserve(kept);
    state.reserve(lost);
    expect([state.inside(), state.ownScans(), state.unsent(), state.unsentCount]).toEqual([2, [], [], 0]);
    state.record(kept);
    state.release(lost.nonce);
    expect([state.inside(), state.ownScans(), state.unsent(), state.unsentCount]).toEqual([1, [kept], [kept], 1]);
    expect(state.stateOf({ batch: BATCH, serial: 2 }).state).toBe('unused');
    // What is on the disk stays.
    state.release(kept.nonce);
    expect(state.inside()).toBe(1);
  });

  test('grows by what changed, and forgets nothing else', () => {
    const state = new GateState();
    state.applySync(makeSync({ batches: [KNOWN_BATCH, { ...KNOWN_BATCH, id: 'bbbbbbbbbbbb' }] }));
    state.applySync(changes({ revoked: [{ batch: BATCH, ranges: [[5, 7]] }] }));
    state.applySync(
      changes({
        revoked: [
          {
            batch: BATCH,
            ranges: [
              [1, 2],
              [6, 9],
            ],
          },
        ],
        setup: makeSetup({ demo: true }),
      }),
    );
    const batch = state.knowledge?.batches.get(BATCH);
    expect(batch?.revoked).toEqual([
      [1, 2],
      [5, 9],
    ]);
    expect(batch !== undefined && isRevoked(batch, 8)).toBe(true);
    expect(state.knowledge?.batches.size).toBe(2);
    expect(state.knowledge?.setup.event.demo).toBe(true);
  });

  test('lets go of a batch that is withheld, and takes it again', () => {
    const state = new GateState();
    state.applySync(makeSync({ batches: [KNOWN_BATCH] }));
    state.applySync(changes({ withheld: [BATCH] }));
    expect([state.knowledge?.batches.has(BATCH), state.knowledge?.withheld.has(BATCH)]).toEqual([false, true]);
    // What was revoked meanwhile comes with the batch.
    state.applySync(changes({ revoked: [{ batch: BATCH, ranges: [[1, 2]] }] }));
    expect(state.knowledge?.batches.has(BATCH)).toBe(false);
    state.applySync(changes({ batches: [{ ...KNOWN_BATCH, revoked: [[1, 2]] }] }));
    expect(state.knowledge?.withheld.size).toBe(0);
    expect(state.knowledge?.batches.get(BATCH)?.revoked).toEqual([[1, 2]]);
    state.applySync(changes({ withheld: [BATCH] }));
    state.applySync(makeSync({ batches: [] }));
    expect(state.knowledge?.withheld.size).toBe(0);
  });

  test('is not set back by an answer that comes late', () => {
    const state = new GateState();
    state.applySync(makeSync({ cursor: { changes: 5, scans: 9 }, batches: [KNOWN_BATCH] }));
    expect(state.applySync(changes({ cursor: { changes: 5, scans: 8 } }))).toBe('stale');
    expect(state.cursor).toEqual({ changes: 5, scans: 9 });
  });
});

describe('the device’s own scans', () => {
  test('count at once, and once, before and after the server has them', () => {
    const state = new GateState();
    state.applySync(makeSync());
    const scan = scanOf();
    state.record(scan);
    state.record(scan);
    expect(state.stateOf(TICKET)).toEqual({ state: 'inside', at: DURING, gate: GATE_A });
    expect([state.inside(), state.insideOf(GATE_A), state.unsent()]).toEqual([1, 1, [scan]]);
    state.confirm([{ nonce: scan.nonce, seq: 1 }]);
    expect([state.inside(), state.unsent()]).toEqual([1, []]);
    const inside = { total: 1, gates: [[GATE_A, 1]] as [string, number][] };
    state.applySync(changes({ uses: [[BATCH, 1, 'inside', DURING, GATE_A]], inside }));
    expect([state.inside(), state.insideOf(GATE_A), state.stateOf(TICKET).state]).toEqual([1, 1, 'inside']);
  });

  test('count once when a sync tells of one before its own answer comes', () => {
    const state = new GateState();
    state.applySync(makeSync());
    const inside = { total: 1, gates: [[GATE_A, 1]] as [string, number][] };
    const cursor = { changes: 1, scans: 7 };
    state.applySync(changes({ cursor, uses: [[BATCH, 1, 'inside', DURING, GATE_A]], inside }));
    const scan = scanOf();
    state.record(scan);
    state.confirm([{ nonce: scan.nonce, seq: 7 }]);
    expect([state.inside(), state.insideOf(GATE_A)]).toEqual([1, 1]);
    state.record(scanOf({ kind: 'exit', at: DURING + 1_000 }));
    expect(state.stateOf(TICKET).state).toBe('outside');
  });

  test('that the server refused are sent again once it tells of their batch', () => {
    const state = new GateState();
    state.applySync(makeSync());
    const [scan, other] = [scanOf(), scanOf({ batch: 'bbbbbbbbbbbb' })];
    for (const made of [scan, other]) {
      state.record(made);
      state.confirm([{ nonce: made.nonce, seq: null }]);
    }
    expect(state.unsent()).toEqual([]);
    state.applySync(changes({ batches: [KNOWN_BATCH] }));
    expect(state.unsent()).toEqual([scan]);
  });

  test('hold although an older snapshot arrives after them', () => {
    const state = new GateState();
    const scan = scanOf();
    state.record(scan);
    state.confirm([{ nonce: scan.nonce, seq: 7 }]);
    state.applySync(makeSync({ cursor: { changes: 1, scans: 6 } }));
    expect(state.stateOf(TICKET).state).toBe('inside');
  });

  test('are sent again after the server had to start over', () => {
    const state = new GateState([{ scan: scanOf(), seq: 40 }]);
    state.applySync(makeSync({ cursor: { changes: 1, scans: 50 } }));
    expect(state.unsent()).toEqual([]);
    state.applySync(makeSync({ cursor: { changes: 1, scans: 3 } }));
    expect(state.unsent()).toHaveLength(1);
    expect(state.stateOf(TICKET).state).toBe('inside');
  });

  test('are there again after a restart, those the server had and those it had not', () => {
    const [had, had_not] = [scanOf({ serial: 1 }), scanOf({ serial: 2 })];
    const sync = makeSync({ cursor: { changes: 1, scans: 4 }, used: [{ batch: BATCH, used: Uint8Array.of(1) }] });
    const state = new GateState([
      { scan: had, seq: 4 },
      { scan: had_not, seq: null },
    ]);
    state.applySync({ ...sync, inside: { total: 1, gates: [[GATE_A, 1]] } });
    expect([state.inside(), state.insideOf(GATE_A), state.unsent()]).toEqual([2, 2, [had_not]]);
  });
});

/** Gates whose clocks agree, so that none of their scans is older than what they have been told. */
const days = fc
  .array(
    fc.record({
      serial: fc.integer({ min: 1, max: 20 }),
      device: fc.constantFrom('device000001', DEVICE_2),
      kind: fc.constantFrom('enter' as const, 'exit' as const),
    }),
    { maxLength: 40 },
  )
  .map((drafts) => drafts.map((draft, index) => scanOf({ ...draft, at: DURING + index * 1_000 })));

test('a snapshot and the scans after it say what all scans say', () => {
  fc.assert(
    fc.property(days, fc.nat(40), (scans, cut) => {
      const all = new ScanLedger();
      const server = new ScanLedger();
      const state = new GateState();
      for (const [index, scan] of scans.entries()) {
        all.add(scan);
        if (index < cut) server.add(scan);
        else state.record(scan);
      }
      state.applySync(decodeGateSync(encodeGateSync(syncOf(server))));
      expect([state.inside(), state.insideOf(GATE_A)]).toEqual([all.inside(), all.insideOf(GATE_A)]);
      for (let serial = 1; serial <= 20; serial++) {
        const doubled = all.conflicts().some((conflict) => conflict.serial === serial);
        // A snapshot says of a ticket whether somebody is inside, not how many.
        if (!doubled)
          expect(state.stateOf({ batch: BATCH, serial }).state).toBe(all.stateOf({ batch: BATCH, serial }).state);
      }
    }),
  );
});

describe('the used set', () => {
  test('of a million tickets is 125,000 bytes, and as much again where people left', () => {
    const set = new UsedSet();
    for (let serial = 1_000_000; serial > 0; serial--) set.set(serial, { state: 'inside', at: null, gate: null });
    expect(set.bitmaps().used).toHaveLength(125_000);
    expect(set.bitmaps().inside).toBeUndefined();
    expect(encodeGateSync(makeSync({ used: [{ batch: BATCH, ...set.bitmaps() }] })).length).toBeLessThan(128_000);
    set.set(1_000_000, { state: 'outside', at: null, gate: null });
    expect(set.bitmaps().inside).toHaveLength(125_000);
    expect(set.count()).toBe(1_000_000);
  });

  test('forgets a time that is not known any more', () => {
    const set = new UsedSet();
    set.set(7, { state: 'inside', at: DURING, gate: GATE_A });
    expect(set.get(7)).toEqual({ state: 'inside', at: DURING, gate: GATE_A });
    set.set(7, { state: 'inside', at: null, gate: null });
    expect(set.get(7)).toEqual({ state: 'inside', at: null, gate: null });
  });

  test('keeps of each ticket how it stands, when and where it went in', () => {
    const uses = fc.record({
      state: fc.constantFrom('unused' as const, 'inside' as const, 'outside' as const),
      at: fc.integer({ min: 1, max: 4_000_000_000 }).map((seconds) => seconds * 1_000),
      gate: fc.constantFrom(GATE_A, GATE_B),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), uses)), (entries) => {
        const set = new UsedSet();
        for (const [serial, use] of entries) set.set(serial, use);
        const { used, inside } = set.bitmaps();
        const read = new UsedSet(used, inside);
        for (const [serial, use] of new Map(entries)) {
          const expected = use.state === 'unused' ? { state: 'unused', at: null, gate: null } : use;
          expect(set.get(serial)).toEqual(expected);
          expect(read.get(serial)).toEqual({ state: use.state, at: null, gate: null });
        }
      }),
    );
  });
});

test('a message that is no sync is refused', () => {
  const whole = encodeGateSync(makeSync());
  expect(() => decodeGateSync(whole.slice(0, -1))).toThrow(expect.objectContaining({ code: 'gate-message-invalid' }));
  const scan: Partial<Scan> = scanOf();
  expect(() => decodeGateSync(encodeGateSync({ ...makeSync(), v: 2, ...scan } as unknown as GateSync))).toThrow(/v:/);
});
