import type { RecordedScan } from '../../api/gate.ts';
import { COLUMN_TITLES } from '../column-titles.ts';
import type { CellValue, Column, RecordPage, RecordSource } from '../format.ts';

/** What happened at an event's gates, and the names that its ids stand for; an id without a name stays as it is. */
export interface CheckIns {
  readonly estimatedCount: number;
  /** In the order in which they arrived, at most 1,000 a page; read once, from the beginning, for each export. */
  pages(signal: AbortSignal): AsyncIterable<readonly RecordedScan[]>;
  readonly gateNames: ReadonlyMap<string, string>;
  readonly deviceNames: ReadonlyMap<string, string>;
  /** Of the ticket type of each batch. */
  readonly typeNames: ReadonlyMap<string, string>;
}

type CellOf = (scan: RecordedScan, checkIns: CheckIns) => CellValue;

/** When it happened at the door comes first; when the server learned of it, last. */
const COLUMNS: readonly (Column & { readonly cellOf: CellOf })[] = [
  { id: 'scannedAt', title: 'Scanned', type: 'instant', countBy: 'day', cellOf: ({ at }) => at },
  { id: 'scan', title: 'Scan', type: 'text', countBy: 'value', cellOf: ({ kind }) => kind },
  { id: 'effect', title: 'Effect', type: 'text', countBy: 'value', cellOf: ({ effect }) => effect },
  {
    id: 'gate',
    title: 'Gate',
    type: 'text',
    countBy: 'value',
    cellOf: ({ gate }, { gateNames }) => gateNames.get(gate) ?? gate,
  },
  {
    id: 'device',
    title: 'Device',
    type: 'text',
    cellOf: ({ device }, { deviceNames }) => deviceNames.get(device) ?? device,
  },
  { id: 'batch', title: COLUMN_TITLES.batch, type: 'text', cellOf: ({ batch }) => batch },
  { id: 'serial', title: COLUMN_TITLES.serial, type: 'integer', cellOf: ({ serial }) => serial },
  {
    id: 'typeName',
    title: COLUMN_TITLES.typeName,
    type: 'text',
    countBy: 'value',
    cellOf: ({ batch }, { typeNames }) => typeNames.get(batch) ?? null,
  },
  { id: 'reason', title: 'Reason', type: 'text', cellOf: ({ reason }) => reason ?? null },
  { id: 'receivedAt', title: 'Received', type: 'instant', cellOf: ({ receivedAt }) => receivedAt },
];

/**
 * Scans as records, one each, undone ones and undos included. Holds one page. A record's key is the scan's nonce, which no
 * two share.
 */
export function checkInSource(checkIns: CheckIns): RecordSource {
  return {
    columns: COLUMNS.map(({ cellOf: _, ...column }) => column),
    estimatedCount: checkIns.estimatedCount,
    async *pages(signal): AsyncGenerator<RecordPage> {
      for await (const scans of checkIns.pages(signal))
        yield {
          keys: scans.map(({ nonce }) => nonce),
          rows: scans.map((scan) => COLUMNS.map(({ cellOf }) => cellOf(scan, checkIns))),
        };
    },
  };
}
