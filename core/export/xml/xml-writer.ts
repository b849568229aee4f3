import { numberTextOf } from '../cell-text.ts';
import type { RecordWriter } from '../encode-records.ts';
import type { Column, ExportContext, ExportRow } from '../format.ts';
import { EXPORT_SCHEMA } from '../schema-name.ts';
import { type ExportStatistics, StatisticsCounter, type StatisticsEntry } from '../statistics.ts';
import { Utf8Buffer } from '../utf8-buffer.ts';
import { recordElements } from './ticket-elements.ts';
import type { XmlOptions } from './xml-options.ts';
import { attributeText, textElement } from './xml-text.ts';

/** Gathers one XML document: what is known at first, the tickets by batch or the scans, and at the end what was counted. */
export class XmlWriter implements RecordWriter {
  readonly #buffer = new Utf8Buffer();
  readonly #options: XmlOptions;
  readonly #statistics: StatisticsCounter;
  readonly #elementOf: (row: ExportRow) => string;
  /** The element around all records. */
  readonly #list: 'batches' | 'scans';
  /** The batch whose element is open. */
  #batch: string | undefined;

  constructor(columns: readonly Column[], options: XmlOptions, context: ExportContext) {
    this.#options = options;
    this.#statistics = new StatisticsCounter(columns, context.timeZone);
    const { recordKind = 'tickets' } = context;
    this.#elementOf = recordElements(columns, recordKind);
    this.#list = recordKind === 'tickets' ? 'batches' : 'scans';
    this.#buffer.add(`<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="${EXPORT_SCHEMA}">\n`);
    if (options.includeMetadata) this.#buffer.add(metadataElement(columns, options, context));
    if (options.includeRawData) this.#buffer.add(`<${this.#list}>\n`);
  }

  get length(): number {
    return this.#buffer.length;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.take();
  }

  /**
   * @param key of a ticket: names its batch before its last `/`; consecutive tickets of a batch share its element.
   * @throws {RecordError} when a cell cannot be written; nothing of the record is kept then.
   */
  writeRecord(row: ExportRow, key: string): void {
    const element = this.#elementOf(row);
    this.#statistics.add(row);
    if (!this.#options.includeRawData) return;
    if (this.#list === 'batches') this.#goToBatch(key);
    this.#buffer.add(element);
  }

  end(): void {
    this.#leaveBatch();
    if (this.#options.includeRawData) this.#buffer.add(`</${this.#list}>\n`);
    if (this.#options.includeStatistics) this.#buffer.add(statisticsElement(this.#statistics.result()));
    this.#buffer.add('</export>\n');
  }

  #goToBatch(key: string): void {
    const slash = key.lastIndexOf('/');
    if (this.#batch !== undefined && slash === this.#batch.length && key.startsWith(this.#batch)) return;
    const batch = key.slice(0, Math.max(0, slash));
    this.#leaveBatch();
    this.#batch = batch;
    this.#buffer.add(`<batch id="${attributeText(batch)}">\n`);
  }

  #leaveBatch(): void {
    if (this.#batch !== undefined) this.#buffer.add('</batch>\n');
    this.#batch = undefined;
  }
}

function metadataElement(
  columns: readonly Column[],
  { filters, sort }: XmlOptions,
  { now, timeZone, locale, part, author }: ExportContext,
): string {
  const columnElements = columns.map(({ id, title, type, fractionDigits }) => {
    const digits = type === 'amount' ? ` fractionDigits="${fractionDigits ?? 2}"` : '';
    return `<column id="${attributeText(id)}" type="${type}"${digits}>${textElement('title', title)}</column>\n`;
  });
  return [
    '<metadata>\n',
    textElement('createdAt', now.toISOString()),
    textElement('timeZone', timeZone),
    textElement('locale', locale),
    ...(author === undefined ? [] : [textElement('author', author)]),
    `<part number="${part.number}" of="${part.of}"/>\n<columns>\n`,
    ...columnElements,
    '</columns>\n',
    // As the plain data that they are.
    ...(filters === null ? [] : [textElement('filters', JSON.stringify(filters)), '\n']),
    ...(sort === null ? [] : [`<sort column="${attributeText(sort.column)}" direction="${sort.direction}"/>\n`]),
    '</metadata>\n',
  ].join('');
}

function statisticsElement(statistics: ExportStatistics): string {
  const { amountColumn, groups } = statistics;
  const amountText = amountColumn === null ? String : numberTextOf(amountColumn, 'UTC');
  const counts = ({ records, amount }: Omit<StatisticsEntry, 'value'>) =>
    `records="${records}"${amount === null ? '' : ` amount="${amountText(amount)}"`}`;
  const groupElements = groups.map(({ column, by, entries }) => {
    const entryElements = entries.map((entry) => {
      const value = entry.value === null ? '' : textElement('value', entry.value);
      return `<entry ${counts(entry)}>${value}</entry>\n`;
    });
    return `<group column="${attributeText(column.id)}" by="${by}">\n${entryElements.join('')}</group>\n`;
  });
  const of = amountColumn === null ? '' : ` amountColumn="${attributeText(amountColumn.id)}"`;
  return `<statistics ${counts(statistics)}${of}>\n${groupElements.join('')}</statistics>\n`;
}
