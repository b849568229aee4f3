import type { ExportAssets } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';
import { readPdf } from './read-pdf.ts';

const ROWS = 50;
const COLUMNS = ['serial', 'holder', 'notes', 'price', 'mintedAt'];
/** Tickets of one line a field, one below the other: what is read back has one place for each. */
const OPTIONS = {
  columns: COLUMNS.map((id) => ({ id })),
  layout: 'custom',
  custom: { pageWidthMm: 210, pageHeightMm: 1_200, columns: 1, rows: ROWS, marginXMm: 0, marginYMm: 0 },
  cutLines: false,
  missingGlyphs: 'replace',
};
/** Of a text that had no room, so much is compared. */
const COMPARED = 60;
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/** Tickets on labels, read back by pdf.js. @param assets of the host. */
export function ticketsPdfUnderTest(assets: ExportAssets): FormatUnderTest {
  let ids = COLUMNS;
  return {
    async prepare(options = {}) {
      const format = await EXPORT_FORMATS['tickets-pdf'].prepare({ ...OPTIONS, ...options });
      ids = (format.options.columns ?? []).map(({ id }) => id);
      return { ...format, encode: (records, context) => format.encode(records, { ...context, assets }) };
    },
    async read(file) {
      const pages = await readPdf(file);
      return pages.flatMap(({ height, lines }) => {
        const tickets: string[][] = Array.from({ length: ROWS }, () => []);
        for (const { text, y } of lines) tickets[Math.floor(((height - y) / height) * ROWS)]?.push(text);
        return tickets.filter((ticket) => ticket.length > 0).map((ticket) => cellsOf(ticket, ids));
      });
    },
    written(value, { type }) {
      if (value === null) return '';
      if (type === 'amount') return '1,499.50';
      if (type === 'instant') return '18 Nov 2026, 4:36 pm';
      return comparable(printed(String(value)));
    },
    sampleSha256: '1c73a6e35c5442d61a45b346c92f87249f42f4da5abdac7a8bb93c68840bf48b',
  };
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
  const shown = text.length > COMPARED ? `${text.slice(0, COMPARED)}…` : text;
  return RIGHT_TO_LEFT.test(shown) ? [...shown].sort().join('') : shown;
}

/** Finds the lines' columns by what stands in them; the serial comes last, a note is never empty nor like a name. */
function cellsOf(lines: readonly string[], ids: readonly string[]): string[] {
  const cells: Record<string, string> = {};
  for (const line of lines) {
    if (/^No \d+$/.test(line)) cells.serial = line.slice(3);
    else if (line.startsWith('Minted at: ')) cells.mintedAt = line.slice(11);
    else if (line === '1,499.50') cells.price = line;
    else if (/^note \d$/.test(line)) cells.notes = line;
    else cells.holder = comparable(line);
  }
  return ids.map((id) => cells[id] ?? '');
}
