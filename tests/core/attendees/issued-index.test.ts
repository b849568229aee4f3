import { describe, expect, it } from 'vitest';
import { IssuedIndex, personDetails } from '../../../core/attendees/issued-index.ts';
import { inspectListFile } from '../../../core/attendees/list-file.ts';
import type { ListOptions } from '../../../core/attendees/list-options.ts';
import { listReader } from '../../../core/attendees/list-reader.ts';
import { rejectionReason } from '../../../core/attendees/rejection.ts';
import type { FieldColumns } from '../../../core/chunk/chunk.ts';
import { optionsFor, readList } from './fixtures.ts';

const BATCH = '00000000000a';

interface Comparison {
  readonly list: string;
  readonly fields: FieldColumns;
  readonly duplicates?: ListOptions['duplicates'];
  readonly isVoid?: (serial: number) => boolean;
}

/** Reads a list against tickets 101, 102 … of one batch. @returns what is left, by the first cell, and the report. */
async function compare({ list, fields, duplicates = 'keep-first', isVoid = () => false }: Comparison) {
  const file = new Blob([list]);
  const options = optionsFor(await inspectListFile(file), { duplicates });
  const index = new IssuedIndex(personDetails(options));
  index.addTickets(BATCH, 101, fields, isVoid);
  const { rows, report } = await readList(file, options, index);
  return { left: rows.map(({ values }) => values[0]), report, index };
}

describe('who already has a ticket', () => {
  it('is left out by reference, with the ticket and its place', async () => {
    const { left, report, index } = await compare({
      list: 'name,ref,mail\nA,r1,a@x.org\nB,r2,b@x.org\nC,R3,c@x.org\n',
      fields: { ref: ['r1', 'r3'], email: ['other@x.org', null] },
    });
    expect(left).toEqual(['B']);
    expect(index.tickets).toBe(2);
    expect(report).toMatchObject({ rows: 3, usable: 1, issued: 2, rejected: 0, dropped: 0 });
    expect(report.leftOut.map(rejectionReason)).toEqual([
      `Already has a ticket (batch ${BATCH}, serial 101).`,
      `Already has a ticket (batch ${BATCH}, serial 102).`,
    ]);
    expect(new TextDecoder().decode(report.leftOutCsv)).toContain('2,"Already has a ticket (batch');
  });

  it('is left out by e-mail where the row or the ticket has no reference', async () => {
    const { left } = await compare({
      list: 'name,ref,mail\nA,,A@x.org\nB,r2,b@x.org\nC,r3,c@x.org\nD,,\n',
      fields: { ref: ['r1', null, 'r9'], email: ['a@x.org', 'b@x.org', 'c@x.org'] },
    });
    // C's e-mail is on the ticket of another reference.
    expect(left).toEqual(['C', 'D']);
  });

  it('does not count revoked tickets', async () => {
    const list = 'name,ref\nA,r1\nB,r2\n';
    const { left } = await compare({ list, fields: { ref: ['r1', 'r2'] }, isVoid: (serial) => serial === 102 });
    expect(left).toEqual(['B']);
  });

  it('is told apart by name and seat where an e-mail may have several tickets', async () => {
    const list = 'name,mail,seat\nA,a@x.org,1\nB,a@x.org,2\nB,a@x.org,3\nC,a@x.org,4\n';
    const fields = { holder: ['B', 'C'], email: ['a@x.org', 'a@x.org'], seat: ['3', '4'] };
    const { left, report } = await compare({ list, fields, duplicates: 'keep-all' });
    expect(left).toEqual(['A', 'B']);
    expect(report.leftOut.map(({ line, expected }) => [line, expected])).toEqual([
      [4, 101],
      [5, 102],
    ]);
  });

  it('is left out once for each ticket', async () => {
    const list = 'mail\na@x.org\na@x.org\na@x.org\n';
    const fields = { email: ['a@x.org', 'a@x.org'] };
    expect((await compare({ list, fields, duplicates: 'keep-all' })).left).toHaveLength(1);
    const { report } = await compare({ list, fields });
    expect(report).toMatchObject({ usable: 0, issued: 1, dropped: 2 });
  });

  it('stays quick where one address is on very many tickets', async () => {
    const count = 100_000;
    const list = `mail\n${'a@x.org\n'.repeat(1_000)}`;
    const startedAt = performance.now();
    const fields = { email: Array<string>(count).fill('a@x.org') };
    const { left } = await compare({ list, fields, duplicates: 'keep-all' });
    expect(left).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('is found again at every reading', async () => {
    const options = optionsFor(await inspectListFile(new Blob(['name,ref\nA,r1\n'])));
    const index = new IssuedIndex([]);
    index.addTickets(BATCH, 1, { ref: ['r1'] }, () => false);
    const row = { line: 2, cells: ['A', 'r1'], isBroken: false };
    for (const reader of [
      listReader({ ...options, hasHeader: false }, index),
      listReader({ ...options, hasHeader: false }, index),
    ])
      expect(reader.read(row)).toBeUndefined();
  });
});
