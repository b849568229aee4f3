import { TextShaper } from '../../fonts/text-shaper.ts';
import { PdfDocument } from '../../pdf/document.ts';
import type { Column, ExportContext, ExportFormat, ExportRow, RecordPage, RecordSource } from '../format.ts';
import { printedValue } from '../printed-value.ts';
import { rejectionReason } from '../rejection.ts';
import { Sha256 } from '../sha256.ts';
import { type ExportStatistics, StatisticsCounter } from '../statistics.ts';
import { ReportPages } from './report-pages.ts';
import { type ReportPdfOptions, reportPdfOptionsSchema } from './report-pdf-options.ts';
import { type ReportWords, reportWords } from './report-words.ts';
import { drawHeading, drawSummary } from './summary.ts';
import { ReportTable, type TableColumn } from './tables.ts';

/** Bytes that are gathered before they are handed on. */
const CHUNK_BYTES = 64 * 1024;
/** The summary stands before the records, which are written before it is known. */
const SUMMARY = 0;
const RECORDS = 1;

/**
 * A report of the event's tickets for people, as PDF 1.7: a summary with charts and tables; on request a table of all
 * records behind it. Holds the counts, one page of records, and a few numbers a page. See `docs/formats.md`.
 */
export const reportPdfFormat: ExportFormat<ReportPdfOptions> = {
  id: 'report-pdf',
  mimeType: 'application/pdf',
  extension: 'pdf',
  options: reportPdfOptionsSchema,
  encode: encodeReportPdf,
};

async function* encodeReportPdf(
  records: RecordSource,
  options: ReportPdfOptions,
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (context.assets === undefined) throw new TypeError('expected fonts in the context');
  const shaper = await TextShaper.create(context.assets, context.locale);
  const hash = new Sha256();
  const document = new PdfDocument((bytes) => hash.update(bytes));
  const statistics = new StatisticsCounter(records.columns, context.timeZone);
  const table = options.includeRawData ? new RecordsTable(document, shaper, records.columns, options) : null;
  const reader = new RowReader(records.columns, context);
  let encoded = 0;
  let reported = 0;
  for await (const page of records.pages(context.signal)) {
    const rows = reader.read(page);
    await table?.add(rows);
    for (const { row } of rows) statistics.add(row);
    encoded += rows.length;
    if (document.gathered >= CHUNK_BYTES) yield document.take();
    if (encoded - reported >= options.progressEvery) {
      reported = encoded;
      context.progress(encoded);
    }
  }
  context.progress(encoded);
  await writeSummary({ document, shaper, table, options, context }, statistics.result());
  context.contentSha256?.(hash.digest());
  yield document.take();
}

interface Report {
  readonly document: PdfDocument;
  readonly shaper: TextShaper;
  readonly table: RecordsTable | null;
  readonly options: ReportPdfOptions;
  readonly context: ExportContext;
}

async function writeSummary(
  { document, shaper, table, options, context }: Report,
  statistics: ExportStatistics,
): Promise<void> {
  // One page is drawn at a time.
  await table?.pages.endPage();
  const words = reportWords(statistics, context);
  await shaper.prepare(textsOf(statistics, words));
  const summary = new ReportPages(document, shaper, { paper: options.paper, section: SUMMARY });
  await drawSummary(summary, statistics, words, context);
  await summary.endPage();
  const { pageCount } = document;
  const left = `${words.title} · ${words.made}`;
  await shaper.prepare([left]);
  const footer = (before: number) => (number: number) =>
    `Page ${words.count(before + number)} of ${words.count(pageCount)}`;
  await summary.endFooters(left, footer(0));
  await table?.pages.endFooters(left, footer(summary.pageCount));
  await document.end({ title: `${words.title}: report`, createdAt: context.now, id: idOf(words.title, context) });
}

/** All that may not be plain Latin. */
function textsOf({ amountColumn, groups }: ExportStatistics, words: ReportWords): string[] {
  return [
    words.title,
    words.subtitle,
    words.count(0),
    amountColumn === null ? '' : `Total average ${amountColumn.title} ${words.amount(0)}`,
    ...groups.flatMap((group) => [
      words.finding(group, -1),
      words.share(0, 1),
      `${group.column.title} ${group.column.title.toLowerCase()}`,
      ...group.entries.map((entry) => words.label(group, entry)),
    ]),
  ];
}

function idOf(title: string, { now }: ExportContext): string {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(`report-pdf\n${title}\n${now.getTime()}`));
  return hash.digest().slice(0, 32).toUpperCase();
}

interface ReadRow {
  readonly row: ExportRow;
  readonly texts: readonly string[];
}

/** Reads records as text for people; what cannot be read is set aside. */
class RowReader {
  readonly #texts: readonly ((value: string | number) => string)[];
  readonly #context: ExportContext;

  constructor(columns: readonly Column[], context: ExportContext) {
    this.#texts = columns.map((column) => printedValue(column, context));
    this.#context = context;
  }

  read({ keys, rows }: RecordPage): ReadRow[] {
    return rows.flatMap((row, index) => {
      try {
        return [{ row, texts: this.#texts.map((text, at) => textOf(row[at] ?? null, text)) }];
      } catch (error) {
        this.#context.reject(keys[index] ?? '', rejectionReason(error));
        return [];
      }
    });
  }
}

function textOf(value: ExportRow[number], text: (value: string | number) => string): string {
  return value === null ? '' : text(value);
}

/** What is of use to readers, unless columns are chosen. */
const USUAL = ['serial', 'holder', 'typeName', 'seat', 'organisation', 'price', 'status', 'code'];
const PARTS: Readonly<Record<string, number>> = {
  serial: 1,
  holder: 3,
  notes: 3,
  organisation: 2.5,
  event: 2.5,
  email: 3,
  token: 6,
  code: 2.2,
};
const PARTS_OF_TYPE = { text: 1.6, integer: 1, amount: 1.6, instant: 2.2 } as const;
const RECORDS_LOOK = { size: 8, maxLines: 3 };

/** The table of all records. */
class RecordsTable {
  readonly pages: ReportPages;
  readonly #table: ReportTable;
  readonly #shaper: TextShaper;
  readonly #titles: readonly string[];
  /** Which of the source's columns. */
  readonly #positions: readonly number[];
  #isBegun = false;

  constructor(document: PdfDocument, shaper: TextShaper, columns: readonly Column[], options: ReportPdfOptions) {
    const shown = columns
      .map((column, position) => ({ column, position }))
      .filter(({ column }) => options.columns !== null || USUAL.includes(column.id));
    this.#positions = shown.map(({ position }) => position);
    this.#titles = shown.map(({ column }) => column.title);
    this.#shaper = shaper;
    this.pages = new ReportPages(document, shaper, { paper: options.paper, section: RECORDS });
    this.#table = new ReportTable(
      this.pages,
      shown.map(({ column }) => tableColumn(column)),
      RECORDS_LOOK,
    );
  }

  async add(rows: readonly ReadRow[]): Promise<void> {
    const cells = rows.map(({ texts }) => this.#positions.map((position) => texts[position] ?? ''));
    await this.#shaper.prepare(cells.flat());
    if (!this.#isBegun && cells.length > 0) {
      this.#isBegun = true;
      await this.#shaper.prepare(this.#titles);
      await drawHeading(this.pages, 'Tickets');
      await this.#table.begin();
    }
    for (const row of cells) await this.#table.row(row);
  }
}

function tableColumn({ id, title, type }: Column): TableColumn {
  return { title, parts: PARTS[id] ?? PARTS_OF_TYPE[type], isNumber: type === 'integer' || type === 'amount' };
}
