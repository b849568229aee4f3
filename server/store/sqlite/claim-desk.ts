import type { Transaction } from 'kysely';
import type { GateSetup, GateSync, Scan, Verdict } from '../../../core/api/gate.ts';
import { judge } from '../../../core/gate/decide.ts';
import { foldTicket } from '../../../core/gate/fold.ts';
import { type GateKnowledge, knownBatch } from '../../../core/gate/knowledge.ts';
import { readBatchOf, readSetup } from './gate-knowledge.ts';
import { readInside } from './gate-sync.ts';
import { ScanWriter } from './scan-writer.ts';
import type { Tables } from './schema.ts';

/** Claims in one transaction: some 10 ms, in which no other request is answered. */
export const CLAIMS_A_TURN = 25;

interface Claim {
  readonly eventId: string;
  readonly scan: Scan;
  readonly from: string;
}

interface ClaimOutcome {
  readonly verdict: Verdict;
  /** Null when it was not recorded. */
  readonly seq: number | null;
}

/** Decides claims one after the other. */
export async function decideClaims(
  transaction: Transaction<Tables>,
  claims: readonly Claim[],
): Promise<readonly ClaimOutcome[]> {
  const desks = new Map<string, ClaimDesk>();
  const outcomes: ClaimOutcome[] = [];
  for (const claim of claims) {
    const desk = desks.get(claim.eventId) ?? (await ClaimDesk.open(transaction, claim.eventId));
    desks.set(claim.eventId, desk);
    outcomes.push(await desk.decide(claim));
  }
  for (const desk of desks.values()) await desk.close();
  return outcomes;
}

/** One event's claims in one transaction: each is decided as a gate decides, by the same code, and recorded if it may pass. */
class ClaimDesk {
  readonly #transaction: Transaction<Tables>;
  readonly #writer: ScanWriter;
  readonly #setup: GateSetup;
  readonly #inside: GateSync['inside'];

  private constructor(transaction: Transaction<Tables>, setup: GateSetup, inside: GateSync['inside']) {
    this.#transaction = transaction;
    this.#setup = setup;
    this.#inside = inside;
    this.#writer = new ScanWriter(transaction, setup.event.id);
  }

  static async open(transaction: Transaction<Tables>, eventId: string): Promise<ClaimDesk> {
    return new ClaimDesk(transaction, await readSetup(transaction, eventId), await readInside(transaction, eventId));
  }

  async decide({ scan, from }: Claim): Promise<ClaimOutcome> {
    const known = await this.#writer.find(scan);
    if (typeof known === 'number') return { verdict: passed(scan), seq: known };
    const verdict = await this.#judge(scan);
    const isIn = verdict.kind === 'admitted';
    if (known === 'refused' || (!isIn && verdict.kind !== 'exited')) return { verdict, seq: null };
    const { again: _, ...plain } = scan;
    const { seq } = await this.#writer.add(isIn && verdict.again ? { ...plain, again: true } : plain, from);
    return { verdict, seq };
  }

  close(): Promise<void> {
    return this.#writer.flush();
  }

  async #judge(scan: Scan): Promise<Verdict> {
    const batch = await readBatchOf(this.#transaction, this.#setup.event.id, scan);
    const knowledge: GateKnowledge = {
      setup: this.#setup,
      batches: new Map(typeof batch === 'object' ? [[batch.id, knownBatch(batch)]] : []),
      withheld: new Set(batch === 'withheld' ? [scan.batch] : []),
      foreign: new Map(),
    };
    const { use } = foldTicket(await this.#writer.scansOf(scan));
    const insideOf = new Map(this.#inside.gates);
    const uses = {
      stateOf: () => use,
      inside: () => this.#inside.total + this.#writer.moreInside(),
      insideOf: (gate: string) => (insideOf.get(gate) ?? 0) + this.#writer.moreInside(gate),
    };
    const direction = scan.kind === 'exit' ? 'exit' : 'enter';
    const now = { at: Date.now(), uncertaintyMs: 0 };
    return judge(scan, knowledge, uses, { gate: scan.gate, direction, now });
  }
}

/** A scan that is recorded has passed, whatever holds by now. */
function passed(scan: Scan): Verdict {
  return scan.kind === 'exit' ? { kind: 'exited' } : { kind: 'admitted', again: scan.again === true };
}
