import type { CellValue, Column } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';

/** JSON with its default options, read back by the engine's own parser. */
export const jsonUnderTest: FormatUnderTest = {
  prepare: (options = {}) => EXPORT_FORMATS.json.prepare(options),
  read: (file) => (readJson(file) as { records: JsonRecord[] }).records.map(cellsOf),
  written: writtenInJson,
  sampleSha256: '2ac8ea494fc61118ee0ee4d8a432d94a50ff4f187e9cf85cc90c940fc9f1c1ee',
};

/** NDJSON with its default options, read back line by line. */
export const ndjsonUnderTest: FormatUnderTest = {
  prepare: (options = {}) => EXPORT_FORMATS.ndjson.prepare(options),
  read: (file) => readNdjson(file).map(cellsOf),
  written: writtenInJson,
  sampleSha256: '8d7ac945496128513d971e9b27aa4f517b2c6bc29686b1fad26f10cf06fc7b0c',
};

type JsonRecord = Readonly<Record<string, CellValue>>;

export function readJson(file: Uint8Array<ArrayBuffer>): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file));
}

export function readNdjson(file: Uint8Array<ArrayBuffer>): JsonRecord[] {
  const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file).split('\n');
  if (lines.pop() !== '') throw new Error('expected a line end after the last record');
  return lines.map((line) => JSON.parse(line) as JsonRecord);
}

function cellsOf(record: JsonRecord): string[] {
  return Object.values(record).map((value) => (value === null ? '' : String(value)));
}

function writtenInJson(value: CellValue, { type }: Column): string {
  if (value === null) return '';
  if (type === 'amount') return String(Number(value) / 100);
  if (type === 'instant') return '2026-11-18T11:06:40Z';
  return String(value).toWellFormed();
}
