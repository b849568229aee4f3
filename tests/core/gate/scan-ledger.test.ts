import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scan } from '../../../core/api/gate.ts';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import { ScanLedger } from '../../../core/gate/scan-ledger.ts';
import { BATCH, DEVICE_1, DEVICE_2, DURING, GATE_A, GATE_B, scanOf } from './gate-fixture.ts';

const TICKET = { batch: BATCH, serial: 1 };
const SERIALS = 3;
const BATCHES = [BATCH, 'bbbbbbbbbbbb'];

function ledgerOf(scans: Iterable<Scan>): ScanLedger {
  const ledger = new ScanLedger();
  for (const scan of scans) ledger.add(scan);
  return ledger;
}

/** All that a ledger says. */
function told(ledger: ScanLedger) {
  const tickets = BATCHES.flatMap((batch) =>
    Array.from({ length: SERIALS }, (_, index) => ({ batch, serial: index + 1 })),
  );
  return {
    uses: tickets.map((ticket) => ledger.stateOf(ticket)),
    flows: [GATE_A, GATE_B].map((gate) => ledger.flowOf(gate)),
    inside: ledger.inside(),
    conflicts: ledger.conflicts(),
    used: [...ledger.usedSets()]
      .map(([batch, set]) => [batch, set.bitmaps()] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
    size: ledger.size,
  };
}

/** Written from the contract alone, and slow: sorts everything and walks through it once. */
function model(scans: readonly Scan[]) {
  const byNonce = new Map(scans.map((scan) => [scan.nonce, scan]));
  const all = [...byNonce.values()].sort(
    (a, b) => a.at - b.at || (a.device < b.device ? -1 : a.device > b.device ? 1 : a.nonce < b.nonce ? -1 : 1),
  );
  const undone = new Set(
    all.flatMap((undo) => {
      const target = undo.undoes === undefined ? undefined : byNonce.get(undo.undoes);
      const holds =
        target !== undefined &&
        target.device === undo.device &&
        target.batch === undo.batch &&
        target.serial === undo.serial &&
        undo.at >= target.at &&
        undo.at <= target.at + 60_000;
      return holds ? [target.nonce] : [];
    }),
  );
  const people = new Map<string, number>();
  const seen = new Set<string>();
  let inside = 0;
  let conflicts = 0;
  for (const scan of all) {
    if (scan.kind === 'undo' || undone.has(scan.nonce)) continue;
    const key = `${scan.batch} ${scan.serial}`;
    const here = people.get(key) ?? 0;
    if (scan.kind === 'exit') {
      if (here === 0) continue;
      people.set(key, here - 1);
      inside--;
      continue;
    }
    if (scan.kind === 'enter' && (scan.again ? here > 0 : seen.has(key))) conflicts++;
    people.set(key, here + 1);
    seen.add(key);
    inside++;
  }
  return { inside, conflicts, seen, people };
}

/** Scans of few tickets at few times, so that everything happens to each; undos mostly of what is there. */
const histories = fc
  .array(
    fc.record({
      batch: fc.constantFrom(...BATCHES),
      serial: fc.integer({ min: 1, max: SERIALS }),
      kind: fc.constantFrom('enter' as const, 'enter' as const, 'exit' as const, 'override' as const, 'undo' as const),
      at: fc.integer({ min: 0, max: 12 }).map((step) => DURING + step * 20_000),
      device: fc.constantFrom(DEVICE_1, DEVICE_2),
      gate: fc.constantFrom(GATE_A, GATE_B),
      again: fc.boolean(),
      target: fc.nat(),
    }),
    { maxLength: 24 },
  )
  .map((drafts) => drafts.map((draft, index) => scanOfDraft(draft, index, drafts)));

interface Draft extends Pick<Scan, 'batch' | 'serial' | 'kind' | 'at' | 'device' | 'gate'> {
  readonly again: boolean;
  readonly target: number;
}

function nonceOf(index: number): string {
  return index.toString(16).padStart(32, '0');
}

function scanOfDraft({ again, target, ...draft }: Draft, index: number, drafts: readonly Draft[]): Scan {
  const nonce = nonceOf(index);
  if (draft.kind === 'enter') return { ...draft, nonce, ...(again ? { again: true } : {}) };
  if (draft.kind === 'override') return { ...draft, nonce, reason: 'known to the crew' };
  if (draft.kind === 'exit') return { ...draft, nonce };
  const undone = drafts[target % drafts.length] as Draft;
  const { batch, serial, device } = again ? undone : draft;
  return { ...draft, batch, serial, device, nonce, undoes: nonceOf(target % drafts.length) };
}

describe('any set of scans', () => {
  const shuffled = histories.chain((scans) =>
    fc.tuple(
      fc.constant(scans),
      fc.shuffledSubarray(scans, { minLength: scans.length }),
      fc.array(fc.nat({ max: Math.max(0, scans.length - 1) }), { maxLength: 10 }),
      fc.nat({ max: scans.length }),
    ),
  );

  test('says the same in any order, in any grouping, and with any of them repeated', () => {
    fc.assert(
      fc.property(shuffled, ([scans, order, repeats, cut]) => {
        const expected = told(ledgerOf(scans));
        const again = repeats.flatMap((index) => scans[index] ?? []);
        expect(told(ledgerOf([...order, ...again]))).toEqual(expected);
        // Two devices that were apart, each with a part of them and some of the other's, and then told each other.
        const left = ledgerOf([...order.slice(0, cut), ...again]);
        const right = ledgerOf([...again, ...order.slice(cut)]);
        const merged = ledgerOf([...right.scans(), ...left.scans()]);
        for (const scan of right.scans()) left.add(scan);
        expect(told(left)).toEqual(expected);
        expect(told(merged)).toEqual(expected);
      }),
      { numRuns: Number(process.env.TICKETMINT_FULL ? 10_000 : 500) },
    );
  });

  test('says what walking through them in the order of door time says', () => {
    fc.assert(
      fc.property(histories, (scans) => {
        const ledger = ledgerOf(scans);
        const expected = model(scans);
        expect(ledger.inside()).toBe(expected.inside);
        expect(ledger.conflicts()).toHaveLength(expected.conflicts);
        expect(ledger.insideOf(GATE_A) + ledger.insideOf(GATE_B)).toBe(expected.inside);
        for (const batch of BATCHES)
          for (let serial = 1; serial <= SERIALS; serial++) {
            const { state } = ledger.stateOf({ batch, serial });
            const key = `${batch} ${serial}`;
            const people = expected.people.get(key) ?? 0;
            expect(state).toBe(people > 0 ? 'inside' : expected.seen.has(key) ? 'outside' : 'unused');
          }
      }),
      { numRuns: Number(process.env.TICKETMINT_FULL ? 10_000 : 500) },
    );
  });

  test('that differ under one nonce: the same one counts wherever they meet', () => {
    const one = scanOf({ at: DURING, gate: GATE_A });
    const two = { ...one, at: DURING + 1, gate: GATE_B };
    const three = { ...one, gate: GATE_B };
    expect(told(ledgerOf([one, two, three]))).toEqual(told(ledgerOf([three, two, one])));
    expect(ledgerOf([two, one]).stateOf(TICKET)).toMatchObject({ at: DURING, gate: GATE_A });
  });
});

describe('two devices that were apart', () => {
  test('let the same ticket in twice: found, with the earlier one in force by true door time', () => {
    const first = scanOf({ at: DURING, device: DEVICE_2, gate: GATE_B });
    const second = scanOf({ at: DURING + 90_000, device: DEVICE_1, gate: GATE_A });
    const ledger = ledgerOf([second, first]);
    const side = ({ nonce, at, gate, device }: Scan) => ({ nonce, at, gate, device });
    expect(ledger.conflicts()).toEqual([{ ...TICKET, kept: side(first), doubled: side(second) }]);
    expect(ledger.stateOf(TICKET)).toEqual({ state: 'inside', at: DURING, gate: GATE_B });
    expect(ledger.inside()).toBe(2);
  });

  test('are both left before the ticket is outside', () => {
    const ledger = ledgerOf([scanOf(), scanOf({ device: DEVICE_2, at: DURING + 1_000 })]);
    ledger.add(scanOf({ kind: 'exit', at: DURING + 2_000 }));
    expect(ledger.stateOf(TICKET).state).toBe('inside');
    ledger.add(scanOf({ kind: 'exit', at: DURING + 3_000 }));
    expect(ledger.stateOf(TICKET).state).toBe('outside');
    expect(ledger.inside()).toBe(0);
  });

  test('let it in again after the same exit: found', () => {
    const ledger = ledgerOf([
      scanOf(),
      scanOf({ kind: 'exit', at: DURING + 1_000 }),
      scanOf({ again: true, at: DURING + 2_000 }),
      scanOf({ again: true, at: DURING + 3_000, device: DEVICE_2 }),
    ]);
    expect(ledger.conflicts()).toHaveLength(1);
    expect(ledger.stateOf(TICKET)).toMatchObject({ state: 'inside', at: DURING + 2_000 });
  });
});

describe('taking back', () => {
  const entry = scanOf();
  const undo = (parts: Partial<Scan> = {}) =>
    scanOf({ kind: 'undo', undoes: entry.nonce, at: entry.at + 1_000, ...parts });

  test('makes it as if the scan had never been, and solves the conflict that it made', () => {
    const ledger = ledgerOf([entry, scanOf({ at: DURING + 500, device: DEVICE_2 }), undo()]);
    expect(ledger.conflicts()).toEqual([]);
    expect(ledger.flowOf(GATE_A)).toEqual({ admitted: 1, exited: 0 });
    expect(ledgerOf([entry, undo()]).stateOf(TICKET)).toEqual({ state: 'unused', at: null, gate: null });
  });

  test('holds for a minute, on the same device and ticket', () => {
    const isUndone = (parts: Partial<Scan>) => ledgerOf([entry, undo(parts)]).stateOf(TICKET).state === 'unused';
    expect(isUndone({ at: entry.at + UNDO_MS })).toBe(true);
    expect(isUndone({ at: entry.at + UNDO_MS + 1 })).toBe(false);
    expect(isUndone({ at: entry.at - 1 })).toBe(false);
    expect(isUndone({ device: DEVICE_2 })).toBe(false);
    expect(isUndone({ serial: 2 })).toBe(false);
  });
});

describe('a supervisor’s entry', () => {
  test('is no conflict, and leaves the first entry in force', () => {
    const ledger = ledgerOf([scanOf(), scanOf({ kind: 'override', reason: 'lost its child', at: DURING + 1_000 })]);
    expect(ledger.conflicts()).toEqual([]);
    expect(ledger.stateOf(TICKET)).toMatchObject({ state: 'inside', at: DURING });
    expect(ledger.inside()).toBe(2);
  });
});
