import type { ExportRow, RecordPage, RecordSource } from './format.ts';

/**
 * A source in slices, one after another, read once and lazily; each is to be read to its end before the next is. Holds
 * one page. Close it when done.
 */
export class SourceSlices {
  readonly #source: RecordSource;
  readonly #pages: AsyncIterator<RecordPage>;
  #waiting: RecordPage | undefined;

  constructor(source: RecordSource, signal: AbortSignal) {
    this.#source = source;
    this.#pages = source.pages(signal)[Symbol.asyncIterator]();
  }

  /** The next records, `count` of them or as many as are left. */
  slice(count: number): RecordSource {
    const { columns } = this.#source;
    return { columns, estimatedCount: count, pages: () => this.#take(count) };
  }

  /** The record that comes next; null after the last. */
  async peek(): Promise<{ readonly key: string; readonly row: ExportRow } | null> {
    const page = await this.#nextPage();
    const [key, row] = [page?.keys[0], page?.rows[0]];
    return key === undefined || row === undefined ? null : { key, row };
  }

  /** Passes over records. */
  async skip(count: number): Promise<void> {
    if (count === 0) return;
    for await (const _ of this.#take(count));
  }

  async close(): Promise<void> {
    await this.#pages.return?.();
  }

  async *#take(count: number): AsyncGenerator<RecordPage> {
    for (let left = count; left > 0; ) {
      const page = await this.#nextPage();
      if (page === undefined) return;
      const length = Math.min(left, page.rows.length);
      left -= length;
      this.#waiting = length < page.rows.length ? cut(page, length) : undefined;
      yield length < page.rows.length ? cut(page, 0, length) : page;
    }
  }

  /** The page that is not taken yet, read if need be; never an empty one. */
  async #nextPage(): Promise<RecordPage | undefined> {
    while (this.#waiting === undefined || this.#waiting.rows.length === 0) {
      const { done, value } = await this.#pages.next();
      if (done) return undefined;
      this.#waiting = value;
    }
    return this.#waiting;
  }
}

function cut({ keys, rows }: RecordPage, from: number, to?: number): RecordPage {
  return { keys: keys.slice(from, to), rows: rows.slice(from, to) };
}

/** How many records a source gives. Reads all of it. */
export async function countRecords(source: RecordSource, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const { rows } of source.pages(signal)) count += rows.length;
  return count;
}
