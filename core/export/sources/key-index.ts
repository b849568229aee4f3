import type { Sort } from '../common-options.ts';
import { exportError } from '../fault-error.ts';
import type { CellValue, Column } from '../format.ts';

/** What the keys of a sort may take; tickets beyond are refused with words, not with a crash. */
const KEY_INDEX_BYTES = 64 * 1024 * 1024;
/** A serial, a reference to the key, and twice a place in the order. */
const ENTRY_BYTES = 24;
const NUMBER_BYTES = 8;
/** Of a string, besides its characters. */
const STRING_BYTES = 16;
const ONE_BYTE_EACH = /^\p{ASCII}*$/u;

/** Records sorted in one go; runs of as many are merged. */
const RUN_LENGTH = 4_096;
/** Steps between two looks at the clock, and how long the thread may be kept busy. */
const STEPS_PER_LOOK = 1_024;
const BUSY_MS = 40;

/** The keys of all tickets of a sorted export. Entries are numbered as they are added: batch by batch, by serial. */
export class KeyIndex {
  readonly #keys: CellValue[] = [];
  readonly #serials: number[] = [];
  readonly #batchStarts: number[] = [];
  readonly #column: Column;
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(column: Column, limitBytes = KEY_INDEX_BYTES) {
    this.#column = column;
    this.#limitBytes = limitBytes;
  }

  get length(): number {
    return this.#keys.length;
  }

  /** What is added from now on is of the next batch. */
  beginBatch(): void {
    this.#batchStarts.push(this.#keys.length);
  }

  /** @throws {TicketmintError} `export-sort-too-large` when the keys take more than the limit. */
  add(serial: number, key: CellValue): void {
    this.#bytes += ENTRY_BYTES + bytesOf(key);
    if (this.#bytes > this.#limitBytes) {
      const { id, title } = this.#column;
      const megabytes = Math.round(this.#limitBytes / 2 ** 20);
      throw exportError({ code: 'sort-too-large', column: id, title, megabytes });
    }
    this.#keys.push(key);
    this.#serials.push(serial);
  }

  serialAt(entry: number): number {
    return this.#serials[entry] as number;
  }

  /** The first entry after those of a batch, which is named by how many were begun before it. */
  endOfBatch(number: number): number {
    return this.#batchStarts[number + 1] ?? this.length;
  }

  /**
   * The entries in order: nothing last, equal keys as they were added. Lets others have the thread now and then.
   * @param locale BCP 47; by its rules text is compared, numbers in text by their value.
   * @throws the signal's reason.
   */
  sorted(direction: Sort['direction'], locale: string, signal: AbortSignal): Promise<Uint32Array> {
    const keys = this.#keys;
    const sign = direction === 'ascending' ? 1 : -1;
    const { compare } = new Intl.Collator(locale, { numeric: true });
    return mergeSorted(
      keys.length,
      (left, right) => {
        const [a, b] = [keys[left] ?? null, keys[right] ?? null];
        if (a === b) return left - right;
        if (a === null || b === null) return a === null ? 1 : -1;
        const difference = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
        return difference === 0 ? left - right : sign * difference;
      },
      signal,
    );
  }
}

function bytesOf(key: CellValue): number {
  if (key === null) return 0;
  if (typeof key === 'number') return NUMBER_BYTES;
  return STRING_BYTES + (ONE_BYTE_EACH.test(key) ? key.length : 2 * key.length);
}

/** Merge sort of 0…length−1 that takes turns with the rest of its thread, so that a cancellation gets through. */
async function mergeSorted(
  length: number,
  compare: (left: number, right: number) => number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const breathe = breather(signal);
  let order = Uint32Array.from({ length }, (_, entry) => entry);
  for (let start = 0; start < length; start += RUN_LENGTH) {
    order.subarray(start, start + RUN_LENGTH).sort(compare);
    await breathe();
  }
  let merged = new Uint32Array(length);
  for (let width = RUN_LENGTH; width < length; width *= 2) {
    for (let at = 0, left = 0, right = width; at < length; at++) {
      const start = at - (at % (2 * width));
      if (at === start) [left, right] = [start, Math.min(start + width, length)];
      const [middle, end] = [Math.min(start + width, length), Math.min(start + 2 * width, length)];
      const isLeft = right >= end || (left < middle && compare(order[left] as number, order[right] as number) < 0);
      merged[at] = order[isLeft ? left++ : right++] as number;
      if (at % STEPS_PER_LOOK === 0) await breathe();
    }
    [order, merged] = [merged, order];
  }
  return order;
}

function breather(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < BUSY_MS) return;
    return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
      signal.throwIfAborted();
      since = performance.now();
    });
  };
}
