import type { Column } from '../../../core/export/format.ts';
import { COLUMNS, makeRows } from '../records.ts';

/** The bench's record with its types: a price, a point in time. */
export const SHEET_COLUMNS: readonly Column[] = COLUMNS.map((column): Column => {
  switch (column.id) {
    case 'price':
      return { ...column, type: 'amount' };
    case 'time':
      return { ...column, type: 'instant', countBy: 'day' };
    case 'type':
    case 'status':
      return { ...column, countBy: 'value' };
    default:
      return column;
  }
});

/** Prices in the major unit, times in ms since epoch. */
export type SheetRow = readonly (string | number)[];

/** Whole records of consecutive serials, as typed cells. */
export function makeSheetRows(firstSerial: number, count: number): SheetRow[] {
  return makeRows(firstSerial, count).map((row) =>
    row.map((value, index) => {
      const { type } = SHEET_COLUMNS[index] as Column;
      if (type === 'amount') return Number(value);
      return type === 'instant' ? Date.parse(String(value)) : value;
    }),
  );
}
