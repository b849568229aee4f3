import { numberTextOf } from '../cell-text.ts';
import type { ExportStatistics, StatisticsEntry, StatisticsGroup } from '../statistics.ts';
import { numberCell, textCell } from './cells.ts';
import type { Chart } from './chart.ts';
import { Grid } from './grid.ts';
import { serialDay } from './serial-date.ts';
import { DAY_FORMAT, type Styles } from './styles.ts';

export const STATISTICS_SHEET = 'Statistics';
const WIDTHS = [34, 14, 18];
/** More bars cannot be told apart; the table has all. */
const MOST_BARS = 60;

/** The sheet, and the charts that draw from its cells. */
export interface StatisticsSheet {
  readonly charts: readonly Chart[];
  /** @param drawing the relationship's id of the drawing with the charts. */
  xml(isFirst: boolean, drawing?: string): string;
}

/** Totals, then a table for each column that records are counted by. */
export function statisticsSheet(statistics: ExportStatistics, styles: Styles): StatisticsSheet {
  const grid = new Grid();
  const { amountColumn, groups } = statistics;
  const amountCell = amountCellOf(statistics, styles);
  const header = (...titles: readonly string[]) =>
    grid.addRow(
      ...[...titles, 'Records', ...(amountColumn === null ? [] : [`${amountColumn.title} (sum)`])].map((title) =>
        textCell(title, styles.header),
      ),
    );
  grid.addRow(textCell(STATISTICS_SHEET, styles.title));
  header('');
  grid.addRow(
    textCell('In all', styles.text),
    numberCell(String(statistics.records), styles.count),
    amountCell(statistics.amount),
  );
  const charts: Chart[] = [];
  for (const group of groups) {
    grid.addRow();
    const headerRow = header(group.column.title);
    for (const entry of group.entries)
      grid.addRow(
        labelCell(group, entry, styles),
        numberCell(String(entry.records), styles.count),
        amountCell(entry.amount),
      );
    if (group.entries.length > 0) charts.push(chartOf(group, headerRow + 1));
  }
  return { charts, xml: (isFirst, drawing) => grid.xml(WIDTHS, isFirst, drawing) };
}

function amountCellOf({ amountColumn }: ExportStatistics, styles: Styles): (amount: number | null) => string | null {
  if (amountColumn === null) return () => null;
  const style = styles.amount(amountColumn);
  const textOf = numberTextOf(amountColumn, 'UTC');
  return (amount) => (amount === null ? textCell('too large', styles.text) : numberCell(textOf(amount), style));
}

function labelCell({ by }: StatisticsGroup, { value }: StatisticsEntry, styles: Styles): string {
  const day = by === 'day' && value !== null ? serialDay(value) : undefined;
  return day === undefined ? textCell(value ?? '(none)', styles.text) : numberCell(String(day), styles.day);
}

/** @param firstRow of the group's entries in the sheet. */
function chartOf({ column, by, entries }: StatisticsGroup, firstRow: number): Chart {
  // Those over time end with the newest.
  const from = by === 'day' ? Math.max(0, entries.length - MOST_BARS) : 0;
  const shown = entries.slice(from, from + MOST_BARS);
  const days = shown.map(({ value }) => serialDay(value ?? ''));
  const areDays = by === 'day' && !days.includes(undefined);
  const range = (letter: string) =>
    `${STATISTICS_SHEET}!$${letter}$${firstRow + from}:$${letter}$${firstRow + from + shown.length - 1}`;
  return {
    title: `Records by ${column.title}`,
    seriesTitle: 'Records',
    isOverTime: by === 'day',
    categoriesRange: range('A'),
    categories: areDays ? days.map(String) : shown.map(({ value }) => value ?? '(none)'),
    categoriesFormat: areDays ? DAY_FORMAT : null,
    valuesRange: range('B'),
    values: shown.map(({ records }) => records),
  };
}
