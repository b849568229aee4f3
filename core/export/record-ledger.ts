import type { RecordFault } from './fault.ts';
import { recordFaultText } from './fault-text.ts';
import type { BytePage, RecordPage, RecordSource } from './format.ts';
import type { Rejection } from './manifest.ts';

/** How many rejections, and how many files, a manifest lists; all are counted. */
export const MAX_LISTED = 1_000;

/** What went into a file, as its records pass: how many, the first and last key, and what was set aside. */
export class RecordLedger {
  readonly rejected: Rejection[] = [];
  rejectedCount = 0;
  records = 0;
  firstKey: string | null = null;
  lastKey: string | null = null;
  #page: PageKeys | undefined;
  readonly #rejectedOfPage = new Set<string>();

  reject(key: string, fault: RecordFault): void {
    this.rejectedCount++;
    this.#rejectedOfPage.add(key);
    if (this.rejected.length < MAX_LISTED) this.rejected.push({ key, reason: recordFaultText(fault), fault });
  }

  /** The source, watched: a page is settled when the next one is asked for, so by then its rejections are known. */
  watch(source: RecordSource, on: SourceEvents): RecordSource {
    const { columns, estimatedCount } = source;
    const bytePages = source.bytePages?.bind(source);
    const pages: RecordSource['pages'] = (signal) => this.#watchPages(source.pages(signal), keysOf, signal, on);
    if (bytePages === undefined) return { columns, estimatedCount, pages };
    const asBytes = (signal: AbortSignal) => this.#watchPages(bytePages(signal), (page) => page, signal, on);
    return { columns, estimatedCount, pages, bytePages: asBytes };
  }

  async *#watchPages<Page>(
    pages: AsyncIterable<Page>,
    keysOfPage: (page: Page) => PageKeys,
    signal: AbortSignal,
    on: SourceEvents,
  ): AsyncGenerator<Page> {
    let isFirst = true;
    for await (const page of pages) {
      signal.throwIfAborted();
      if (isFirst) on.firstPage();
      isFirst = false;
      this.#page = keysOfPage(page);
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
    this.firstKey ??= this.#keptKey(page, 0, 1);
    this.lastKey = this.#keptKey(page, page.count - 1, -1) ?? this.lastKey;
    this.records += page.count - this.#rejectedOfPage.size;
    this.#rejectedOfPage.clear();
  }

  /** The first key from there on, in that direction, that was not set aside. */
  #keptKey({ count, keyAt }: PageKeys, from: number, step: 1 | -1): string | null {
    for (let index = from; index >= 0 && index < count; index += step) {
      const key = keyAt(index);
      if (!this.#rejectedOfPage.has(key)) return key;
    }
    return null;
  }
}

type PageKeys = Pick<BytePage, 'count' | 'keyAt'>;

function keysOf({ keys }: RecordPage): PageKeys {
  return { count: keys.length, keyAt: (index) => keys[index] as string };
}

interface SourceEvents {
  firstPage(): unknown;
  end(): unknown;
}
