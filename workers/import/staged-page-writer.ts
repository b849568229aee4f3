import type { ListRow } from '../../core/attendees/row-parser.ts';
import { TicketmintError } from '../../core/errors.ts';
import { relaxedDatabase, type StagedPage } from '../../src/database/database.ts';
import { storageErrorOf } from '../../src/database/storage-error.ts';

/** Rows that wait in memory for one transaction, besides the page of each batch that is still filling. */
const ROWS_PER_WRITE = 10_000;

interface FillingPage {
  readonly batchId: string;
  seq: number;
  rows: (readonly (string | null)[])[];
}

/** Gathers rows into pages of one chunk each and writes them in groups; see {@link stagedPageWriter}. */
export interface StagedPageWriter {
  /** @throws {TicketmintError} `list-invalid` when the row's type has no batch; `mint-storage-full`, `mint-storage-lost`. */
  add(row: ListRow): Promise<void>;
  /** Writes what is left: the last page of each batch may be shorter. */
  end(): Promise<void>;
}

/**
 * Writes rows as `stagedPages`: in each batch seq 0, 1, 2 … in the order of the rows, `chunkSize` rows a page. Holds 10,000
 * rows and a page for each batch.
 * @param columns the names of the rows' values, in order.
 * @param targets the batch for each ticket type.
 */
export function stagedPageWriter(
  columns: readonly string[],
  targets: Readonly<Record<number, string>>,
  chunkSize: number,
): StagedPageWriter {
  const filling = new Map<number, FillingPage>();
  let full: StagedPage[] = [];
  let waiting = 0;

  const pageOf = (typeIndex: number): FillingPage => {
    const known = filling.get(typeIndex);
    if (known !== undefined) return known;
    const batchId = targets[typeIndex];
    if (batchId === undefined)
      throw new TicketmintError('list-invalid', `The list has rows of ticket type ${typeIndex}, which has no batch.`);
    const page = { batchId, seq: 0, rows: [] };
    filling.set(typeIndex, page);
    return page;
  };
  const close = (page: FillingPage) => {
    const { batchId, seq, rows } = page;
    const fields = Object.fromEntries(columns.map((column, slot) => [column, rows.map((row) => row[slot] ?? null)]));
    full.push({ batchId, seq, fields });
    waiting += rows.length;
    page.seq++;
    page.rows = [];
  };
  const write = async () => {
    const pages = full;
    full = [];
    waiting = 0;
    try {
      await relaxedDatabase().stagedPages.bulkPut(pages);
    } catch (error) {
      throw storageErrorOf(error);
    }
  };
  return {
    async add({ typeIndex, values }) {
      const page = pageOf(typeIndex);
      page.rows.push(values);
      if (page.rows.length === chunkSize) close(page);
      if (waiting >= ROWS_PER_WRITE) await write();
    },
    async end() {
      for (const page of filling.values()) if (page.rows.length > 0) close(page);
      if (full.length > 0) await write();
    },
  };
}
