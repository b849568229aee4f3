import type { Colour } from '../../pdf/page-canvas.ts';
import type { StatisticsEntry, StatisticsGroup } from '../statistics.ts';
import { ACCENT, FAINT, type ReportPages } from './report-pages.ts';
import type { ReportWords } from './report-words.ts';

const TITLE_SIZE = 12;
const TITLE_HEIGHT = 24;
const MOST_BARS = 12;
const BAR_ROW = 20;
const BAR_HEIGHT = 12;
const LABEL_PART = 0.26;
const VALUE_PART = 0.2;
/** More days cannot be told apart; the newest are shown, the table has all. */
const MOST_DAYS = 62;
const COLUMNS_HEIGHT = 120;
const AXIS_WIDTH = 46;
const AXIS_LABELS = 4;
const LABEL_SIZE = 9;
const BELOW = 22;

/** One chart: columns over time, else bars from top to bottom. Its title says what it shows. */
export async function drawChart(
  pages: ReportPages,
  group: StatisticsGroup,
  words: ReportWords,
  look: { readonly records: number; readonly colourOf: (value: string | null) => Colour },
): Promise<void> {
  const isOverTime = group.by === 'day';
  const bars = shownBars(group, words);
  await pages.room(TITLE_HEIGHT + (isOverTime ? COLUMNS_HEIGHT : bars.length * BAR_ROW) + BELOW);
  const title = { x: pages.left, y: pages.y, width: pages.width, size: TITLE_SIZE, weight: 'bold' as const };
  pages.text(words.finding(group, look.records), title);
  pages.y += TITLE_HEIGHT;
  if (isOverTime) drawColumns(pages, group, words);
  else drawBars(pages, bars, words, look);
  pages.y += BELOW;
}

interface Bar {
  readonly label: string;
  readonly value: string | null;
  readonly records: number;
}

/** The largest, in the order of the table; the others in one. */
function shownBars(group: StatisticsGroup, words: ReportWords): readonly Bar[] {
  const { entries } = group;
  const barOf = (entry: StatisticsEntry): Bar => ({ ...entry, label: words.label(group, entry) });
  if (entries.length <= MOST_BARS) return entries.map(barOf);
  const largest = new Set([...entries].sort((left, right) => right.records - left.records).slice(0, MOST_BARS - 1));
  const others = entries.filter((entry) => !largest.has(entry));
  const records = others.reduce((sum, entry) => sum + entry.records, 0);
  const rest: Bar = { label: `${words.count(others.length)} others`, value: null, records };
  return [...entries.filter((entry) => largest.has(entry)).map(barOf), rest];
}

function drawBars(
  pages: ReportPages,
  bars: readonly Bar[],
  words: ReportWords,
  { records, colourOf }: { readonly records: number; readonly colourOf: (value: string | null) => Colour },
): void {
  const { left, width } = pages;
  const most = Math.max(1, ...bars.map((bar) => bar.records));
  const [labelWidth, valueWidth] = [LABEL_PART * width, VALUE_PART * width];
  const barWidth = width - labelWidth - valueWidth;
  for (const bar of bars) {
    const textY = pages.y + (BAR_ROW - LABEL_SIZE * 1.25) / 2;
    pages.text(bar.label, { x: left, y: textY, width: labelWidth - 8, size: LABEL_SIZE });
    const long = Math.max(bar.records > 0 ? 1 : 0, (bar.records / most) * barWidth);
    pages.fill(left + labelWidth, pages.y + (BAR_ROW - BAR_HEIGHT) / 2, long, BAR_HEIGHT, colourOf(bar.value));
    const value = `${words.count(bar.records)} · ${words.share(bar.records, records)}`;
    pages.text(value, {
      x: left + labelWidth + long + 6,
      y: textY,
      width: valueWidth - 6,
      size: LABEL_SIZE,
      colour: FAINT,
    });
    pages.y += BAR_ROW;
  }
}

function drawColumns(pages: ReportPages, group: StatisticsGroup, words: ReportWords): void {
  const entries = group.entries.slice(-MOST_DAYS);
  const { step, steps } = axisOf(Math.max(1, ...entries.map(({ records }) => records)));
  const top = pages.y;
  const bottom = top + COLUMNS_HEIGHT - 16;
  const heightOf = (records: number) => (records / (step * steps)) * (bottom - top);
  for (let tick = 0; tick <= steps; tick++) {
    const y = bottom - heightOf(tick * step);
    pages.line(pages.left + AXIS_WIDTH, y, pages.left + pages.width, y);
    const place = { x: pages.left, y: y - 5, width: AXIS_WIDTH - 8, size: 8, colour: FAINT, align: 'end' as const };
    pages.text(words.count(tick * step), place);
  }
  const room = (pages.width - AXIS_WIDTH) / Math.max(1, entries.length);
  const wide = Math.min(48, 0.7 * room);
  const every = Math.max(1, Math.ceil(84 / room));
  for (const [index, entry] of entries.entries()) {
    const x = pages.left + AXIS_WIDTH + (index + 0.5) * room;
    const high = heightOf(entry.records);
    pages.fill(x - wide / 2, bottom - high, wide, high, ACCENT);
    if (index % every !== 0) continue;
    const width = Math.min(84, every * room);
    const place = {
      x: x - width / 2,
      y: bottom + 4,
      width,
      size: 8,
      minSize: 5,
      colour: FAINT,
      align: 'centre' as const,
    };
    pages.text(words.label(group, entry), place);
  }
  pages.y = top + COLUMNS_HEIGHT;
}

/** Round steps: 1, 2 or 5 times a power of ten. */
function axisOf(most: number): { readonly step: number; readonly steps: number } {
  const rough = most / AXIS_LABELS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10));
  return { step, steps: Math.ceil(most / step) };
}
