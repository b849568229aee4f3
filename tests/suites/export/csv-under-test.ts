import Papa from 'papaparse';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';

const FORMULA_START = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** CSV with its default options, read back by PapaParse. */
export const csvUnderTest: FormatUnderTest = {
  prepare: (options = {}) => EXPORT_FORMATS.csv.prepare(options),
  read: (file) => readCsv(file).slice(1),
  written(value, column) {
    if (value === null) return '';
    if (column.type === 'amount') return (Number(value) / 100).toFixed(2);
    if (column.type === 'instant') return '2026-11-18T16:36:40+05:30';
    const text = String(value).toWellFormed();
    return column.type === 'text' && FORMULA_START.test(text) ? `'${text}` : text;
  },
  sampleSha256: 'd7b9038ee25da21015a818e447cb03780fbd958f74ff098322e031c1af596596',
};

/** All records of a CSV file, the header included. */
export function readCsv(file: Uint8Array<ArrayBuffer>, delimiter = ',', newline: '\r\n' | '\n' = '\r\n'): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline });
  const failures = errors.filter(({ type }) => type !== 'Delimiter');
  if (failures.length > 0) throw new Error(`PapaParse: ${failures[0]?.message}`);
  // What follows the last line end.
  return data.slice(0, -1);
}
