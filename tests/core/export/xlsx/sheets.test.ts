import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Column, ExportRow } from '../../../../core/export/format.ts';
import { readXlsx, sheetCells } from '../../../suites/export/xlsx-under-test.ts';
import { excelJsWorkbook, partsOf, writeWorkbook } from './workbook.ts';

const COLUMNS: readonly Column[] = [
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'typeName', title: 'Type', type: 'text', countBy: 'value' },
  { id: 'status', title: 'Status', type: 'text', countBy: 'value' },
  { id: 'price', title: 'Price', type: 'amount' },
  { id: 'mintedAt', title: 'Minted at', type: 'instant', countBy: 'day' },
];
const EVENING = Date.UTC(2026, 10, 22, 17, 30);
const HOUR_MS = 3_600_000;

function* ticketRows(count: number): Generator<ExportRow> {
  for (let serial = 1; serial <= count; serial++)
    yield [
      serial,
      serial % 3 === 0 ? 'VIP' : 'General',
      serial % 10 === 0 ? 'revoked' : 'valid',
      serial % 3 === 0 ? 149_900 : 49_900,
      EVENING + (serial % 4) * HOUR_MS,
    ];
}

describe('sheets of records (E3)', () => {
  it.each([
    [3, [3]],
    [4, [4]],
    [5, [4, 1]],
    [8, [4, 4]],
    [9, [4, 4, 1]],
  ])('take %i records as %j where a sheet has 5 rows', async (count, expected) => {
    const { file } = await writeWorkbook({
      columns: COLUMNS,
      rows: ticketRows(count),
      limits: { rows: 5, bytes: 1e9 },
    });
    const workbook = readXlsx(file);
    const names = workbook.SheetNames.filter((name) => name.startsWith('Data'));
    expect(names).toEqual(expected.map((_, index) => (index === 0 ? 'Data' : `Data ${index + 1}`)));
    const sheets = names.map((name) => sheetCells(workbook, name));
    expect(sheets.map((rows) => rows.length - 1)).toEqual(expected);
    for (const [header] of sheets) expect(header).toEqual(COLUMNS.map(({ title }) => title));
    const serials = sheets.flatMap((rows) => rows.slice(1).map(([serial]) => Number(serial)));
    expect(serials).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    const metadata = sheetCells(workbook, 'Metadata');
    expect(metadata).toContainEqual(['Sheets of records', String(expected.length), '', '', '', '']);
  });

  it('end before their part needs Zip64', async () => {
    const { file } = await writeWorkbook({
      columns: COLUMNS,
      rows: ticketRows(2_000),
      limits: { rows: 1e6, bytes: 50_000 },
    });
    expect(readXlsx(file).SheetNames.filter((name) => name.startsWith('Data')).length).toBeGreaterThan(3);
  });

  it.each([1_048_575, 1_048_576, 1_048_577])('hold 1,048,576 rows at most: %i with the header', async (rows) => {
    const columns = COLUMNS.slice(0, 1);
    const { file } = await writeWorkbook({
      columns,
      rows: ticketRows(rows - 1),
      options: { includeStatistics: false },
    });
    const sheets = [...partsOf(file)].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(rows > 1_048_576 ? 3 : 2);
    const last = Math.min(rows, 1_048_576);
    expect(sheets[0]?.[1].includes(`<row r="${last}">`)).toBe(true);
    expect(sheets[0]?.[1].includes('<row r="1048577">')).toBe(false);
    if (rows > 1_048_576) expect(sheets[1]?.[1].toString()).toContain(`<row r="2"><c r="A2" s="7"><v>${rows - 1}</v>`);
  });
});

describe('a sheet of records', () => {
  it('keeps its header in view, filters by every column, and has columns as wide as their values', async () => {
    const columns: Column[] = [
      { id: 'code', title: 'Code', type: 'text' },
      { id: 'holder', title: 'Holder', type: 'text' },
      { id: 'notes', title: 'Notes', type: 'text' },
      { id: 'at', title: 'At', type: 'instant' },
    ];
    const rows: ExportRow[] = [
      ['AB12', 'Chandrasekaran Venkataraman', 'x'.repeat(500), EVENING],
      ['AB13', 'Bo', null, EVENING],
    ];
    const { file } = await writeWorkbook({ columns, rows });
    const sheet = (await excelJsWorkbook(file)).getWorksheet('Data');
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1, topLeftCell: 'A2' }]);
    expect(sheet?.autoFilter).toBe('A1:D3');
    expect(sheet?.getRow(1).getCell(1).font).toMatchObject({ bold: true });
    const widths = columns.map((_, index) => sheet?.getColumn(index + 1).width);
    expect(widths).toEqual([9, 28, 61, 20]);
  });
});

