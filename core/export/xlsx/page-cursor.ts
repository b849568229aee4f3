import type { RecordPage } from '../format.ts';

/** A source's pages with the place reached in them, so that several sheets can take turns. Reads nothing until it is asked. */
export class PageCursor {
  /** The page that {@link index} is in; `undefined` before the first and after the last. */
  page: RecordPage | undefined;
  /** The next record of the page. */
  index = 0;
  readonly #pages: AsyncIterable<RecordPage>;
  #iterator: AsyncIterator<RecordPage> | undefined;

  constructor(pages: AsyncIterable<RecordPage>) {
    this.#pages = pages;
  }

  /** Whether there is a record at the cursor, reading the next page when it has to. */
  async hasNext(): Promise<boolean> {
    this.#iterator ??= this.#pages[Symbol.asyncIterator]();
    while (this.page === undefined || this.index >= this.page.rows.length) {
      const next = await this.#iterator.next();
      if (next.done === true) {
        this.page = undefined;
        return false;
      }
      this.page = next.value;
      this.index = 0;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#iterator?.return?.();
  }
}
