import type { Scan, ScanConflict, TicketUse } from '../api/gate.ts';
import type { TicketId, TicketUses } from './decide.ts';
import { compareScans, type FoldedTicket, foldTicket } from './fold.ts';
import { type UsedSet, usedSetOf } from './used-set.ts';

interface Flow {
  readonly admitted: number;
  readonly exited: number;
}

/**
 * A set of scans and what follows from it. Scans come in any order and any number of times: what is asked of the ledger
 * depends on the set alone. Adding one takes the same time however many there are.
 */
export class ScanLedger implements TicketUses {
  readonly #scans = new Map<string, Scan>();
  readonly #byTicket = new Map<string, Scan[]>();
  readonly #conflicts = new Map<string, readonly ScanConflict[]>();
  readonly #flows = new Map<string, Flow>();
  readonly #before: (ticket: TicketId) => TicketUse | undefined;
  #inside = 0;

  /** @param before how tickets stood before the ledger's scans; by default unused. */
  constructor(before: (ticket: TicketId) => TicketUse | undefined = () => undefined) {
    this.#before = before;
  }

  get size(): number {
    return this.#scans.size;
  }

  /** In the order in which they were added. */
  scans(): IterableIterator<Scan> {
    return this.#scans.values();
  }

  has(nonce: string): boolean {
    return this.#scans.has(nonce);
  }

  /**
   * Takes a scan in; one that is here already changes nothing. Two that differ under one nonce are an error of whoever
   * made them: the one that comes first in a fixed order counts, wherever they meet.
   * @returns whether it is new.
   */
  add(scan: Scan): boolean {
    const known = this.#scans.get(scan.nonce);
    if (known !== undefined) {
      if (!comesBefore(scan, known)) return false;
      this.#changeTicket(known, (scans) => scans.filter((other) => other !== known));
    }
    this.#scans.set(scan.nonce, scan);
    this.#changeTicket(scan, (scans) => [...scans, scan]);
    return known === undefined;
  }

  stateOf(ticket: TicketId): TicketUse {
    return this.#fold(ticket).use;
  }

  inside(): number {
    return this.#inside;
  }

  insideOf(gate: string): number {
    const { admitted, exited } = this.flowOf(gate);
    return admitted - exited;
  }

  /** How many went in and out by a gate. */
  flowOf(gate: string): Flow {
    return this.#flows.get(gate) ?? { admitted: 0, exited: 0 };
  }

  /** Double entries, the newest first by door time. */
  conflicts(): ScanConflict[] {
    return [...this.#conflicts.values()].flat().sort(newestFirst);
  }

  /** The used set of each batch that has one. */
  usedSets(): Map<string, UsedSet> {
    const sets = new Map<string, UsedSet>();
    for (const [first] of this.#byTicket.values()) {
      if (first === undefined) continue;
      const use = this.stateOf(first);
      if (use.state !== 'unused') usedSetOf(sets, first.batch).set(first.serial, use);
    }
    return sets;
  }

  #fold(ticket: TicketId): FoldedTicket {
    return foldTicket(this.#byTicket.get(keyOf(ticket)) ?? [], this.#before(ticket));
  }

  #changeTicket(ticket: TicketId, change: (scans: readonly Scan[]) => Scan[]): void {
    const key = keyOf(ticket);
    this.#count(this.#fold(ticket), -1);
    this.#byTicket.set(key, change(this.#byTicket.get(key) ?? []));
    const folded = this.#fold(ticket);
    this.#count(folded, 1);
    if (folded.conflicts.length > 0) this.#conflicts.set(key, folded.conflicts);
    else this.#conflicts.delete(key);
  }

  #count({ admitted, exited }: FoldedTicket, sign: 1 | -1): void {
    for (const { gate } of admitted) this.#flow(gate, { admitted: sign, exited: 0 });
    for (const { gate } of exited) this.#flow(gate, { admitted: 0, exited: sign });
    this.#inside += sign * (admitted.length - exited.length);
  }

  #flow(gate: string, change: Flow): void {
    const { admitted, exited } = this.flowOf(gate);
    this.#flows.set(gate, { admitted: admitted + change.admitted, exited: exited + change.exited });
  }
}

function keyOf({ batch, serial }: TicketId): string {
  return `${batch} ${serial}`;
}

function newestFirst(left: ScanConflict, right: ScanConflict): number {
  return right.doubled.at - left.doubled.at || (right.doubled.nonce < left.doubled.nonce ? -1 : 1);
}

/** A total order of scans, whatever their parts are. */
function comesBefore(left: Scan, right: Scan): boolean {
  const order = compareScans(left, right);
  return order < 0 || (order === 0 && JSON.stringify(orderedParts(left)) < JSON.stringify(orderedParts(right)));
}

function orderedParts({ batch, serial, kind, gate, again, reason, undoes }: Scan): readonly unknown[] {
  return [batch, serial, kind, gate, again, reason, undoes];
}
