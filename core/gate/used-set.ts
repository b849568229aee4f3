import type { TicketUse } from '../api/gate.ts';
import { UNUSED } from './fold.ts';

/** Serials whose times and gates lie in one piece of memory. */
const PAGE_TICKETS = 4_096;

/** When and by which gate the tickets of a page went in; made when the first of them is known. */
interface DetailPage {
  /** Whole seconds since epoch; 0: not known. */
  readonly seconds: Uint32Array;
  /** Indexes into the set's gates. */
  readonly gates: Uint16Array;
}

/**
 * How the tickets of one batch stand: two bits a ticket, and seven bytes more for pages in which times are known. Grows
 * with the highest serial that was used. As a snapshot it is one bit a ticket: 125,000 bytes for a million.
 */
export class UsedSet {
  #used: Uint8Array<ArrayBuffer>;
  #inside: Uint8Array<ArrayBuffer>;
  readonly #details = new Map<number, DetailPage>();
  readonly #gates: string[] = [];

  /**
   * @param used one bit a ticket that was let in, serial 1 the lowest bit of the first byte.
   * @param inside the same for tickets that are inside; without it, all that were let in are.
   */
  constructor(used: Uint8Array = new Uint8Array(), inside: Uint8Array = used) {
    this.#used = new Uint8Array(used);
    this.#inside = new Uint8Array(used.length);
    this.#inside.set(inside.subarray(0, used.length));
  }

  get(serial: number): TicketUse {
    const index = serial - 1;
    if (!hasBit(this.#used, index)) return UNUSED;
    const page = this.#details.get(Math.floor(index / PAGE_TICKETS));
    const seconds = page?.seconds[index % PAGE_TICKETS] ?? 0;
    return {
      state: hasBit(this.#inside, index) ? 'inside' : 'outside',
      at: seconds === 0 ? null : seconds * 1_000,
      gate: seconds === 0 ? null : (this.#gates[page?.gates[index % PAGE_TICKETS] as number] ?? null),
    };
  }

  /** @param use its time is kept to the second. */
  set(serial: number, { state, at, gate }: TicketUse): void {
    const index = serial - 1;
    if (state === 'unused' && index >> 3 >= this.#used.length) return;
    this.#reach(index);
    setBit(this.#used, index, state !== 'unused');
    setBit(this.#inside, index, state === 'inside');
    if (at !== null && gate !== null) this.#setDetail(index, Math.floor(at / 1_000), gate);
    else
      this.#details
        .get(Math.floor(index / PAGE_TICKETS))
        ?.seconds.fill(0, index % PAGE_TICKETS, (index % PAGE_TICKETS) + 1);
  }

  /** The snapshot: `inside` only where somebody has left; zero bytes at the end are left out. */
  bitmaps(): { readonly used: Uint8Array<ArrayBuffer>; readonly inside?: Uint8Array<ArrayBuffer> } {
    const used = withoutZeros(this.#used);
    const hasLeft = used.some((byte, index) => byte !== this.#inside[index]);
    return hasLeft ? { used, inside: withoutZeros(this.#inside) } : { used };
  }

  /** How many tickets were let in. */
  count(): number {
    return countBits(this.#used);
  }

  countInside(): number {
    return countBits(this.#inside);
  }

  /** The serials of the tickets that were let in, ascending. */
  *serials(): Generator<number> {
    for (const [index, byte] of this.#used.entries())
      for (let bit = 0; bit < 8; bit++) if (((byte >>> bit) & 1) === 1) yield 8 * index + bit + 1;
  }

  #reach(index: number): void {
    const bytes = (index >> 3) + 1;
    if (bytes <= this.#used.length) return;
    const length = Math.max(bytes, Math.ceil(this.#used.length * 1.5));
    this.#used = grown(this.#used, length);
    this.#inside = grown(this.#inside, length);
  }

  #setDetail(index: number, seconds: number, gate: string): void {
    const number = Math.floor(index / PAGE_TICKETS);
    let page = this.#details.get(number);
    if (page === undefined) {
      page = { seconds: new Uint32Array(PAGE_TICKETS), gates: new Uint16Array(PAGE_TICKETS) };
      this.#details.set(number, page);
    }
    let gateIndex = this.#gates.indexOf(gate);
    if (gateIndex < 0) gateIndex = this.#gates.push(gate) - 1;
    page.seconds[index % PAGE_TICKETS] = seconds;
    page.gates[index % PAGE_TICKETS] = gateIndex;
  }
}

/** The set of a batch, made where it is missing. */
export function usedSetOf(sets: Map<string, UsedSet>, batch: string): UsedSet {
  let set = sets.get(batch);
  if (set === undefined) {
    set = new UsedSet();
    sets.set(batch, set);
  }
  return set;
}

/** @param index 0-based. */
function hasBit(bitmap: Uint8Array, index: number): boolean {
  return (((bitmap[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
}

/** @param index 0-based, within the bitmap. */
export function setBit(bitmap: Uint8Array, index: number, value: boolean): void {
  const byte = bitmap[index >>> 3] as number;
  bitmap[index >>> 3] = value ? byte | (1 << (index & 7)) : byte & ~(1 << (index & 7));
}

/** How many bits are set. */
export function countBits(bitmap: Uint8Array): number {
  let count = 0;
  for (const byte of bitmap) for (let bits = byte; bits > 0; bits &= bits - 1) count++;
  return count;
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** The bytes up to the last that is not zero. */
export function withoutZeros(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return new Uint8Array(bytes.subarray(0, length));
}
