import { TextShaper } from '../../fonts/text-shaper.ts';
import type { PageTarget } from '../../pdf/page-target.ts';
import type { Column, ExportContext, RecordPage } from '../format.ts';
import { inLanguage, pdfWords } from '../pdf-words/pdf-words.ts';
import { type ExportStatistics, StatisticsCounter } from '../statistics.ts';
import { type ReadRow, RecordsTable, RowReader } from './records-table.ts';
import { ReportPages } from './report-pages.ts';
import type { ReportPdfOptions } from './report-pdf-options.ts';
import { type ReportWords, reportWords } from './report-words.ts';
import { drawSummary } from './summary.ts';

/** The summary stands before the records, which are drawn before it is known. */
const SUMMARY = 0;
const RECORDS = 1;

export type ReportContext = Pick<
  ExportContext,
  'assets' | 'author' | 'event' | 'locale' | 'now' | 'recordKind' | 'reject' | 'timeZone'
>;

/** For a report that is only looked at. */
export interface ReportLook {
  /** How many pages of the records' table are drawn. */
  readonly tablePages: number;
  /** Is given all texts that may not be plain Latin, and the shaper that has prepared them. */
  onTexts(texts: readonly string[], shaper: TextShaper): void;
}

/** A report as it is drawn, on the pages of a PDF or on pictures: first the records, as they come, then what they sum up to. */
export class Report {
  readonly #target: PageTarget;
  readonly #shaper: TextShaper;
  readonly #options: ReportPdfOptions;
  readonly #context: ReportContext;
  readonly #look: ReportLook | undefined;
  readonly #statistics: StatisticsCounter;
  readonly #reader: RowReader;
  readonly #table: RecordsTable | null;
  #added = 0;

  private constructor(
    target: PageTarget,
    shaper: TextShaper,
    of: {
      readonly columns: readonly Column[];
      readonly options: ReportPdfOptions;
      readonly context: ReportContext;
      readonly look: ReportLook | undefined;
    },
  ) {
    const { columns, options, look } = of;
    const context = inLanguage(of.context, options.language);
    this.#target = target;
    this.#shaper = shaper;
    this.#options = options;
    this.#context = context;
    this.#look = look;
    this.#statistics = new StatisticsCounter(columns, context.timeZone);
    this.#reader = new RowReader(columns, context);
    const pages = () => new ReportPages(target, shaper, { paper: options.paper, section: RECORDS });
    this.#table = options.includeRawData
      ? new RecordsTable(pages(), columns, {
          all: options.columns !== null,
          mostPages: look?.tablePages ?? Infinity,
          words: pdfWords(context.locale),
          kind: context.recordKind ?? 'tickets',
        })
      : null;
  }

  static async begin(
    target: PageTarget,
    columns: readonly Column[],
    options: ReportPdfOptions,
    context: ReportContext,
    look?: ReportLook,
  ): Promise<Report> {
    if (context.assets === undefined) throw new TypeError('expected fonts in the context');
    const { locale } = inLanguage(context, options.language);
    const shaper = await TextShaper.create(context.assets, locale);
    return new Report(target, shaper, { columns, options, context, look });
  }

  /** Records that were taken in. */
  get added(): number {
    return this.#added;
  }

  /** Takes records in; those that cannot be read are set aside. */
  async add(page: RecordPage): Promise<void> {
    const rows = this.#reader.read(page);
    if (this.#table !== null) await this.#addToTable(this.#table, rows);
    for (const { row } of rows) this.#statistics.add(row);
    this.#added += rows.length;
  }

  /**
   * Draws the summary, and the footers of all pages.
   * @param isWhole false where more records would follow: then no page says how many there are.
   * @returns the report's title, and how many pages it has; null where not all of them were drawn.
   */
  async end(isWhole = true): Promise<{ readonly title: string; readonly pageCount: number | null }> {
    // One page is drawn at a time.
    await this.#table?.pages.endPage();
    const statistics = this.#statistics.result();
    const words = reportWords(statistics, this.#context);
    await this.#prepare(textsOf(statistics, words));
    const summary = new ReportPages(this.#target, this.#shaper, { paper: this.#options.paper, section: SUMMARY });
    await drawSummary(summary, statistics, words, this.#context);
    await summary.endPage();
    const pageCount = isWhole && this.#table?.isCut !== true ? this.#target.pageCount : null;
    const left = `${words.title} · ${words.made}`;
    await this.#prepare([left]);
    const of = pageCount === null ? null : words.count(pageCount);
    const footer = (before: number) => (number: number) => words.printed.page(words.count(before + number), of);
    await this.#prepare([footer(0)(0)]);
    await summary.endFooters(left, footer(0));
    await this.#table?.pages.endFooters(left, footer(summary.pageCount));
    return { title: words.printed.reportOf(words.title), pageCount };
  }

  async #addToTable(table: RecordsTable, rows: readonly ReadRow[]): Promise<void> {
    const cells = table.cellsOf(rows);
    await this.#prepare(this.#added === 0 ? [...table.titles, ...cells.flat()] : cells.flat());
    await table.add(cells);
  }

  async #prepare(texts: readonly string[]): Promise<void> {
    await this.#shaper.prepare(texts);
    this.#look?.onTexts(texts, this.#shaper);
  }
}

function amountTexts({ printed, amount }: ReportWords, column: string): string[] {
  return [printed.total(column), printed.average(column), printed.sum(column), amount(0)];
}

/** All that may not be plain Latin. */
function textsOf({ amountColumn, groups }: ExportStatistics, words: ReportWords): string[] {
  return [
    words.title,
    words.subtitle,
    words.count(0),
    ...Object.values(words.printed).filter((word) => typeof word === 'string'),
    ...(amountColumn === null ? [] : amountTexts(words, words.column(amountColumn))),
    ...groups.flatMap((group) => [
      words.finding(group, -1),
      words.share(0, 1),
      words.printed.by(words.column(group.column)),
      words.printed.byDay(words.column(group.column)),
      words.printed.busiestDay(words.column(group.column)),
      words.column(group.column),
      ...group.entries.map((entry) => words.label(group, entry)),
    ]),
  ];
}
