import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  detectDelimiter,
  LIST_DELIMITERS,
  type ListDelimiter,
  recordSplitter,
} from '../../../core/attendees/records.ts';

function split(text: string, delimiter: ListDelimiter = ',', pieceLength = 7) {
  const splitter = recordSplitter(delimiter);
  const records = [];
  for (let start = 0; start < text.length; start += pieceLength)
    records.push(...splitter.push(text.slice(start, start + pieceLength)));
  return [...records, ...splitter.end()];
}

describe('records', () => {
  it('carry the line that a text editor shows, whatever ends the lines', () => {
    const lines = ['a,b', '"two\nlines",c', '', 'd,"e ""x"""', 'f,g'];
    for (const end of ['\n', '\r\n', '\r'])
      for (const text of [lines.join(end), lines.join(end) + end])
        expect(split(text).map(({ line, cells }) => [line, ...cells])).toEqual([
          [1, 'a', 'b'],
          [2, 'two\nlines', 'c'],
          [4, ''],
          [5, 'd', 'e "x"'],
          [6, 'f', 'g'],
        ]);
  });

  it('are the same however the text is cut into pieces, and the same as PapaParse finds in the whole', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '\n', '\r\n', 'a"b', ' ', ',', ';', '=1+1', '新'));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(...LIST_DELIMITERS),
        fc.integer({ min: 1, max: 50 }),
        (cells, delimiter, piece) => {
          const text = Papa.unparse(cells, { delimiter, quotes: true, newline: '\r\n' });
          const expected = cells.map((row) => row.map((value) => value.replace(/\r\n?/g, '\n')));
          const records = split(text, delimiter, piece);
          expect(records.map((record) => record.cells)).toEqual(expected);
          expect(records.some(({ isBroken }) => isBroken)).toBe(false);
        },
      ),
    );
  });

  it('with wrong quotation marks cost their line only', () => {
    const text = 'a,1\n"Bob" Smith,2\n"open,3\nc,4\n"ok",5\n"never closed,6';
    expect(split(text).map(({ line, isBroken }) => [line, isBroken])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, false],
      [5, false],
      [6, true],
    ]);
  });

  it('stay readable past a quotation mark that is never closed in a large list', () => {
    const rest = Array.from({ length: 40_000 }, (_, index) => `guest ${index},x`).join('\n');
    const records = split(`"open,1\n${rest}\n`, ',', 65_536);
    expect(records.filter(({ isBroken }) => isBroken).map(({ line }) => line)).toEqual([1]);
    expect(records).toHaveLength(40_001);
    expect(records.at(-1)).toEqual({ line: 40_001, cells: ['guest 39999', 'x'], isBroken: false });
  });

  it('are refused when a line never ends', () => {
    expect(() => split('x'.repeat(300_000), ',', 65_536)).toThrow(
      expect.objectContaining({ details: { fault: 'line-long', found: 1 } }),
    );
  });

  it.each([
    [',', 'name,mail,notes\na,b,"x; y; z"\nc,d,"1|2|3"\n'],
    [';', 'Name;Betrag;Mail\nA;1,50;x\nB;2,75;y\n'],
    ['\t', 'name\tplace\nA, B\tC, D\nE, F\tG, H\n'],
    ['|', 'name|mail\nA, B|c\nD, E|f\n'],
    [',', 'name\nOne\nTwo\n'],
    [',', 'name,mail'],
  ])('are cut at the delimiter that suits them: %j', (delimiter, text) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });
});
