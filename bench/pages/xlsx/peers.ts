import ExcelJS from 'exceljs';
import writeExcelFile, { type SheetData } from 'write-excel-file/browser';
import { type CellObject, utils, write } from 'xlsx';
import { readByExcelJs, readBySheetJs, serialOf } from './readers.ts';
import { SHEET_COLUMNS, type SheetRow } from './rows.ts';
import type { WorkbookWriter } from './writer.ts';

const TITLES = SHEET_COLUMNS.map(({ title }) => title);
const PRICE_FORMAT = '#,##0.00';
const TIME_FORMAT = 'yyyy-mm-dd hh:mm:ss';
const WIDTH = 16;

/** The row with its times as what the library takes for dates. */
function withDates<Value>(row: SheetRow, dateOf: (at: number) => Value): (string | number | Value)[] {
  return row.map((value, index) => (SHEET_COLUMNS[index]?.type === 'instant' ? dateOf(Number(value)) : value));
}

const exceljs: WorkbookWriter = {
  read: readBySheetJs,
  prepare: (rows) => rows.map((row) => withDates(row, (at) => new Date(at))),
  async *write(pages) {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Data', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = SHEET_COLUMNS.map(({ title, type }) => {
      if (type === 'amount') return { header: title, width: WIDTH, style: { numFmt: PRICE_FORMAT } };
      if (type === 'instant') return { header: title, width: WIDTH, style: { numFmt: TIME_FORMAT } };
      return { header: title, width: WIDTH };
    });
    for (const page of pages as Iterable<unknown[]>) sheet.addRows(page);
    yield new Uint8Array(await workbook.xlsx.writeBuffer());
  },
};

const sheetjs: WorkbookWriter = {
  read: readByExcelJs,
  // Of a date it would write the local time.
  prepare: (rows) =>
    rows.map((row) => withDates(row, (at): CellObject => ({ t: 'n', v: serialOf(at), z: TIME_FORMAT }))),
  async *write(pages) {
    const workbook = utils.book_new();
    utils.book_append_sheet(
      workbook,
      utils.aoa_to_sheet([TITLES, ...[...(pages as Iterable<unknown[][]>)].flat()]),
      'Data',
    );
    yield new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
  },
};

const writeexcelfile: WorkbookWriter = {
  read: readBySheetJs,
  prepare: (rows) => rows.map((row) => withDates(row, (at) => new Date(at))),
  async *write(pages) {
    const data: SheetData = [TITLES];
    for (const page of pages as Iterable<SheetData>) data.push(...page);
    const file = await writeExcelFile(data, { stickyRowsCount: 1, dateFormat: TIME_FORMAT }).toBlob();
    yield new Uint8Array(await file.arrayBuffer());
  },
};

/** What people use today, as its documentation says; one sheet, compressed, types as ours. */
export const PEERS: Readonly<Record<string, WorkbookWriter>> = {
  exceljs,
  sheetjs,
  'write-excel-file': writeexcelfile,
};
