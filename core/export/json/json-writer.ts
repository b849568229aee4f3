import { numberTextOf } from '../cell-text.ts';
import type { RecordWriter } from '../encode-records.ts';
import type { Column, ExportContext, ExportRow } from '../format.ts';
import { EXPORT_SCHEMA } from '../schema-name.ts';
import { type ExportStatistics, StatisticsCounter, type StatisticsEntry } from '../statistics.ts';
import { Utf8Buffer } from '../utf8-buffer.ts';
import type { JsonOptions } from './json-options.ts';
import { jsonRecords, propertyNames } from './json-record.ts';
import { jsonOf, jsonString } from './json-text.ts';

/** Gathers one JSON document: what is known at first, the records, and at the end what was counted. */
export class JsonWriter implements RecordWriter {
  readonly #buffer = new Utf8Buffer();
  readonly #options: JsonOptions;
  readonly #statistics: StatisticsCounter;
  readonly #recordOf: (row: ExportRow) => string;
  #separator = '';

  constructor(columns: readonly Column[], options: JsonOptions, context: ExportContext) {
    const names = propertyNames(columns, options.columns);
    this.#options = options;
    this.#statistics = new StatisticsCounter(columns, context.timeZone);
    this.#recordOf = jsonRecords(columns, names);
    this.#buffer.add(`{"schema":${jsonString(EXPORT_SCHEMA)}`);
    if (options.includeMetadata) this.#buffer.add(`,\n"metadata":${metadataText(columns, names, options, context)}`);
    if (options.includeRawData) this.#buffer.add(',\n"records":[');
  }

  get length(): number {
    return this.#buffer.length;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.take();
  }

  /** @throws {RecordError} when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow): void {
    const record = this.#recordOf(row);
    this.#statistics.add(row);
    if (!this.#options.includeRawData) return;
    this.#buffer.add(`${this.#separator}\n${record}`);
    this.#separator = ',';
  }

  end(): void {
    if (this.#options.includeRawData) this.#buffer.add('\n]');
    if (this.#options.includeStatistics)
      this.#buffer.add(`,\n"statistics":${statisticsText(this.#statistics.result())}`);
    this.#buffer.add('}\n');
  }
}

function metadataText(
  columns: readonly Column[],
  names: readonly string[],
  { filters, sort }: JsonOptions,
  { now, timeZone, locale, part, author }: ExportContext,
): string {
  return jsonOf({
    format: 'json',
    createdAt: now.toISOString(),
    timeZone,
    locale,
    ...(author !== undefined && { author }),
    part,
    columns: columns.map(({ id, title, type, fractionDigits }, index) => ({
      id,
      // Only where it is not the id.
      ...(names[index] !== id && { name: names[index] }),
      title,
      type,
      ...(type === 'amount' && { fractionDigits: fractionDigits ?? 2 }),
    })),
    filters,
    sort,
  });
}

function statisticsText(statistics: ExportStatistics): string {
  const { amountColumn, groups } = statistics;
  const amountText = amountColumn === null ? String : numberTextOf(amountColumn, 'UTC');
  const counts = ({ records, amount }: Omit<StatisticsEntry, 'value'>) =>
    `"records":${records},"amount":${amount === null ? 'null' : amountText(amount)}`;
  const groupTexts = groups.map(({ column, by, entries }) => {
    const entryTexts = entries.map((entry) => `{"value":${jsonOf(entry.value)},${counts(entry)}}`);
    return `{"column":${jsonString(column.id)},"by":"${by}","entries":[${entryTexts.join(',')}]}`;
  });
  return `{${counts(statistics)},"amountColumn":${jsonOf(amountColumn?.id ?? null)},"groups":[${groupTexts.join(',')}]}`;
}
