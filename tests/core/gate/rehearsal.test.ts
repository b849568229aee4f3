import { beforeAll, describe, expect, test } from 'vitest';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { type RehearsalPlan, rehearse } from '../../../core/gate/rehearsal.ts';
import type { MintedBatch } from '../../support/minted-batch.ts';
import { seededRandom } from '../../support/random.ts';
import { DURING, gateBatch, knowledgeOf, makeSetup, mint } from './gate-fixture.ts';

let batch: MintedBatch;
let knowledge: GateKnowledge;
beforeAll(async () => {
  batch = await mint(5_000);
  knowledge = knowledgeOf({ batches: [gateBatch(batch, { revoked: [[10, 12]] })] });
});

const play = (parts: Partial<RehearsalPlan> = {}) =>
  rehearse({
    knowledge,
    batch: batch.id,
    tickets: 2_000,
    devices: 6,
    offline: 0.3,
    copies: 0.2,
    lostReplies: 0.3,
    startsAt: DURING,
    random: seededRandom('rehearsal', 7).next,
    ...parts,
  });

describe('a rehearsal', () => {
  test('finds every double entry that devices apart let in, and counts nothing twice', () => {
    const report = play();
    expect(report.letInTwice).toBeGreaterThan(0);
    expect(report.sentAgain).toBeGreaterThan(0);
    expect(report.outages).toBeGreaterThan(0);
    expect(report.conflicts).toHaveLength(report.letInTwice);
    expect(report.inside).toBe(report.admitted);
    expect(report.admitted + report.refused).toBe(report.shown);
    for (const { kept, doubled } of report.conflicts) {
      expect(kept.at).toBeLessThan(doubled.at);
      expect(kept.device).not.toBe(doubled.device);
    }
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

  test('is the same for the same chance', () => {
    expect(play()).toEqual(play());
  });

  test('passes tickets of rehearsal batches, and takes a batch and a gate', () => {
    const rehearsal = knowledgeOf({ batches: [gateBatch(batch, { rehearsal: true })] });
    expect(play({ knowledge: rehearsal, offline: 0 }).admitted).toBe(2_000);
    expect(() => play({ batch: 'ffffffffffff' })).toThrow(TypeError);
    const closed = { ...makeSetup(), gates: [] };
    expect(() => play({ knowledge: { ...knowledge, setup: closed } })).toThrow(TypeError);
  });
});
