import type { RecordPage, RecordSource } from './format.ts';

/** How many rejections, and how many files, a manifest lists; all are counted. */
export const MAX_LISTED = 1_000;

/** What went into a file, as its records pass: how many, the first and last key, and what was set aside. */
export class RecordLedger {
  readonly rejected: { readonly key: string; readonly reason: string }[] = [];
  rejectedCount = 0;
  records = 0;
  firstKey: string | null = null;
  lastKey: string | null = null;
  #page: RecordPage | undefined;
  readonly #rejectedOfPage = new Set<string>();

  reject(key: string, reason: string): void {
    this.rejectedCount++;
    this.#rejectedOfPage.add(key);
    if (this.rejected.length < MAX_LISTED) this.rejected.push({ key, reason });
  }

  /** The source, watched: a page is settled when the next one is asked for, so by then its rejections are known. */
  watch(source: RecordSource, on: { readonly firstPage: () => unknown; readonly end: () => unknown }): RecordSource {
    const { columns, estimatedCount } = source;
    return { columns, estimatedCount, pages: (signal) => this.#watchPages(source.pages(signal), signal, on) };
  }

  async *#watchPages(
    pages: AsyncIterable<RecordPage>,
    signal: AbortSignal,
    on: { readonly firstPage: () => unknown; readonly end: () => unknown },
  ): AsyncGenerator<RecordPage> {
    let isFirst = true;
    for await (const page of pages) {
      signal.throwIfAborted();
      if (isFirst) on.firstPage();
      isFirst = false;
      this.#page = page;
      yield page;
      this.settle();
      signal.throwIfAborted();
    }
    if (isFirst) on.firstPage();
    on.end();
  }

  /** Counts the last page given; call it once more after the encoder has ended. */
  settle(): void {
    const page = this.#page;
    this.#page = undefined;
    if (page === undefined) return;
    const isKept = (key: string) => !this.#rejectedOfPage.has(key);
    this.firstKey ??= page.keys.find(isKept) ?? null;
    this.lastKey = page.keys.findLast(isKept) ?? this.lastKey;
    this.records += page.keys.length - this.#rejectedOfPage.size;
    this.#rejectedOfPage.clear();
  }
}
