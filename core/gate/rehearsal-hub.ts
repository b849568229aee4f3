import type { GateSync, Scan, ScanConflict, TicketUse } from '../api/gate.ts';
import type { TicketId, TicketUses } from './decide.ts';
import { type FoldedTicket, foldTicket } from './fold.ts';
import type { GateKnowledge } from './knowledge.ts';
import { UsedSet } from './used-set.ts';

/** Where a device of a rehearsal stands. */
export interface RehearsalPost {
  readonly id: string;
  readonly gate: string;
}

/** Who comes, in which order and when, and to whom; fixed before the rehearsal begins. */
export interface RehearsalDay {
  readonly batch: string;
  /** How many tickets the batch's first serials are. */
  readonly tickets: number;
  /** The serial that is shown, for each showing. */
  readonly serials: Uint32Array;
  /** The index of the device that it is shown to, for each showing. */
  readonly devices: Uint16Array;
  readonly posts: readonly RehearsalPost[];
  readonly knowledge: GateKnowledge;
  /** When showing 0 is, ms since epoch. */
  readonly startsAt: number;
  /** Between two showings, ms; at least 1. */
  readonly intervalMs: number;
}

/** The scan that a showing makes, where it is let in; its nonce is the showing's number. */
export function scanOfShowing(day: RehearsalDay, showing: number): Scan {
  const { id, gate } = day.posts[day.devices[showing] as number] as RehearsalPost;
  return {
    nonce: showing.toString(16).padStart(32, '0'),
    batch: day.batch,
    serial: day.serials[showing] as number,
    kind: 'enter',
    at: day.startsAt + Math.floor(showing * day.intervalMs),
    device: id,
    gate,
  };
}

function showingOf({ nonce }: Pick<Scan, 'nonce'>): number {
  return Number.parseInt(nonce, 16);
}

/**
 * The server's part: all scans that have reached it. A scan is kept as the number of its showing, so that a million takes
 * some 10 MB; what follows from the scans of a ticket is the fold of them, as on the server.
 */
export class RehearsalHub implements TicketUses {
  readonly #day: RehearsalDay;
  /** By serial, the first showing that arrived, plus 1; 0: none. */
  readonly #first: Uint32Array;
  /** Further ones. */
  readonly #more = new Map<number, number[]>();
  /** The serials whose use changed, in the order in which it did. */
  readonly #changed: Uint32Array;
  readonly #used = new UsedSet();
  readonly #insideOf = new Map<string, number>();
  #changes = 0;
  #inside = 0;

  constructor(day: RehearsalDay) {
    this.#day = day;
    this.#first = new Uint32Array(day.tickets + 1);
    this.#changed = new Uint32Array(day.serials.length);
  }

  /** How many scans are here: their number is that of the newest. */
  get changes(): number {
    return this.#changes;
  }

  /** Takes a scan in; the same again changes nothing. */
  add(scan: Scan): void {
    const { serial } = scan;
    const showing = showingOf(scan);
    const known = this.#showingsOf(serial);
    if (known.includes(showing)) return;
    this.#count(this.#fold(known), -1);
    if (known.length === 0) this.#first[serial] = showing + 1;
    else this.#more.set(serial, [...known.slice(1), showing]);
    const folded = this.#fold([...known, showing]);
    this.#count(folded, 1);
    // When and where is told by nobody here: it would take seven bytes a ticket on each device.
    this.#used.set(serial, { ...folded.use, at: null, gate: null });
    this.#changed[this.#changes++] = serial;
  }

  stateOf({ serial }: TicketId): TicketUse {
    return this.#fold(this.#showingsOf(serial)).use;
  }

  inside(): number {
    return this.#inside;
  }

  insideOf(gate: string): number {
    return this.#insideOf.get(gate) ?? 0;
  }

  /**
   * Double entries: how many, and the newest by door time.
   * @param limit how many of them, at most.
   */
  conflicts(limit: number): { readonly found: number; readonly newest: ScanConflict[] } {
    const all: number[] = [];
    for (const serial of this.#more.keys())
      for (const { doubled } of this.#fold(this.#showingsOf(serial)).conflicts) all.push(showingOf(doubled));
    const newest = Uint32Array.from(all).sort().subarray(-limit).reverse();
    return { found: all.length, newest: Array.from(newest, (showing) => this.#conflictOf(showing)) };
  }

  /** What a device is told: what changed after a number of changes, or all of it. */
  sync(from: number | undefined): GateSync {
    const { knowledge, batch } = this.#day;
    const isComplete = from === undefined;
    const changed = isComplete ? [] : this.#changed.subarray(from, this.#changes);
    const gates = knowledge.setup.gates.map(({ id }): [string, number] => [id, this.insideOf(id)]);
    return {
      v: 1,
      at: 0,
      cursor: { changes: 0, scans: this.#changes },
      complete: isComplete,
      more: false,
      ...(isComplete ? { setup: knowledge.setup } : {}),
      batches: [],
      revoked: [],
      foreign: [],
      used: isComplete ? [{ batch, ...this.#used.bitmaps() }] : [],
      uses: Array.from(changed, (serial): GateSync['uses'][number] => [
        batch,
        serial,
        this.#used.get(serial).state,
        null,
        null,
      ]),
      inside: { total: this.#inside, gates },
    };
  }

  #showingsOf(serial: number): readonly number[] {
    const first = this.#first[serial] as number;
    return first === 0 ? [] : [first - 1, ...(this.#more.get(serial) ?? [])];
  }

  #fold(showings: readonly number[]): FoldedTicket {
    return foldTicket(showings.map((showing) => scanOfShowing(this.#day, showing)));
  }

  #conflictOf(showing: number): ScanConflict {
    const serial = this.#day.serials[showing] as number;
    const { conflicts } = this.#fold(this.#showingsOf(serial));
    return conflicts.find(({ doubled }) => showingOf(doubled) === showing) as ScanConflict;
  }

  #count({ admitted }: FoldedTicket, sign: 1 | -1): void {
    for (const { gate } of admitted) this.#insideOf.set(gate, this.insideOf(gate) + sign);
    this.#inside += sign * admitted.length;
  }
}
