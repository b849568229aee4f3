import { beforeAll, describe, expect, test } from 'vitest';
import type { TicketUse } from '../../../core/api/gate.ts';
import { decide, type GateContext, isOverridable, judge, type TicketUses } from '../../../core/gate/decide.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { nobleEngine } from '../../../core/ticket/signer/noble.ts';
import { webCryptoEngine } from '../../../core/ticket/signer/web-crypto.ts';
import type { MintedBatch } from '../../support/minted-batch.ts';
import {
  DURING,
  ENDS_AT,
  GATE_A,
  GATE_B,
  gateBatch,
  knowledgeOf,
  makeSetup,
  mint,
  NOBODY_IN,
  STARTS_AT,
  tokenOf,
} from './gate-fixture.ts';

let batch: MintedBatch;
let other: MintedBatch;
let token: string;
let knowledge: GateKnowledge;
beforeAll(async () => {
  [batch, other] = await Promise.all([mint(), mint(100, 'event0000002')]);
  token = await tokenOf(batch);
  const foreign = [{ id: other.id, publicKey: other.manifest.publicKey, eventName: 'Another night' }];
  knowledge = knowledgeOf({ batches: [gateBatch(batch)], foreign });
});

const ENTERING: GateContext = { gate: GATE_A, direction: 'enter', now: { at: DURING, uncertaintyMs: 0 } };
const at = (time: number, uncertaintyMs = 0): GateContext => ({ ...ENTERING, now: { at: time, uncertaintyMs } });
const show = (text: string, engine = webCryptoEngine) =>
  decide(text, knowledge, NOBODY_IN, { ...ENTERING, verify: engine.verify });
const ticket = (serial = 1) => ({ batch: batch.id, serial });
const standing = (use: TicketUse, inside = 0): TicketUses => ({
  stateOf: () => use,
  inside: () => inside,
  insideOf: () => inside,
});

describe.each([
  ['WebCrypto', webCryptoEngine],
  ['noble', nobleEngine],
])('a text that is shown, verified by %s', (_name, engine) => {
  test('is let in when it is a ticket, also as people type it', async () => {
    expect(await show(token, engine)).toEqual({ kind: 'admitted', again: false });
    expect(await show(` ${token.toLowerCase().replace(/(.{10})/g, '$1-')} \r\n`, engine)).toMatchObject({
      kind: 'admitted',
    });
  });

  test('is no token when it is spelled in another way', async () => {
    const spellings = [
      '',
      token.slice(0, -1),
      `${token}A`,
      `${token}======`,
      `1${token.slice(1)}`,
      // The last character holds two bits that have to be zero.
      `${token.slice(0, -1)}${String.fromCharCode(token.charCodeAt(121) + 1)}`,
      // Another version.
      `B${token.slice(1)}`,
      'https://example.org/ticket/1',
    ];
    for (const text of spellings) expect(await show(text, engine), text).toEqual({ kind: 'malformed' });
  });

  test('is forged when its signature is not the batch’s', async () => {
    const forged = await tokenOf({ ...other, id: batch.id });
    expect(await show(forged, engine)).toEqual({ kind: 'bad-signature' });
  });

  test('is refused when any of it was altered', async () => {
    for (let index = 0; index < token.length; index += 3) {
      const altered = `${token.slice(0, index)}${token[index] === 'A' ? 'Q' : 'A'}${token.slice(index + 1)}`;
      const { kind } = await show(altered, engine);
      expect(['malformed', 'unknown-batch', 'bad-signature']).toContain(kind);
    }
  });

  test('is known to be of another event, or of none that is known', async () => {
    expect(await show(await tokenOf(other), engine)).toEqual({ kind: 'wrong-event', eventName: 'Another night' });
    expect(await show(await tokenOf(await mint()), engine)).toEqual({ kind: 'unknown-batch' });
  });

  test('waits for approval when that is all that is known of its batch, forged or not', async () => {
    const waiting = knowledgeOf({ withheld: [batch.id] });
    const forged = await tokenOf({ ...other, id: batch.id });
    for (const text of [token, forged])
      expect(await decide(text, waiting, NOBODY_IN, { ...ENTERING, verify: engine.verify })).toEqual({
        kind: 'unknown-batch',
        waiting: true,
      });
    expect(judge(ticket(), waiting, NOBODY_IN, ENTERING)).toEqual({ kind: 'unknown-batch', waiting: true });
  });

  test('is out of range when the batch’s key signed what the batch never declared', async () => {
    expect(await show(await tokenOf(batch, { serial: 101 }), engine)).toEqual({ kind: 'out-of-range' });
    expect(await show(await tokenOf(batch, { typeIndex: 1 }), engine)).toEqual({ kind: 'out-of-range' });
  });
});

