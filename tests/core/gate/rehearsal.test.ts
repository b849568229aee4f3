import { beforeAll, describe, expect, test } from 'vitest';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { isSound, type RehearsalPlan, type RehearsalReport, rehearse } from '../../../core/gate/rehearsal.ts';
import { seededRandom } from '../../../core/gate/seeded-random.ts';
import type { MintedBatch } from '../../support/minted-batch.ts';
import { ENDS_AT, GATE_A, GATE_B, gateBatch, knowledgeOf, makeSetup, mint, STARTS_AT } from './gate-fixture.ts';

let batch: MintedBatch;
let knowledge: GateKnowledge;
beforeAll(async () => {
  batch = await mint(5_000);
  knowledge = knowledgeOf({ batches: [gateBatch(batch, { revoked: [[10, 12]] })] });
});

const begin = (parts: Partial<RehearsalPlan> = {}) =>
  rehearse({
    knowledge,
    batch: batch.id,
    tickets: 2_000,
    devices: 6,
    offline: 0.3,
    copies: 0.2,
    lostReplies: 0.3,
    startsAt: STARTS_AT,
    endsAt: ENDS_AT,
    seed: 7,
    ...parts,
  });

function play(parts: Partial<RehearsalPlan> = {}): RehearsalReport {
  const run = begin(parts);
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
  }
}

describe('a rehearsal', () => {
  test('finds every double entry that devices apart let in, and counts nothing twice', () => {
    const report = play();
    expect(report.letInTwice).toBeGreaterThan(0);
    expect(report.sentAgain).toBeGreaterThan(0);
    expect(report.outages).toBeGreaterThan(0);
    expect(report.conflicts).toHaveLength(report.letInTwice);
    expect(report.found).toBe(report.letInTwice);
    expect(report.inside).toBe(report.admitted);
    expect(isSound(report)).toBe(true);
    expect(report.admitted + report.refused).toBe(report.shown);
    expect(report.refusals.revoked).toBeGreaterThanOrEqual(3);
    expect(Object.values(report.refusals).reduce((sum, count) => sum + count, 0)).toBe(report.refused);
    for (const { kept, doubled } of report.conflicts) {
      expect(kept.at).toBeLessThan(doubled.at);
      expect(kept.device).not.toBe(doubled.device);
    }
    const times = report.conflicts.map(({ doubled }) => doubled.at);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(STARTS_AT);
    expect(Math.max(...times)).toBeLessThan(ENDS_AT);
  });

  test('is not sound where one entry was not found, or somebody is counted twice', () => {
    const report = play({ tickets: 100 });
    expect(isSound({ ...report, found: report.found + 1 })).toBe(false);
    expect(isSound({ ...report, inside: report.inside + 1 })).toBe(false);
  });

  test('lets nobody in twice while all devices are together', () => {
    const report = play({ offline: 0 });
    expect(report).toMatchObject({ letInTwice: 0, conflicts: [], outages: 0, admitted: 1_997 });
    expect(report.shown).toBeGreaterThan(2_000);
  });

  test('lets nobody in twice at one device, even without the server all day', () => {
    const report = play({ devices: 1, offline: 0.9 });
    expect(report.letInTwice).toBe(0);
    expect(report.inside).toBe(report.admitted);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(play()).toEqual(play());
    expect(play({ seed: 8 }).conflicts).not.toEqual(play().conflicts);
  });

  test('says how far it is, and ends where nobody goes on', () => {
    const run = begin();
    const seen = [run.next(), run.next(), run.next()].map(({ value }) => value);
    const { total } = seen[0] as { total: number };
    expect(seen).toEqual([0, 1_000, 2_000].map((shown) => ({ shown, total })));
    run.return({} as RehearsalReport);
    expect(run.next()).toEqual({ done: true, value: undefined });
  });

  test('shows tickets at open gates that let their type in, and leaves capacities out', () => {
    const gates = (types: number[]) => knowledgeOf({ setup: makeSetup({ gates: { types, capacity: 10 } }), batches });
    const batches = [gateBatch(batch)];
    const posts = ({ conflicts }: RehearsalReport) => new Set(conflicts.map(({ doubled }) => doubled.gate));
    const all = play({ knowledge: gates([0]) });
    expect(posts(all)).toEqual(new Set([GATE_A, GATE_B]));
    expect(all.refusals).toEqual({ 'already-used': all.refused });
    expect(posts(play({ knowledge: gates([1]) }))).toEqual(new Set([GATE_B]));
  });

  test('passes tickets of rehearsal batches, and takes a batch and a gate', () => {
    const rehearsal = knowledgeOf({ batches: [gateBatch(batch, { rehearsal: true })] });
    expect(play({ knowledge: rehearsal, offline: 0 }).admitted).toBe(2_000);
    expect(() => play({ batch: 'ffffffffffff' })).toThrow(TypeError);
    const closed = { ...makeSetup(), gates: [] };
    expect(() => play({ knowledge: { ...knowledge, setup: closed } })).toThrow(TypeError);
  });
});

test('chance is spread evenly, and the same for the same seed', () => {
  const [left, right] = [seededRandom(0xffff_ffff), seededRandom(0xffff_ffff)];
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) {
    const value = left();
    expect(right()).toBe(value);
    tenths[Math.floor(10 * value)] = (tenths[Math.floor(10 * value)] as number) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
