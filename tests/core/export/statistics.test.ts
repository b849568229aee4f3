import { describe, expect, it } from 'vitest';
import type { Column, ExportRow } from '../../../core/export/format.ts';
import { StatisticsCounter } from '../../../core/export/statistics.ts';

const COLUMNS: readonly Column[] = [
  { id: 'typeName', title: 'Type', type: 'text', countBy: 'value' },
  { id: 'holder', title: 'Holder', type: 'text' },
  { id: 'price', title: 'Price', type: 'amount' },
  { id: 'mintedAt', title: 'Minted at', type: 'instant', countBy: 'day' },
];
const EVENING = Date.UTC(2026, 10, 22, 18);
const HOUR_MS = 3_600_000;

function countAll(rows: readonly ExportRow[], columns = COLUMNS, timeZone = 'Asia/Kolkata') {
  const counter = new StatisticsCounter(columns, timeZone);
  for (const row of rows) counter.add(row);
  return counter.result();
}

describe('StatisticsCounter', () => {
  it('counts by value and by the zone’s day, with sums of the amount', () => {
    const statistics = countAll([
      ['VIP', 'Asha', 100, EVENING + HOUR_MS],
      ['General', 'Björn', 20, EVENING],
      ['VIP', 'Chidi', 100, EVENING],
      [null, null, null, null],
    ]);
    expect(statistics).toEqual({
      records: 4,
      amount: 220,
      amountColumn: COLUMNS[2],
      groups: [
        {
          column: COLUMNS[0],
          by: 'value',
          entries: [
            { value: 'VIP', records: 2, amount: 200 },
            { value: 'General', records: 1, amount: 20 },
            { value: null, records: 1, amount: 0 },
          ],
        },
        {
          column: COLUMNS[3],
          by: 'day',
          entries: [
            { value: '2026-11-22', records: 2, amount: 120 },
            { value: '2026-11-23', records: 1, amount: 100 },
            { value: null, records: 1, amount: 0 },
          ],
        },
      ],
    });
  });

  it('counts nothing of an empty export, and has no sum without an amount', () => {
    expect(countAll([], COLUMNS.slice(0, 1))).toEqual({
      records: 0,
      amount: null,
      amountColumn: null,
      groups: [{ column: COLUMNS[0], by: 'value', entries: [] }],
    });
  });

  it('gives no sum that would not be exact', () => {
    const statistics = countAll([
      ['VIP', 'Asha', Number.MAX_SAFE_INTEGER, 0],
      ['General', 'Björn', 2, 0],
    ]);
    expect(statistics.amount).toBeNull();
    expect(statistics.groups[0]?.entries.map(({ amount }) => amount)).toEqual([Number.MAX_SAFE_INTEGER, 2]);
  });
});
