import type { GateCursor, GateSync, Scan, ScanResult, TicketUse } from '../api/gate.ts';
import type { TicketId, TicketUses } from './decide.ts';
import { addTold, insideOver, knowledgeOver } from './file-overlay.ts';
import { applyKnowledge, type GateKnowledge } from './knowledge.ts';
import { ScanLedger } from './scan-ledger.ts';
import { UsedSet, usedSetOf } from './used-set.ts';

/** A scan that this device has made. */
export interface OwnScan {
  readonly scan: Scan;
  /** The server's number for it; null while the server has not confirmed it. */
  readonly seq: number | null;
  /** Whether the server will not have it: it stays in force here, and is not sent again. */
  readonly isRefused?: boolean;
}

/** What the server has told, while a file is laid over it. */
interface Told {
  readonly knowledge: GateKnowledge | undefined;
  readonly at: number;
  readonly sets: ReadonlyMap<string, UsedSet>;
  readonly insideOf: ReadonlyMap<string, number>;
  readonly cursor: GateCursor | undefined;
}

/**
 * What a gate device knows: what the server, or the tablet that mints, has told, and on top of it the device's own scans
 * that are not in that yet. In memory only; a device keeps the syncs and its own scans, and applies them again.
 */
export class GateState implements TicketUses {
  readonly #own = new Map<string, OwnScan>();
  readonly #toSend = new Set<string>();
  /** Counted, and not on the disk yet. */
  readonly #reserved = new Set<string>();
  #sets = new Map<string, UsedSet>();
  #inside: GateSync['inside'] = { total: 0, gates: [] };
  #insideOf = new Map<string, number>();
  #ledger = this.#newLedger();
  #knowledge: GateKnowledge | undefined;
  #cursor: GateCursor | undefined;
  /** When what is known was told, by the clock of whoever told it. */
  #at = Number.NEGATIVE_INFINITY;
  /** How many of the device's own scans, the first ones, a file's used set accounts for. */
  #coveredByFile = 0;
  /** What the newest file is laid over; `undefined` while the server was the last to tell. */
  #told: Told | undefined;

  /** @param own the device's scans in the order in which they were made. */
  constructor(own: Iterable<OwnScan> = []) {
    for (const known of own) this.#keep(known);
  }

  /** `undefined` until the first complete sync. */
  get knowledge(): GateKnowledge | undefined {
    return this.#knowledge;
  }

  /** What to ask the next sync with; `undefined`: ask for all. */
  get cursor(): GateCursor | undefined {
    return this.#cursor;
  }

