import type { WorkbookWriter } from './writer.ts';

const DAY_MS = 86_400_000;
/** The serial number of 1970-01-01 (ECMA-376 18.17.4.1). */
const EPOCH_SERIAL = 25_569;

export function serialOf(at: number): number {
  return at / DAY_MS + EPOCH_SERIAL;
}

/*
 * Loaded when they are needed: they are not to weigh on what is measured.
 */

export const readBySheetJs: WorkbookWriter['read'] = async (file) => {
  const { read, utils } = await import('xlsx');
  const { Sheets, SheetNames } = read(file, { type: 'array', dense: true });
  const sheet = Sheets[SheetNames[0] ?? ''];
  return sheet === undefined ? [] : utils.sheet_to_json<unknown[]>(sheet, { header: 1 }).slice(1);
};

export const readByExcelJs: WorkbookWriter['read'] = async (file) => {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file.buffer);
  const rows: unknown[][] = [];
  workbook.worksheets[0]?.eachRow(({ values }) => {
    // They begin at 1.
    const cells = (values as unknown[]).slice(1);
    rows.push(cells.map((value) => (value instanceof Date ? serialOf(value.getTime()) : value)));
  });
  return rows.slice(1);
};
