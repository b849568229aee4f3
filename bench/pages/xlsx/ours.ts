import type { ExportContext, RecordPage, RecordSource } from '../../../core/export/format.ts';
import { xlsxFormat } from '../../../core/export/xlsx/xlsx.ts';
import { collectAfter } from '../../../workers/early-collection.ts';
import { expect } from '../../harness/scenario.ts';
import { readBySheetJs } from './readers.ts';
import { SHEET_COLUMNS } from './rows.ts';
import type { WorkbookWriter } from './writer.ts';

const PRICE_AT = SHEET_COLUMNS.findIndex(({ type }) => type === 'amount');
/** What a ticket with personal fields takes in the local database, about. */
const TICKET_BYTES = 100;
const CONTEXT: ExportContext = {
  signal: new AbortController().signal,
  now: new Date(0),
  timeZone: 'UTC',
  locale: 'en',
  part: { number: 1, of: 1 },
  reject: (key, fault) => expect(false, `${key} was set aside: ${fault.code}`),
  progress: () => {},
};

/** Data, statistics with three charts, metadata with hashes. */
export const ours: WorkbookWriter = {
  read: readBySheetJs,
  prepare: (rows): RecordPage => ({
    keys: rows.map(([serial]) => `b/${serial}`),
    // Amounts are in the minor unit.
    rows: rows.map((row) => row.with(PRICE_AT, Math.round(100 * Number(row[PRICE_AT])))),
  }),
  write(pages) {
    const source: RecordSource = {
      columns: SHEET_COLUMNS,
      estimatedCount: 0,
      async *pages() {
        for (const page of pages as Iterable<RecordPage>) {
          // As the app's own source does.
          collectAfter(TICKET_BYTES * page.rows.length);
          yield page;
        }
      },
    };
    return xlsxFormat.encode(source, xlsxFormat.options.parse({}), CONTEXT);
  },
};
