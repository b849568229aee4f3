import { read, utils, type WorkBook } from 'xlsx';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';

/** XLSX with its default options, read back by SheetJS. */
export const xlsxUnderTest: FormatUnderTest = {
  prepare: (options = {}) => EXPORT_FORMATS.xlsx.prepare(options),
  read: (file) => sheetCells(readXlsx(file), 'Data').slice(1),
  written(value, { type }) {
    if (value === null) return '';
    if (type === 'amount') return (Number(value) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
    if (type === 'instant') return '2026-11-18 16:36:40';
    return String(value).toWellFormed();
  },
  fits: (row) => row.every((value) => typeof value !== 'string' || value.length <= 32_767),
  sampleSha256: '8e0184ab872ef0f84b70fa2ce70d1320664de8b4e0397b5fff07cf7447afb4b3',
};

export function readXlsx(file: Uint8Array<ArrayBuffer>): WorkBook {
  return read(file, { type: 'array', cellFormula: true, cellNF: true });
}

/** A sheet's cells as a spreadsheet shows them, empty ones as ''. */
export function sheetCells(workbook: WorkBook, name: string): string[][] {
  const sheet = workbook.Sheets[name];
  if (sheet === undefined) throw new Error(`expected a sheet ${name}, found ${workbook.SheetNames.join(', ')}`);
  return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '', blankrows: true });
}
