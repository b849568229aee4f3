import type { RecordFault } from '../fault.ts';
import type { ExportContext, ExportFormat, RecordSource } from '../format.ts';
import { StatisticsCounter } from '../statistics.ts';
import { writeZip, type ZipEntry } from '../zip/zip.ts';
import { chartXml, drawingXml } from './chart.ts';
import { DataSheets } from './data-sheets.ts';
import { EXCEL_SHEET_LIMITS, MAX_COLUMNS, type SheetLimits } from './limits.ts';
import { metadataSheet, type SetAside } from './metadata-sheet.ts';
import {
  applicationPropertiesXml,
  contentTypesXml,
  corePropertiesXml,
  PACKAGE_RELATIONSHIPS,
  type Relationship,
  relationshipsXml,
  type WorkbookSheet,
  workbookXml,
} from './package-parts.ts';
import { PartHashes } from './part-hashes.ts';
import { STATISTICS_SHEET, statisticsSheet } from './statistics-sheet.ts';
import { Styles } from './styles.ts';
import { type XlsxOptions, xlsxOptionsSchema } from './xlsx-options.ts';

/** How many records that were set aside the workbook lists; it counts all. */
const LISTED_SET_ASIDE = 1_000;

/**
 * XLSX (ECMA-376): sheets of records, statistics with charts, metadata. Holds a page of records, some blocks of XML on
 * their way through the compressor, and what statistics hold. See `docs/formats.md` for how cells are written.
 */
export const xlsxFormat: ExportFormat<XlsxOptions> = {
  id: 'xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  options: xlsxOptionsSchema,
  encode: encodeXlsx,
};

/** @param limits when the next sheet begins; those of Excel by default. */
export async function* encodeXlsx(
  records: RecordSource,
  options: XlsxOptions,
  context: ExportContext,
  limits: SheetLimits = EXCEL_SHEET_LIMITS,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (records.columns.length > MAX_COLUMNS)
    throw new TypeError(`columns: expected at most ${MAX_COLUMNS}, received ${records.columns.length}`);
  const workbook = new Workbook(records, options, context, limits);
  yield* writeZip(workbook.parts(), context);
}

/** One workbook's parts, in the order in which they can be known. */
class Workbook {
  readonly #records: RecordSource;
  readonly #options: XlsxOptions;
  readonly #context: ExportContext;
  readonly #styles = new Styles();
  readonly #hashes = new PartHashes();
  readonly #statistics: StatisticsCounter;
  readonly #dataSheets: DataSheets;
  readonly #setAside: SetAside[] = [];
  #setAsideCount = 0;
  readonly #sheets: WorkbookSheet[] = [];
  readonly #encoder = new TextEncoder();

  constructor(records: RecordSource, options: XlsxOptions, context: ExportContext, limits: SheetLimits) {
    this.#records = records;
    this.#options = options;
    this.#context = context;
    this.#statistics = new StatisticsCounter(records.columns, context.timeZone);
    // Styles come before the sheets that use them.
    for (const column of records.columns) if (column.type === 'amount') this.#styles.amount(column);
    this.#dataSheets = new DataSheets({
      records,
      styles: this.#styles,
      context: { ...context, reject: (key, fault) => this.#reject(key, fault) },
      limits,
      progressEvery: options.progressEvery,
      count: (row) => this.#statistics.add(row),
    });
  }

  async *parts(): AsyncGenerator<ZipEntry> {
    // First, and with their sizes: by them some programs know what kind of file this is.
    yield this.#part('_rels/.rels', relationshipsXml(PACKAGE_RELATIONSHIPS));
    yield this.#part('docProps/app.xml', applicationPropertiesXml());
    yield this.#part('xl/styles.xml', this.#styles.xml());
    yield* this.#dataParts();
    const { includeStatistics, includeMetadata } = this.#options;
    if (includeStatistics) yield* this.#statisticsParts();
    if (includeMetadata) yield this.#sheetPart('Metadata', this.#metadataXml());
    yield this.#part('docProps/core.xml', corePropertiesXml(this.#context));
    yield this.#part('xl/workbook.xml', workbookXml(this.#sheets));
    yield this.#part('xl/_rels/workbook.xml.rels', relationshipsXml(this.#workbookRelationships()));
    yield this.#part('[Content_Types].xml', contentTypesXml(this.#hashes.names));
    this.#context.contentSha256?.(this.#hashes.digest());
  }

  async *#dataParts(): AsyncGenerator<ZipEntry> {
    for await (const part of this.#dataSheets.parts()) {
      // Records are read and checked all the same when only their statistics are wanted.
      if (this.#options.includeRawData) yield this.#hashes.watch(part);
      else for await (const _ of part.content as AsyncIterable<Uint8Array<ArrayBuffer>>);
    }
    if (!this.#options.includeRawData) return;
    for (const { name, partName, range } of this.#dataSheets.sheets)
      this.#sheets.push({ name, partName, filterRange: range });
  }

  *#statisticsParts(): Generator<ZipEntry> {
    const { charts, xml } = statisticsSheet(this.#statistics.result(), this.#styles);
    const isFirst = this.#sheets.length === 0;
    if (charts.length === 0) {
      yield this.#sheetPart(STATISTICS_SHEET, xml(isFirst));
      return;
    }
    const sheet = this.#sheetPart(STATISTICS_SHEET, xml(isFirst, 'rId1'));
    yield sheet;
    const fileName = sheet.name.slice('xl/worksheets/'.length);
    const drawing = [{ type: 'drawing', target: '../drawings/drawing1.xml' }];
    yield this.#part(`xl/worksheets/_rels/${fileName}.rels`, relationshipsXml(drawing));
    yield this.#part('xl/drawings/drawing1.xml', drawingXml(charts));
    const targets = charts.map((_, index) => ({ type: 'chart', target: `../charts/chart${index + 1}.xml` }));
    yield this.#part('xl/drawings/_rels/drawing1.xml.rels', relationshipsXml(targets));
    for (const [index, chart] of charts.entries()) yield this.#part(`xl/charts/chart${index + 1}.xml`, chartXml(chart));
  }

  #metadataXml(): string {
    const sheets = this.#options.includeRawData ? this.#dataSheets.sheets : [];
    return metadataSheet(
      {
        columns: this.#records.columns,
        options: this.#options,
        context: this.#context,
        sheets: sheets.map((sheet) => ({ ...sheet, sha256: this.#hashes.of(sheet.partName) })),
        records: this.#dataSheets.encoded,
        setAsideCount: this.#setAsideCount,
        setAside: this.#setAside,
      },
      this.#styles,
      this.#sheets.length === 0,
    );
  }

  #workbookRelationships(): Relationship[] {
    const worksheets = this.#sheets.map(({ partName }) => ({
      type: 'worksheet',
      target: partName.slice('xl/'.length),
    }));
    return [...worksheets, { type: 'styles', target: 'styles.xml' }];
  }

  /** A sheet after those of records. */
  #sheetPart(name: string, xml: string): ZipEntry {
    const partName = `xl/worksheets/sheet${this.#sheets.length + 1}.xml`;
    this.#sheets.push({ name, partName, filterRange: null });
    return this.#part(partName, xml);
  }

  #part(name: string, xml: string): ZipEntry {
    return this.#hashes.watch({ name, content: this.#encoder.encode(xml), method: 'deflate' });
  }

  #reject(key: string, fault: RecordFault): void {
    this.#setAsideCount++;
    if (this.#setAside.length < LISTED_SET_ASIDE) this.#setAside.push({ key, fault });
    this.#context.reject(key, fault);
  }
}