describe('the sheet of statistics', () => {
  it('counts by each column that says so, and in all', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: ticketRows(30) });
    expect(sheetCells(readXlsx(file), 'Statistics')).toEqual([
      ['Statistics', '', ''],
      ['', 'Records', 'Price (sum)'],
      ['In all', '30', '24,970.00'],
      ['', '', ''],
      ['Type', 'Records', 'Price (sum)'],
      ['General', '20', '9,980.00'],
      ['VIP', '10', '14,990.00'],
      ['', '', ''],
      ['Status', 'Records', 'Price (sum)'],
      ['valid', '27', '22,473.00'],
      ['revoked', '3', '2,497.00'],
      ['', '', ''],
      ['Minted at', 'Records', 'Price (sum)'],
      ['2026-11-22', '7', '5,493.00'],
      ['2026-11-23', '23', '19,477.00'],
    ]);
  });

  it('has charts that draw from its cells, and know what is in them', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: ticketRows(30) });
    const sheet = readXlsx(file).Sheets.Statistics ?? {};
    const charts = [...partsOf(file)]
      .filter(([name]) => name.startsWith('xl/charts/'))
      .map(([, part]) => part.toString());
    expect(charts).toHaveLength(3);
    for (const xml of charts) {
      const ranges = [...xml.matchAll(/<c:f>Statistics!\$(\w)\$(\d+):\$\w\$(\d+)<\/c:f>(.*?)Cache>(?=<\/c:)/g)];
      expect(ranges).toHaveLength(2);
      for (const [, letter, from, to, cache = ''] of ranges) {
        const cached = [...cache.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, value]) => value);
        const cells = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) =>
          String(sheet[`${letter}${Number(from) + index}`]?.v),
        );
        expect(cached).toEqual(cells);
      }
    }
    expect(charts.map((xml) => /barDir val="(\w+)"/.exec(xml)?.[1])).toEqual(['bar', 'bar', 'col']);
  });

  it('has no charts of nothing', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: [] });
    expect([...partsOf(file).keys()].filter((name) => /charts|drawings/.test(name))).toEqual([]);
    expect(sheetCells(readXlsx(file), 'Statistics')[2]).toEqual(['In all', '0', '0.00']);
  });
});

describe('the sheet of metadata', () => {
  it('says what was exported, by whom, when and how', async () => {
    const rows: ExportRow[] = [...ticketRows(3), [4, 'VIP', 'valid', Number.NaN, EVENING]];
    const { file } = await writeWorkbook({ columns: COLUMNS, rows, context: { author: 'Asha' } });
    const cells = sheetCells(readXlsx(file), 'Metadata').map((row) => row.filter((cell) => cell !== ''));
    expect(cells).toEqual(
      expect.arrayContaining([
        ['Exported at', '2026-11-22 15:30:00'],
        ['Time zone of all dates', 'Asia/Kolkata'],
        ['Exported by', 'Asha'],
        ['Records', '3'],
        ['Set aside', '1'],
        ['serial', 'Serial', 'integer'],
        ['includeStatistics', 'true'],
        ['batch/4', 'price: expected a number in its range'],
      ]),
    );
  });

  it('shortens options that have no room in a cell, rather than fail at the end', async () => {
    const batches = Array.from({ length: 1_000 }, (_, index) => index.toString(16).padStart(12, '0'));
    const filter = { kind: 'batch', batches };
    const options = { filters: { kind: 'or', filters: [filter, filter, filter] } };
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: ticketRows(3), options });
    const filters = sheetCells(readXlsx(file), 'Metadata').find(([name]) => name === 'filters')?.[1];
    expect(filters).toHaveLength(32_767);
    expect(filters?.endsWith('…')).toBe(true);
  });

  it('has the hash of each part with records', async () => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: ticketRows(9), limits: { rows: 5, bytes: 1e9 } });
    const parts = partsOf(file);
    const listed = sheetCells(readXlsx(file), 'Metadata').filter(([name]) => /^Data/.test(name ?? ''));
    expect(listed.map(([name, , records, first, last]) => [name, records, first, last])).toEqual([
      ['Data', '4', 'batch/1', 'batch/4'],
      ['Data 2', '4', 'batch/5', 'batch/8'],
      ['Data 3', '1', 'batch/9', 'batch/9'],
    ]);
    for (const [, partName = '', , , , sha256] of listed)
      expect(
        createHash('sha256')
          .update(parts.get(partName) ?? '')
          .digest('hex'),
      ).toBe(sha256);
  });
});

describe('chosen sheets', () => {
  it.each([
    [{ includeRawData: false }, ['Statistics', 'Metadata']],
    [{ includeStatistics: false }, ['Data', 'Metadata']],
    [{ includeStatistics: false, includeMetadata: false }, ['Data']],
    [{ includeRawData: false, includeMetadata: false }, ['Statistics']],
  ])('with %j are %j', async (options, expected) => {
    const { file } = await writeWorkbook({ columns: COLUMNS, rows: ticketRows(30), options });
    const workbook = readXlsx(file);
    expect(workbook.SheetNames).toEqual(expected);
    if (expected.includes('Statistics')) expect(sheetCells(workbook, 'Statistics')[2]?.[1]).toBe('30');
  });

  it('are at least one', async () => {
    const options = { includeRawData: false, includeStatistics: false, includeMetadata: false };
    await expect(writeWorkbook({ columns: COLUMNS, rows: [], options })).rejects.toThrow('at least one sheet');
  });
});
