import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellValue, ExportRow } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { csvUnderTest, readCsv } from '../../suites/export/csv-under-test.ts';
import {
  MemorySink,
  ProbeSource,
  pagesOf,
  rowOf,
  run,
  testFormatContract,
} from '../../suites/export/format-contract.ts';
import { anyCell } from '../../suites/export/hostile-text.ts';

describe('CSV', () => {
  testFormatContract(csvUnderTest);
});

async function csvOf(rows: readonly ExportRow[], options: Record<string, unknown> = {}): Promise<string> {
  const sink = new MemorySink();
  const format = await EXPORT_FORMATS.csv.prepare(options);
  await run({ format, source: new ProbeSource(pagesOf(rows), rows.length), sink });
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await sink.file());
}

describe('CSV, as bytes', () => {
  it('writes RFC 4180 with a byte order mark, ISO instants and decimal amounts', async () => {
    expect(await csvOf([[1, 'Ravi "RK" Kumar', null, 149_900, 1_795_000_000_000]])).toBe(
      '\ufeffSerial,Holder,"Notes, ""free""",Price,Minted at\r\n' +
        '1,"Ravi ""RK"" Kumar",,1499.00,2026-11-18T16:36:40+05:30\r\n',
    );
  });

  it('follows its options', async () => {
    const csv = await csvOf([[1, 'a;b,c', '=1', -5, 0]], {
      bom: false,
      delimiter: ';',
      lineEnd: '\n',
      safety: 'raw',
    });
    expect(csv).toBe('Serial;Holder;"Notes, ""free""";Price;Minted at\n1;"a;b,c";=1;-0.05;1970-01-01T05:30:00+05:30\n');
  });

  it('guards formulas in text and titles, never numbers', async () => {
    const csv = await csvOf([[-1, '-1', '＋1', -100, 0]], {
      columns: [{ id: 'serial', title: '=cmd' }, { id: 'holder' }, { id: 'notes' }, { id: 'price' }],
      bom: false,
    });
    expect(csv).toBe('\'=cmd,Holder,"Notes, ""free""",Price\r\n-1,\'-1,\'＋1,-1.00\r\n');
  });

  it('keeps records of one empty field visible', async () => {
    const csv = await csvOf([rowOf(3)], { columns: [{ id: 'notes', title: 'Notes' }], bom: false });
    expect(csv).toBe('Notes\r\n""\r\n');
  });

  it('refuses unknown columns and options', async () => {
    await expect(csvOf([], { columns: [{ id: 'nope' }] })).rejects.toThrow(TypeError);
    await expect(csvOf([], { delimiter: '|' })).rejects.toThrow();
    await expect(csvOf([], { pageSize: 1_001 })).rejects.toThrow();
  });
});

describe('CSV, whatever the text (E2)', () => {
  const cases = [
    { delimiter: ',', lineEnd: '\r\n', safety: 'spreadsheet' },
    { delimiter: ';', lineEnd: '\n', safety: 'raw' },
    { delimiter: '\t', lineEnd: '\r\n', safety: 'raw' },
  ] as const;
  it.each(cases)('reads back cell by cell with $delimiter $safety', async (options) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 40 }), async (cells) => {
        const rows = cells.map(([holder, notes], index): ExportRow => [index, holder, notes, 0, 0]);
        const csv = await csvOf(rows, { ...options, columns: [{ id: 'holder' }, { id: 'notes' }] });
        const read = readCsv(new TextEncoder().encode(csv), options.delimiter, options.lineEnd).slice(1);
        const column = { id: 'holder', title: '', type: 'text' } as const;
        const plain = (value: CellValue) =>
          options.safety === 'raw'
            ? value === null
              ? ''
              : String(value).toWellFormed()
            : csvUnderTest.written(value, column);
        expect(read).toEqual(cells.map((pair) => pair.map(plain)));
      }),
      { numRuns: 150 },
    );
  });
});
