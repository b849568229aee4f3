import type ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordFaultText } from '../../../../core/export/fault-text.ts';
import type { Column, ExportRow } from '../../../../core/export/format.ts';
import { anyCell } from '../../../suites/export/hostile-text.ts';
import { readXlsx, sheetCells } from '../../../suites/export/xlsx-under-test.ts';
import { cellsInLibreOffice, hasLibreOffice } from './spreadsheet-program.ts';
import { excelJsWorkbook, partsOf, writeWorkbook } from './workbook.ts';

const isFull = (process.env.TICKETMINT_FULL ?? '') !== '';

const COLUMNS: readonly Column[] = [
  { id: 'holder', title: 'Holder', type: 'text' },
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'price', title: 'Price', type: 'amount', fractionDigits: 2 },
  { id: 'yen', title: 'Yen', type: 'amount', fractionDigits: 0 },
  { id: 'dinar', title: 'Dinar', type: 'amount', fractionDigits: 3 },
  { id: 'at', title: 'At', type: 'instant' },
  { id: 'phone', title: 'Phone', type: 'text' },
];
const START = Date.UTC(2026, 2, 28, 20);

function mixedRows(count: number): ExportRow[] {
  return Array.from({ length: count }, (_, index): ExportRow => {
    const row = [
      `Person ${index} & <co>`,
      index - 3,
      index * 7 - 50,
      index * 1_000_003,
      0 - index,
      START + index * 97_123,
      `+91 0${index}`,
    ];
    // Gaps everywhere, also first and last.
    return row.map((value, column) => ((index + column) % 5 === 0 ? null : value));
  });
}

/** What the clock on the wall says, by the engine's own calendar. */
function localTime(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return (
    Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute'), number('second')) +
    (at % 1_000)
  );
}

async function excelJsCells(file: Uint8Array<ArrayBuffer>, sheetName: string): Promise<ExcelJS.CellValue[][]> {
  const sheet = (await excelJsWorkbook(file)).getWorksheet(sheetName);
  const rows: ExcelJS.CellValue[][] = [];
  sheet?.eachRow({ includeEmpty: true }, (row) => {
    rows.push(COLUMNS.map((_, index) => row.getCell(index + 1).value));
  });
  return rows;
}

