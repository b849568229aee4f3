import { dayText, type NumberText, numberTextOf } from './cell-text.ts';
import type { CellValue, Column, ExportRow } from './format.ts';

export interface StatisticsEntry {
  /** What the column says, or the day as `2026-11-22`; null: nothing. */
  readonly value: string | null;
  readonly records: number;
  /** Sum of the amount column in its minor unit; null where there is none, or no exact sum. */
  readonly amount: number | null;
}

/** The records counted by one column. */
export interface StatisticsGroup {
  readonly column: Column;
  readonly by: 'value' | 'day';
  /** Values as they first came; days in their order. */
  readonly entries: readonly StatisticsEntry[];
}

export interface ExportStatistics extends Omit<StatisticsEntry, 'value'> {
  /** The first amount column, which the sums are of. */
  readonly amountColumn: Column | null;
  readonly groups: readonly StatisticsGroup[];
}

/**
 * Counts records as they pass: in all, and by each column that says `countBy`, with the sum of the first amount column.
 * Its memory grows with the number of distinct values and days, not of records.
 */
export class StatisticsCounter {
  readonly #amountAt: number;
  readonly #columns: readonly Column[];
  readonly #groups: readonly GroupCounter[];
  #records = 0;
  #amount = 0;

  /** @param timeZone IANA name; days are its days. */
  constructor(columns: readonly Column[], timeZone: string) {
    this.#columns = columns;
    this.#amountAt = columns.findIndex(({ type }) => type === 'amount');
    this.#groups = columns.flatMap((column, index) =>
      column.countBy === undefined ? [] : new GroupCounter(column, index, column.countBy, timeZone),
    );
  }

  /** Counts one record, whose cells are good. */
  add(row: ExportRow): void {
    const amount = this.#amountAt < 0 ? 0 : Number(row[this.#amountAt] ?? 0);
    this.#records++;
    this.#amount += amount;
    for (const group of this.#groups) group.add(row, amount);
  }

  result(): ExportStatistics {
    const amountColumn = this.#columns[this.#amountAt] ?? null;
    const sumOf = (amount: number) => (amountColumn !== null && Number.isSafeInteger(amount) ? amount : null);
    return {
      records: this.#records,
      amount: sumOf(this.#amount),
      amountColumn,
      groups: this.#groups.map((group) => group.result(sumOf)),
    };
  }
}

interface Tally {
  records: number;
  amount: number;
}

class GroupCounter {
  readonly #column: Column;
  readonly #index: number;
  readonly #by: 'value' | 'day';
  readonly #textOf: NumberText;
  readonly #tallies = new Map<string | null, Tally>();
  /** Of the record before: neighbours mostly share their values. */
  #lastValue: CellValue | undefined;
  #last: Tally = { records: 0, amount: 0 };

  constructor(column: Column, index: number, by: 'value' | 'day', timeZone: string) {
    this.#column = column;
    this.#index = index;
    this.#by = by;
    this.#textOf =
      by === 'day' && column.type === 'instant' ? dayText(column.id, timeZone) : numberTextOf(column, timeZone);
  }

  add(row: ExportRow, amount: number): void {
    const value = row[this.#index] ?? null;
    if (value !== this.#lastValue) {
      this.#lastValue = value;
      this.#last = this.#tallyOf(this.#textFor(value));
    }
    this.#last.records++;
    this.#last.amount += amount;
  }

  #textFor(value: CellValue): string | null {
    if (value === null) return null;
    const text = typeof value === 'number' ? this.#textOf(value) : value;
    return this.#by === 'day' ? text.slice(0, 'YYYY-MM-DD'.length) : text;
  }

  #tallyOf(text: string | null): Tally {
    const known = this.#tallies.get(text);
    if (known !== undefined) return known;
    const tally = { records: 0, amount: 0 };
    this.#tallies.set(text, tally);
    return tally;
  }

  result(sumOf: (amount: number) => number | null): StatisticsGroup {
    const entries = [...this.#tallies].map(([value, { records, amount }]) => ({
      value,
      records,
      amount: sumOf(amount),
    }));
    if (this.#by === 'day') entries.sort((left, right) => compareDays(left.value, right.value));
    return { column: this.#column, by: this.#by, entries };
  }
}

/** ISO days compare as text; nothing comes last. */
function compareDays(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -1 : 1;
}
