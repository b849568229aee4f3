import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ListOptions, listOptionsSchema, typeKey } from '../../core/attendees/list-options.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { startWorker, type WorkerHandle } from '../../workers/bridge.ts';

const BATCHES = { 0: '00000000000a', 1: '00000000000b' };
const OPTIONS: ListOptions = listOptionsSchema.parse({
  source: { kind: 'text', encoding: 'utf-8', delimiter: ',' },
  hasHeader: true,
  targets: ['holder', 'type', 'x-shirt'],
  types: { kind: 'column', values: { [typeKey('General')]: 0, [typeKey('VIP')]: 1 } },
  duplicates: 'keep-all',
});

function listOf(rows: number): File {
  const lines = Array.from({ length: rows }, (_, index) =>
    index % 100 === 99 ? ',General,S' : `Guest ${index},${index % 3 === 0 ? 'VIP' : 'General'},${index % 2 ? 'M' : ''}`,
  );
  return new File([`name,type,shirt\r\n${lines.join('\r\n')}`], 'guests.csv');
}

describe('the import worker', () => {
  let worker: WorkerHandle<'import'>;
  beforeEach(() => {
    worker = startWorker('import');
  });
  afterEach(async () => {
    worker.terminate();
    await relaxedDatabase().stagedPages.clear();
  });

  it('stages exactly the rows that the check counted, in the order of the list', async () => {
    const file = listOf(25_000);
    const checked = await worker.call((api) =>
      api.checkList(
        { file, options: OPTIONS, issued: null },
        proxy(() => {}),
      ),
    );
    expect(checked.report).toMatchObject({ rows: 25_000, usable: 24_750, rejected: 250 });
    const staged = await worker.call((api) =>
      api.stageList(
        { file, options: OPTIONS, issued: null },
        BATCHES,
        500,
        proxy(() => {}),
      ),
    );
    expect(staged).toEqual(checked);
    for (const { typeIndex, count } of checked.report.counts) {
      const batchId = BATCHES[typeIndex as 0 | 1];
      const pages = await relaxedDatabase()
        .stagedPages.where('[batchId+seq]')
        .between([batchId, 0], [batchId, 1e9])
        .toArray();
      expect(pages.map(({ seq }) => seq)).toEqual(Array.from({ length: Math.ceil(count / 500) }, (_, seq) => seq));
      expect(pages.slice(0, -1).every(({ fields }) => fields.holder?.length === 500)).toBe(true);
      const holders = pages.flatMap(({ fields }) => fields.holder ?? []);
      expect(holders).toHaveLength(count);
      const numbers = holders.map((holder) => Number(holder?.slice(6)));
      expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
      expect(new Set(pages.flatMap((page) => Object.keys(page.fields)))).toEqual(new Set(['holder', 'x-shirt']));
      expect(pages[0]?.fields['x-shirt']?.includes(null)).toBe(true);
    }
  });

  it('tells how far it is, and stops when cancelled', async () => {
    const shares: number[] = [];
    const reading = worker.call((api) =>
      api.checkList(
        { file: listOf(400_000), options: OPTIONS, issued: null },
        proxy(({ share }) => {
          shares.push(share);
          if (shares.length === 2) void worker.call((cancelling) => cancelling.cancel());
        }),
      ),
    );
    const outcome = await reading.catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'aborted' });
    expect(shares.at(-1)).toBeGreaterThan(0);
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it('says in words why a file is no list', async () => {
    const inspecting = worker.call((api) => api.inspectList(new File([new Uint8Array(2000)], 'noise.csv')));
    await expect(inspecting).rejects.toMatchObject({
      code: 'list-invalid',
      message: 'The file holds no text. Choose a CSV or XLSX file.',
    });
  });

  it('refuses to stage rows of a type without a batch', async () => {
    const staging = worker.call((api) =>
      api.stageList(
        { file: listOf(10), options: OPTIONS, issued: null },
        { 0: BATCHES[0] },
        500,
        proxy(() => {}),
      ),
    );
    await expect(staging).rejects.toMatchObject({ code: 'list-invalid' });
  });
});
