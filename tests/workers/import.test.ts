import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ListOptions, listOptionsSchema, typeKey } from '../../core/attendees/list-options.ts';
import { encodeChunk } from '../../core/chunk/chunk.ts';
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
    await Promise.all([relaxedDatabase().stagedPages.clear(), relaxedDatabase().chunks.clear()]);
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

  it.each([
    ['what is buffered and staged of an open batch', true, ['R-5']],
    ['what the server has of a sealed one', false, ['R-2', 'R-3', 'R-4', 'R-5']],
  ])('leaves out who has a ticket in %s, but not in a revoked one', async (_, isOpen, left) => {
    const chunk = {
      batchId: BATCHES[0],
      seq: 0,
      firstSerial: 1,
      count: 2,
      mintedAt: 0,
      signatures: new Uint8Array(128),
    };
    const bytes = encodeChunk({ ...chunk, fields: { ref: ['R-0', 'R-1'] } });
    const second = encodeChunk({ ...chunk, seq: 1, firstSerial: 3, fields: { ref: ['R-2', 'R-5'] } });
    await relaxedDatabase().chunks.bulkPut([
      { batchId: BATCHES[0], seq: 0, count: 2, bytes },
      { batchId: BATCHES[0], seq: 1, count: 2, bytes: second },
    ]);
    await relaxedDatabase().stagedPages.put({ batchId: BATCHES[0], seq: 2, fields: { ref: ['R-3', 'R-4'] } });
    const file = new File(
      [`reference\n${Array.from({ length: 6 }, (_, index) => `R-${index}`).join('\n')}`],
      'refs.csv',
    );
    const batch = {
      id: BATCHES[0],
      count: 6,
      chunkSize: 2,
      stored: [[0, 0]] as const,
      isOpen,
      revoked: [[4, 4]] as const,
    };
    const issued = { eventId: 'aaaaaaaaaaaa', batches: [batch], asksServer: false };
    const targets = ['ref'] as const;
    const options = listOptionsSchema.parse({ ...OPTIONS, targets, types: { kind: 'one', typeIndex: 0 } });
    const staged = await worker.call((api) =>
      api.stageList(
        { file, options, issued },
        BATCHES,
        500,
        proxy(() => {}),
      ),
    );
    expect(staged.issued).toEqual({ tickets: isOpen ? 5 : 2, isComplete: false });
    expect(staged.report).toMatchObject({ issued: 6 - left.length, usable: left.length });
    expect((await relaxedDatabase().stagedPages.get([BATCHES[0], 0]))?.fields).toEqual({ ref: left });
  });

  it('says why a file is no list', async () => {
    const inspecting = worker.call((api) => api.inspectList(new File([new Uint8Array(2000)], 'noise.csv')));
    await expect(inspecting).rejects.toMatchObject({
      code: 'list-invalid',
      details: { fault: 'no-text' },
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