describe('a genuine ticket', () => {
  const judged = (parts: Parameters<typeof gateBatch>[1], context = ENTERING, uses = NOBODY_IN, setup = makeSetup()) =>
    judge(ticket(), knowledgeOf({ setup, batches: [gateBatch(batch, parts)] }), uses, context);

  test('of a rehearsal passes at a demo event only', () => {
    expect(judged({ rehearsal: true })).toEqual({ kind: 'rehearsal' });
    expect(judged({ rehearsal: true }, ENTERING, NOBODY_IN, makeSetup({ demo: true }))).toMatchObject({
      kind: 'admitted',
    });
  });

  test('is refused when it was revoked, at both ends of a range', () => {
    expect(judged({ revoked: [[1, 1]] })).toEqual({ kind: 'revoked' });
    const ranges = knowledgeOf({ batches: [gateBatch(batch, { revoked: [[3, 5]] })] });
    const kinds = [2, 3, 5, 6].map((serial) => judge(ticket(serial), ranges, NOBODY_IN, ENTERING).kind);
    expect(kinds).toEqual(['admitted', 'revoked', 'revoked', 'admitted']);
  });

  test('is let in within the event’s time, widened by the tolerance', () => {
    expect(judged({}, at(STARTS_AT - 1))).toEqual({ kind: 'not-yet-valid', from: STARTS_AT });
    expect(judged({}, at(STARTS_AT)).kind).toBe('admitted');
    expect(judged({}, at(ENDS_AT)).kind).toBe('admitted');
    expect(judged({}, at(ENDS_AT + 1))).toEqual({ kind: 'expired', until: ENDS_AT });
    const tolerant = makeSetup({ rules: { earlyMs: 1_000, lateMs: 2_000 } });
    expect(judged({}, at(STARTS_AT - 1_000), NOBODY_IN, tolerant).kind).toBe('admitted');
    expect(judged({}, at(ENDS_AT + 2_001), NOBODY_IN, tolerant)).toEqual({ kind: 'expired', until: ENDS_AT + 2_000 });
  });

  test('has its batch’s window, else its type’s, else the event’s', () => {
    expect(judged({ notBefore: DURING + 1 })).toEqual({ kind: 'not-yet-valid', from: DURING + 1 });
    expect(judged({ notAfter: DURING - 1 })).toEqual({ kind: 'expired', until: DURING - 1 });
    expect(judged({ typeIndex: 1 }, at(DURING - 1))).toEqual({ kind: 'not-yet-valid', from: DURING });
    expect(judged({ typeIndex: 1, notBefore: STARTS_AT }, at(DURING - 1)).kind).toBe('admitted');
  });

  test('is not refused for its window while the time is uncertain', () => {
    expect(judged({}, at(STARTS_AT - 86_400_000, 86_400_000)).kind).toBe('admitted');
    expect(judged({}, at(ENDS_AT + 86_400_000, Number.POSITIVE_INFINITY)).kind).toBe('admitted');
    expect(judged({}, at(ENDS_AT + 86_400_000, 3_600_000)).kind).toBe('expired');
  });

  test('is sent to a gate that lets its type in', () => {
    const setup = makeSetup({ gates: { types: [1] } });
    expect(judged({}, ENTERING, NOBODY_IN, setup)).toEqual({ kind: 'wrong-gate', gates: [GATE_B] });
    expect(judged({ typeIndex: 1 }, ENTERING, NOBODY_IN, setup).kind).toBe('admitted');
    expect(judged({}, { ...ENTERING, gate: 'nosuchgate00' })).toEqual({ kind: 'wrong-gate', gates: [GATE_A, GATE_B] });
    // Nobody is sent to a gate that is closed, or lets people out only.
    const elsewhere = { ...ENTERING, gate: GATE_B };
    for (const gates of [{ archivedAt: 1 }, { direction: 'exit' as const }]) {
      expect(judged({}, ENTERING, NOBODY_IN, makeSetup({ gates }))).toEqual({ kind: 'wrong-gate', gates: [GATE_B] });
      expect(judged({}, elsewhere, NOBODY_IN, makeSetup({ gates })).kind).toBe('admitted');
    }
  });

  test('enters once, and the refusal says when and where', () => {
    const used = standing({ state: 'inside', at: DURING, gate: GATE_B });
    expect(judged({}, ENTERING, used)).toEqual({ kind: 'already-used', at: DURING, gate: GATE_B });
  });

  test('enters again only once it has left, at a gate that allows it', () => {
    const outside = standing({ state: 'outside', at: DURING, gate: GATE_B });
    const inside = standing({ state: 'inside', at: DURING, gate: GATE_B });
    const allows = makeSetup({ gates: { reentry: true } });
    expect(judged({}, ENTERING, outside).kind).toBe('already-used');
    expect(judged({}, ENTERING, outside, allows)).toEqual({ kind: 'admitted', again: true });
    expect(judged({}, ENTERING, inside, allows).kind).toBe('already-used');
  });

  test('leaves when it is inside, whatever the time and the gate', () => {
    const leaving = { ...at(ENDS_AT + 86_400_000), direction: 'exit' as const };
    const inside = standing({ state: 'inside', at: DURING, gate: GATE_B });
    expect(judged({ revoked: [[1, 1]] }, leaving, inside, makeSetup({ gates: { types: [1] } }))).toEqual({
      kind: 'exited',
    });
    expect(judged({}, leaving)).toEqual({ kind: 'not-inside' });
  });

  test('waits outside when the event or the gate is full', () => {
    const full = { ...NOBODY_IN, inside: () => 10, insideOf: () => 5 };
    expect(judged({}, ENTERING, full, makeSetup({ rules: { capacity: 10 } }))).toEqual({
      kind: 'full',
      capacity: 10,
      gate: null,
    });
    expect(judged({}, ENTERING, full, makeSetup({ gates: { capacity: 5 } }))).toEqual({
      kind: 'full',
      capacity: 5,
      gate: GATE_A,
    });
    expect(judged({}, ENTERING, full, makeSetup({ rules: { capacity: 11 }, gates: { capacity: 6 } })).kind).toBe(
      'admitted',
    );
  });

  test('has the first reason of the order when there are several', () => {
    const everything = { rehearsal: true, revoked: [[1, 1]] as [number, number][], notAfter: STARTS_AT };
    const used = standing({ state: 'inside', at: DURING, gate: GATE_B }, 10);
    const setup = makeSetup({ gates: { types: [1] }, rules: { capacity: 10 } });
    const kinds = [
      judged(everything, ENTERING, used, setup),
      judged({ ...everything, rehearsal: false }, ENTERING, used, setup),
      judged({ ...everything, rehearsal: false, revoked: [] }, ENTERING, used, setup),
      judged({}, ENTERING, used, setup),
      judged({}, ENTERING, used, makeSetup({ rules: { capacity: 10 } })),
      judged({}, ENTERING, { ...NOBODY_IN, inside: () => 10 }, makeSetup({ rules: { capacity: 10 } })),
    ].map(({ kind }) => kind);
    expect(kinds).toEqual(['rehearsal', 'revoked', 'expired', 'wrong-gate', 'already-used', 'full']);
  });

  test('can be let in by a supervisor when only a rule speaks against it', () => {
    expect(isOverridable({ kind: 'already-used', at: null, gate: null })).toBe(true);
    expect(isOverridable({ kind: 'full', capacity: 1, gate: null })).toBe(true);
    for (const kind of ['malformed', 'unknown-batch', 'bad-signature', 'rehearsal', 'out-of-range', 'revoked'] as const)
      expect(isOverridable({ kind })).toBe(false);
  });
});
