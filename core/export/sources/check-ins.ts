import type { RecordedScan } from '../../api/gate.ts';
import { COLUMN_TITLES } from '../column-titles.ts';
import type { Filter } from '../filters.ts';
import type { CellValue, Column, RecordPage, RecordSource } from '../format.ts';
import { type ScanTest, scanTest } from './check-in-filter.ts';

/** What happened at an event's gates, and the names that its ids stand for; an id without a name stays as it is. */
export interface CheckIns {
  readonly estimatedCount: number;
  /** In the order in which they arrived, at most 1,000 a page; read once, from the beginning, for each export. */
  pages(signal: AbortSignal): AsyncIterable<readonly RecordedScan[]>;
  readonly gateNames: ReadonlyMap<string, string>;
  readonly deviceNames: ReadonlyMap<string, string>;
  /** The ticket type of each batch. */
  readonly types: ReadonlyMap<string, { readonly index: number; readonly name: string }>;
}

type CellOf = (scan: RecordedScan, checkIns: CheckIns) => CellValue;

/** When it happened at the door comes first; when the server learned of it, last. */
const CELLS: readonly (Column & { readonly cellOf: CellOf })[] = [
  { ...titled('scannedAt'), type: 'instant', countBy: 'day', cellOf: ({ at }) => at },
  { ...titled('scan'), type: 'text', countBy: 'value', cellOf: ({ kind }) => kind },
  { ...titled('effect'), type: 'text', countBy: 'value', cellOf: ({ effect }) => effect },
  {
    ...titled('gate'),
    type: 'text',
    countBy: 'value',
    cellOf: ({ gate }, { gateNames }) => gateNames.get(gate) ?? gate,
  },
  { ...titled('device'), type: 'text', cellOf: ({ device }, { deviceNames }) => deviceNames.get(device) ?? device },
  { ...titled('batch'), type: 'text', cellOf: ({ batch }) => batch },
  { ...titled('serial'), type: 'integer', cellOf: ({ serial }) => serial },
  {
    ...titled('typeName'),
    type: 'text',
    countBy: 'value',
    cellOf: ({ batch }, { types }) => types.get(batch)?.name ?? null,
  },
  { ...titled('reason'), type: 'text', cellOf: ({ reason }) => reason ?? null },
  { ...titled('receivedAt'), type: 'instant', cellOf: ({ receivedAt }) => receivedAt },
];

function titled<Id extends keyof typeof COLUMN_TITLES>(id: Id) {
  return { id, title: COLUMN_TITLES[id] };
}

/** The columns of a check-ins' export, in their usual order. */
export const CHECK_IN_COLUMNS: readonly Column[] = CELLS.map(({ cellOf: _, ...column }) => column);

/**
 * Scans as records, one each, undone ones and undos included, in the order in which they arrived. Holds one page. A record's
 * key is the scan's nonce, which no two share.
 * @param filters which of them; null: all. How many a filter leaves is not known beforehand.
 */
export function checkInSource(checkIns: CheckIns, filters: Filter | null = null): RecordSource {
  const test = filters === null ? null : testOf(filters, checkIns);
  return {
    columns: CHECK_IN_COLUMNS,
    estimatedCount: checkIns.estimatedCount,
    async *pages(signal): AsyncGenerator<RecordPage> {
      for await (const page of checkIns.pages(signal)) {
        const scans = test === null ? page : page.filter(test);
        if (scans.length === 0) continue;
        yield {
          keys: scans.map(({ nonce }) => nonce),
          rows: scans.map((scan) => CELLS.map(({ cellOf }) => cellOf(scan, checkIns))),
        };
      }
    },
  };
}

function testOf(filters: Filter, checkIns: CheckIns): ScanTest {
  return scanTest(filters, {
    typeOf: ({ batch }) => checkIns.types.get(batch)?.index,
    textsOf: (scan, columnIds) =>
      CELLS.flatMap(({ id, type, cellOf }) => {
        if (columnIds === null ? type !== 'text' : !columnIds.includes(id)) return [];
        const value = cellOf(scan, checkIns);
        return value === null ? [] : String(value);
      }),
  });
}
