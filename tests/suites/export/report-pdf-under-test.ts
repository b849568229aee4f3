import type { ExportAssets } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';
import { readPdfItems } from './read-pdf.ts';

const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;
/** Of long text, the beginning is compared. */
const COMPARED = 20;
const FOOTER_HEIGHT = 50;
/** Smaller text stands higher in its line. */
const SMALLER = 4;

/** The report with its table of all records, read back by pdf.js. @param assets of the host. */
export function reportPdfUnderTest(assets: ExportAssets): FormatUnderTest {
  return {
    async prepare(options = {}) {
      const format = await EXPORT_FORMATS['report-pdf'].prepare({
        columns: ['serial', 'holder', 'notes', 'price', 'mintedAt'].map((id) => ({ id })),
        includeRawData: true,
        ...options,
      });
      return { ...format, encode: (records, context) => format.encode(records, { ...context, assets }) };
    },
    async read(file) {
      const pages = await readPdfItems(file);
      const from = pages.findIndex(({ items }) =>
        items.some(({ text, size }) => text === 'Tickets' && size > 12 && size < 20),
      );
      return from < 0 ? [] : pages.slice(from).flatMap(({ items }) => rowsOf(items));
    },
    written(value, { type }) {
      if (value === null) return '';
      if (type === 'amount') return '1,499.50';
      if (type === 'instant') return '18 Nov 2026, 4:36 pm';
      return comparable(printed(String(value)));
    },
    sampleSha256: '00cb4d735628db5720f6c1f2adbd0e79dceb77379f887b35d61941a7ec22f911',
  };
}

type Item = Awaited<ReturnType<typeof readPdfItems>>[number]['items'][number];

/** Rows by the baselines of their first lines, columns by where the header's titles end or begin. */
function rowsOf(items: readonly Item[]): string[][] {
  const header = items.find(({ text }) => text === 'Serial' || text === 'Name');
  if (header === undefined) return [];
  const titles = items.filter(({ y }) => Math.abs(y - header.y) < 1);
  const cells = items.filter(({ y }) => y < header.y - 1 && y > FOOTER_HEIGHT);
  const columns = titles.map(({ x, width, text }) => ({ x, end: x + width, isNumber: /^(Serial|Price)$/.test(text) }));
  const columnOf = ({ x, width }: Item) => {
    const number = columns.findIndex(({ end, isNumber }) => isNumber && Math.abs(x + width - end) < 2);
    return number >= 0 ? number : columns.findLastIndex(({ x: left, isNumber }) => !isNumber && x >= left - 1);
  };
  const tops = cells.filter((item) => columns[columnOf(item)]?.isNumber === true).map(({ y }) => y);
  const rows = [...new Set(tops.map(Math.round))].sort((left, right) => right - left);
  return rows.map((top, index) => {
    const below = rows[index + 1] ?? 0;
    const inRow = cells.filter(({ y }) => y <= top + SMALLER && y > below + SMALLER);
    return columns.map((_, column) => comparable(cellText(inRow.filter((item) => columnOf(item) === column))));
  });
}

/** Its lines, joined by spaces. */
function cellText(items: readonly Item[]): string {
  const lines = Map.groupBy(items, ({ y }) => Math.round(y));
  return [...lines.values()]
    .map((line) => line.map((item, at) => gapBefore(line[at - 1], item) + item.text).join(''))
    .join(' ');
}

/** pdf.js gives no letter for a space where the font changes. */
function gapBefore(before: Item | undefined, { x, size, text }: Item): string {
  const isLeftToRight = before !== undefined && !RIGHT_TO_LEFT.test(before.text + text);
  return isLeftToRight && x - before.x - before.width > size / 10 ? ' ' : '';
}

/** What the documentation says of text: one line, without what has no picture. */
function printed(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u202e\ufffe]/g, '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
}

/** Readers find the letters of a line that runs from right to left; in which order, differs. */
function comparable(text: string): string {
  const shown = text.slice(0, COMPARED).trim();
  return RIGHT_TO_LEFT.test(shown) ? [...shown].sort().join('') : shown;
}