describe('cells', () => {
  const timeZone = 'Europe/Berlin';
  const rows = mixedRows(1_200);
  const minor = [0, 0, 2, 0, 3];

  it('are read back by ExcelJS, each with its type', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows, context: { timeZone } });
    const [header, ...cells] = await excelJsCells(file, 'Data');
    expect(header).toEqual(COLUMNS.map(({ title }) => title));
    const expected = rows.map((row) =>
      row.map((value, column) => {
        if (typeof value !== 'number') return value;
        if (column === 5) return new Date(localTime(value, timeZone));
        return value / 10 ** (minor[column] ?? 0);
      }),
    );
    expect(cells).toEqual(expected);
  });

  it('are read back by SheetJS, each with its type and its place', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows, context: { timeZone } });
    const sheet = readXlsx(file).Sheets.Data ?? {};
    for (const [index, row] of rows.entries())
      for (const [column, value] of row.entries()) {
        const cell = sheet[`${'ABCDEFG'[column]}${index + 2}`];
        if (value === null) expect(cell?.v).toBeUndefined();
        else if (typeof value === 'string') expect(cell).toMatchObject({ t: 's', v: value });
        else if (column === 5) expect(Math.round((cell.v - 25_569) * 86_400_000)).toBe(localTime(value, timeZone));
        else expect(cell).toMatchObject({ t: 'n', v: value / 10 ** (minor[column] ?? 0) });
      }
  });

  it('show dates and amounts as people write them', async () => {
    const row = [null, 12, 149_950, 1_000, 1_234_567, Date.UTC(2026, 6, 1, 12), null];
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: [row], context: { timeZone } });
    expect(sheetCells(readXlsx(file), 'Data')[1]).toEqual([
      '',
      '12',
      '1,499.50',
      '1,000',
      '1,234.567',
      '2026-07-01 14:00:00',
      '',
    ]);
  });

  it.skipIf(!hasLibreOffice)(`are shown by LibreOffice${hasLibreOffice ? '' : ' (skipped: no soffice)'}`, async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows, context: { timeZone } });
    const expected = rows.map((row) =>
      row.map((value, column) => {
        if (typeof value !== 'number') return value ?? '';
        if (column !== 5) return (value / 10 ** (minor[column] ?? 0)).toFixed(minor[column] ?? 0);
        return new Date(localTime(value, timeZone)).toISOString().slice(0, 19).replace('T', ' ');
      }),
    );
    const [, ...shown] = cellsInLibreOffice(file, 'Data');
    // Whether digits are grouped depends on its language.
    expect(shown.map((row) => row.map((cell) => cell.replaceAll(',', '')))).toEqual(expected);
  });

  it('hold no instants that spreadsheets do not have', async () => {
    const columns = COLUMNS.slice(5, 6);
    const edges = [
      Date.UTC(1900, 1, 28, 23, 59),
      Date.UTC(1900, 2, 1),
      Date.UTC(9999, 11, 31, 23, 59, 59),
      Date.UTC(10_000, 0, 1),
      Number.NaN,
    ];
    const { file, rejected } = await writeWorkbook({
      columns,
      rows: edges.map((at) => [at]),
      context: { timeZone: 'UTC' },
    });
    const { A2, A3 } = readXlsx(file).Sheets.Data ?? {};
    // SheetJS has no words for the last day, but its number.
    expect([A2?.v, A3?.v]).toEqual([61, 2_958_466 - 1 / 86_400]);
    expect(rejected).toHaveLength(3);
  });
});

describe('text', () => {
  const columns = [COLUMNS[0], COLUMNS[6]] as Column[];

  it('reads back whatever it is (E2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 40 }), async (rows) => {
        const { file } = await writeWorkbook({ columns, rows });
        const read = sheetCells(readXlsx(file), 'Data').slice(1);
        expect(read).toEqual(rows.map((row) => row.map((value) => String(value ?? '').toWellFormed())));
      }),
      { numRuns: isFull ? 5_000 : 250 },
    );
  });

  it.each([
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
    ['__x00zz_', '__x00zz_'],
    ['\0\x1b', '_x0000__x001B_'],
    ['\r\n', '_x000D_\n'],
    ['\ufffe', '_xFFFE_'],
    [']]>', ']]&gt;'],
    ['r="Z9"', 'r=&quot;Z9&quot;'],
  ])('writes %j as Excel does', async (text, xml) => {
    const { file } = await writeWorkbook({ columns, rows: [[text, null]] });
    expect(partsOf(file).get('xl/worksheets/sheet1.xml')?.toString()).toContain(`>${xml}</t>`);
    expect(sheetCells(readXlsx(file), 'Data')[1]?.[0]).toBe(text);
  });

  it('sets aside what Excel would cut, and says why', async () => {
    const fitting = [
      ['x'.repeat(32_767), null],
      ['\n'.repeat(253), null],
    ];
    const tooLong = [
      ['x'.repeat(32_768), null],
      ['\n'.repeat(254), null],
    ];
    const { file, rejected } = await writeWorkbook({ columns, rows: [...fitting, ...tooLong] });
    expect(sheetCells(readXlsx(file), 'Data').slice(1)).toEqual(fitting.map(([text]) => [text, '']));
    const reasons = rejected.map(({ fault }) => recordFaultText(fault));
    expect(reasons).toEqual([
      'holder: expected at most 32767 characters a cell, received 32768',
      'holder: expected at most 253 line feeds a cell, received 254',
    ]);
    expect(sheetCells(readXlsx(file), 'Metadata').flat()).toEqual(expect.arrayContaining(reasons));
  });
});