  /**
   * Takes in what the server told. Syncs are asked for one after the other.
   * @returns whether it was of use: `stale` is older than what is known, after `incomplete` ask for all.
   */
  applySync(sync: GateSync): 'applied' | 'stale' | 'incomplete' {
    // Changes to what holds no more: they were asked for before a file came.
    if (!sync.complete && this.#told !== undefined) return 'stale';
    if (!sync.complete && this.#cursor !== undefined && isOlder(sync.cursor, this.#cursor)) return 'stale';
    const knowledge = applyKnowledge(this.#knowledge, sync);
    if (knowledge === undefined) return 'incomplete';
    // Whatever made the server start over, a backup perhaps: what it has already it says so.
    if (sync.complete && this.#cursor !== undefined) for (const nonce of this.#own.keys()) this.#toSend.add(nonce);
    this.#sendRefused(sync);
    this.#take(sync, knowledge);
    this.#cursor = sync.cursor;
    this.#coveredByFile = 0;
    this.#told = undefined;
    this.#rebuild();
    return 'applied';
  }

  /**
   * Takes in what a gate file told, on a device without a server: in the place of any file before it, and over what the
   * server has told before.
   * @param covered how many of this device's own scans, from its first, the file's used set accounts for.
   * @returns `stale` when it is older than what is known: it would bring revoked tickets back.
   */
  applyFile(sync: GateSync, covered: number): 'applied' | 'stale' {
    if (this.isOlder(sync)) return 'stale';
    const knowledge = applyKnowledge(undefined, sync);
    if (knowledge === undefined) throw new TypeError('expected a complete sync');
    this.#told ??= this.#whatIsTold();
    this.#take(sync, knowledge, this.#told);
    this.#cursor = undefined;
    this.#coveredByFile = covered;
    this.#rebuild();
    return 'applied';
  }

  /** Whether a file is older than what is known. */
  isOlder({ at }: Pick<GateSync, 'at'>): boolean {
    return at < this.#at;
  }

  /**
   * Counts a scan that is on its way to the disk: whatever is judged meanwhile goes by it, and nothing tells of it.
   * {@link record} or {@link release} comes after it.
   */
  reserve(scan: Scan): void {
    if (this.#own.has(scan.nonce)) return;
    this.#reserved.add(scan.nonce);
    this.#keep({ scan, seq: null });
    this.#ledger.add(scan);
  }

  /** Forgets a reserved scan, which could not be kept. */
  release(nonce: string): void {
    if (!this.#reserved.delete(nonce)) return;
    this.#own.delete(nonce);
    this.#toSend.delete(nonce);
    this.#rebuild();
  }

  /** Takes in a scan that this device has made; the same again changes nothing. */
  record(scan: Scan): void {
    this.reserve(scan);
    this.#reserved.delete(scan.nonce);
  }

  /**
   * Takes in the server's answer to an upload or a claim. A refused scan stays in force here, and is not sent again until
   * the server tells of its batch.
   */
  confirm(results: readonly Pick<ScanResult, 'nonce' | 'seq'>[]): void {
    for (const { nonce, seq } of results) {
      const own = this.#own.get(nonce);
      if (own === undefined) continue;
      this.#toSend.delete(nonce);
      this.#own.set(nonce, { ...own, seq });
    }
    // A sync may have told of it already, while its own answer was under way.
    if (results.some(({ seq }) => this.#isTold(seq))) this.#rebuild();
  }

  /** The device's scans that are still to be sent, in the order in which they were made. */
  unsent(): Scan[] {
    return this.#toSend.size === 0 ? [] : this.ownScans().filter(({ nonce }) => this.#toSend.has(nonce));
  }

  /** Whether a scan of this device's counts here, also one on its way to the disk. */
  has(nonce: string): boolean {
    return this.#own.has(nonce);
  }

  get unsentCount(): number {
    return this.#toSend.size - this.#reserved.size;
  }

  /** All scans of the device, in the order in which they were made. */
  ownScans(): Scan[] {
    return [...this.#own.values()].flatMap(({ scan }) => (this.#reserved.has(scan.nonce) ? [] : scan));
  }

  stateOf(ticket: TicketId): TicketUse {
    return this.#ledger.stateOf(ticket);
  }

  inside(): number {
    return this.#inside.total + this.#ledger.inside();
  }

  insideOf(gate: string): number {
    return (this.#insideOf.get(gate) ?? 0) + this.#ledger.insideOf(gate);
  }

  #whatIsTold(): Told {
    const [knowledge, at, cursor] = [this.#knowledge, this.#at, this.#cursor];
    return { knowledge, at, cursor, sets: this.#sets, insideOf: this.#insideOf };
  }

  #keep(own: OwnScan): void {
    this.#own.set(own.scan.nonce, own);
    if (own.seq === null && own.isRefused !== true) this.#toSend.add(own.scan.nonce);
  }

  /** The server may have refused them for want of a batch that it has been told of since. */
  #sendRefused({ batches }: GateSync): void {
    const told = new Set(batches.map(({ id }) => id));
    for (const [nonce, { scan, seq }] of this.#own) if (seq === null && told.has(scan.batch)) this.#toSend.add(nonce);
  }

  #take({ at, complete, used, uses, inside }: GateSync, knowledge: GateKnowledge, told?: Told): void {
    this.#at = at;
    this.#knowledge = told?.knowledge === undefined ? knowledge : knowledgeOver(told.knowledge, knowledge, told.at);
    if (complete) this.#sets = new Map(used.map((set) => [set.batch, new UsedSet(set.used, set.inside)]));
    if (told !== undefined) addTold(this.#sets, told.sets);
    for (const [batch, serial, state, at, gate] of uses) usedSetOf(this.#sets, batch).set(serial, { state, at, gate });
    this.#inside = told?.knowledge === undefined ? inside : insideOver(this.#sets, told.insideOf, inside);
    this.#insideOf = new Map(this.#inside.gates);
  }

  /** The device's own scans that what was told does not account for, over what was told. */
  #rebuild(): void {
    this.#ledger = this.#newLedger();
    let index = 0;
    for (const { scan, seq } of this.#own.values()) {
      if (index >= this.#coveredByFile && !this.#isTold(seq)) this.#ledger.add(scan);
      index++;
    }
  }

  /** Whether a scan of this number is in what the server told. */
  #isTold(seq: number | null): boolean {
    return seq !== null && seq <= ((this.#cursor ?? this.#told?.cursor)?.scans ?? -1);
  }

  #newLedger(): ScanLedger {
    return new ScanLedger(({ batch, serial }) => this.#sets.get(batch)?.get(serial));
  }
}

function isOlder(left: GateCursor, right: GateCursor): boolean {
  return left.changes < right.changes || left.scans < right.scans;
}
