import type { ExportContext } from '../format.ts';
import type { ExportStatistics, StatisticsGroup } from '../statistics.ts';
import { typeColour } from '../type-colours.ts';
import { drawChart } from './charts.ts';
import { ACCENT, FAINT, type ReportPages } from './report-pages.ts';
import type { ReportWords } from './report-words.ts';
import { ReportTable } from './tables.ts';

const BAND_HEIGHT = 6;
const FIGURES_HEIGHT = 58;
const BIG = 22;
const HEADING = 14;
const TABLE_SIZE = 9;
/** Batches are of use to the office only: they have a table, no chart. */
const UNCHARTED = new Set(['batch']);

/** The summary: title, key figures, charts, then a table for each column that records are counted by. */
export async function drawSummary(
  pages: ReportPages,
  statistics: ExportStatistics,
  words: ReportWords,
  { event }: Pick<ExportContext, 'event'>,
): Promise<void> {
  await pages.room(0);
  drawTitle(pages, words);
  drawFigures(pages, statistics, words);
  for (const group of statistics.groups) {
    // One bar answers nothing.
    if (group.entries.length < 2 || UNCHARTED.has(group.column.id)) continue;
    const isType = group.column.id === 'typeName';
    await drawChart(pages, group, words, {
      records: statistics.records,
      colourOf: (value) => (isType ? typeColour(value, event?.typeColours ?? {}) : ACCENT),
    });
  }
  const isLast = ({ column }: StatisticsGroup) => UNCHARTED.has(column.id);
  const tables = [...statistics.groups.filter((group) => !isLast(group)), ...statistics.groups.filter(isLast)];
  for (const group of tables) if (group.entries.length > 0) await drawTable(pages, group, statistics, words);
}

function drawTitle(pages: ReportPages, { title, subtitle, report }: ReportWords): void {
  const { left: x, width } = pages;
  pages.fill(0, 0, 2 * x + width, BAND_HEIGHT, ACCENT);
  pages.y += pages.text(report, { x, y: pages.y, width, size: 9, weight: 'bold', colour: ACCENT }) + 4;
  pages.y += pages.text(title, { x, y: pages.y, width, size: 26, minSize: 14, maxLines: 2, weight: 'bold' });
  if (subtitle !== '') pages.y += pages.text(subtitle, { x, y: pages.y, width, size: 11, maxLines: 2, colour: FAINT });
  pages.y += 16;
}

interface Figure {
  readonly label: string;
  readonly value: string;
}

function figuresOf({ records, amount, amountColumn, groups }: ExportStatistics, words: ReportWords): readonly Figure[] {
  const figures: Figure[] = [{ label: words.records, value: words.count(records) }];
  if (amountColumn !== null) {
    const what = words.column(amountColumn);
    figures.push({ label: words.printed.total(what), value: words.amount(amount) });
    if (amount !== null && records > 0)
      figures.push({ label: words.printed.average(what), value: words.amount(Math.round(amount / records)) });
  }
  const days = groups.find(({ by }) => by === 'day');
  const [busiest] = [...(days?.entries ?? [])].sort((left, right) => right.records - left.records);
  if (days !== undefined && busiest !== undefined)
    figures.push({ label: words.printed.busiestDay(words.column(days.column)), value: words.label(days, busiest) });
  return figures;
}

function drawFigures(pages: ReportPages, statistics: ExportStatistics, words: ReportWords): void {
  const figures = figuresOf(statistics, words);
  const wide = pages.width / figures.length;
  const place = { width: wide - 12, minSize: 10, weight: 'bold' as const };
  // All of one size, that of the longest.
  const size = Math.min(...figures.map(({ value }) => pages.fit(value, { ...place, size: BIG }).size));
  pages.line(pages.left, pages.y, pages.left + pages.width, pages.y);
  for (const [index, { label, value }] of figures.entries()) {
    const x = pages.left + index * wide;
    pages.text(value, { ...place, x, y: pages.y + 34 - 1.25 * size, size });
    pages.text(label, { x, y: pages.y + 38, width: wide - 12, size: TABLE_SIZE, colour: FAINT });
  }
  pages.y += FIGURES_HEIGHT;
  pages.line(pages.left, pages.y, pages.left + pages.width, pages.y);
  pages.y += 24;
}

async function drawTable(
  pages: ReportPages,
  group: StatisticsGroup,
  { records, amount, amountColumn }: ExportStatistics,
  words: ReportWords,
): Promise<void> {
  const title = words.column(group.column);
  await drawHeading(pages, group.by === 'day' ? words.printed.byDay(title) : title);
  const amountColumns = amountColumn === null ? [] : [words.printed.sum(words.column(amountColumn))];
  const table = new ReportTable(
    pages,
    [
      { title, parts: 3, isNumber: false },
      ...[words.records, words.printed.share, ...amountColumns].map((name) => ({
        title: name,
        parts: 1.4,
        isNumber: true,
      })),
    ],
    { size: TABLE_SIZE, maxLines: 2 },
  );
  const row = (label: string, of: { readonly records: number; readonly amount: number | null }) => [
    label,
    words.count(of.records),
    words.share(of.records, records),
    ...(amountColumn === null ? [] : [words.amount(of.amount)]),
  ];
  await table.begin();
  for (const entry of group.entries) await table.row(row(words.label(group, entry), entry));
  if (group.entries.length > 1) await table.row(row(words.printed.inAll, { records, amount }), 'bold');
  table.end();
  pages.y += 26;
}

/** A heading that does not stand alone at the end of a page. */
export async function drawHeading(pages: ReportPages, text: string): Promise<void> {
  await pages.room(90);
  pages.y += pages.text(text, { x: pages.left, y: pages.y, width: pages.width, size: HEADING, weight: 'bold' }) + 4;
}
