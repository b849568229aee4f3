import ExcelJs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readGuessed } from './fixtures.ts';

async function bytesOf(fill: (workbook: ExcelJs.Workbook) => void): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = new ExcelJs.Workbook();
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

describe('a workbook', () => {
  it('is read by its first sheet with rows; any cell becomes text', async () => {
    const bytes = await bytesOf((workbook) => {
      workbook.addWorksheet('Empty');
      const sheet = workbook.addWorksheet('Guests');
      sheet.addRow(['Name', 'E-mail', 'Phone', 'Registered', 'Fee']);
      sheet.addRow([
        { richText: [{ text: 'Asha ' }, { text: 'Rao' }] },
        { text: 'a@x.org', hyperlink: 'mailto:a@x.org' },
        919876543210,
        new Date('2026-08-03T20:43:20Z'),
        { formula: '1+1', result: 2 },
      ]);
      sheet.addRow([]);
      sheet.addRow(['=1+1', null, '+91 98765', new Date('2026-08-03T00:00:00Z'), true]);
      workbook.addWorksheet('Staff').addRow(['Name']);
    });
    const { inspection, rows, report } = await readGuessed(bytes);
    expect(inspection).toMatchObject({
      source: { kind: 'workbook', sheet: 'Guests' },
      sheets: ['Guests', 'Staff'],
      hasHeader: true,
    });
    expect(rows.map(({ line, values }) => [line, ...values])).toEqual([
      [2, 'Asha Rao', 'a@x.org', '919876543210', '2026-08-03 20:43:20', '2'],
      [4, '=1+1', null, '+91 98765', '2026-08-03', 'true'],
    ]);
    expect(report).toMatchObject({ rejected: 0, dropped: 0 });
  });

  it('may be read by another sheet', async () => {
    const bytes = await bytesOf((workbook) => {
      workbook.addWorksheet('A').addRow(['name']);
      workbook.addWorksheet('B').addRows([['name'], ['Bea']]);
    });
    const { rows } = await readGuessed(bytes, {}, { sheet: 'B' });
    expect(rows.map(({ values }) => values)).toEqual([['Bea']]);
  });

  it('is refused with the reason when empty, damaged or none', async () => {
    const empty = await bytesOf((workbook) => void workbook.addWorksheet('A'));
    await expect(readGuessed(empty)).rejects.toThrow('The workbook is empty');
    const good = await bytesOf((workbook) => void workbook.addWorksheet('A').addRow(['name']));
    await expect(readGuessed(good.slice(0, good.length / 2))).rejects.toThrow('cut off or damaged');
    await expect(readGuessed(Uint8Array.from([0x50, 0x4b, 3, 4, ...new Uint8Array(20 * 1024 * 1024)]))).rejects.toThrow(
      'larger than 20 MB',
    );
  });
});
