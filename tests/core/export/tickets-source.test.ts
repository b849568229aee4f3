import { describe, expect, it } from 'vitest';
import { shortCodeOf } from '../../../core/ticket/short-code.ts';
import { encodeToken } from '../../../core/ticket/token.ts';
import { batchOf, MemoryChunks, readAll, sourceOf } from './memory-tickets.ts';

describe('ticketSource', () => {
  const signal = new AbortController().signal;

  it('gives every ticket of several batches, in order, in pages of at most the page size', async () => {
    const batches = [batchOf('aaaaaaaaaaaa'), batchOf('bbbbbbbbbbbb', { count: 60, seqs: [[0, 1]] })];
    const source = sourceOf(batches, new MemoryChunks(batches));
    const pages = await readAll(source.pages(signal));
    expect(source.estimatedCount).toBe(180);
    expect(pages.flatMap(({ keys }) => keys)).toEqual([
      ...Array.from({ length: 120 }, (_, index) => `aaaaaaaaaaaa/${index + 1}`),
      ...Array.from({ length: 60 }, (_, index) => `bbbbbbbbbbbb/${index + 1}`),
    ]);
    expect(Math.max(...pages.map(({ rows }) => rows.length))).toBe(40);
  });

  it('gives each ticket the token and the code that its signature makes', async () => {
    const batch = batchOf('0123456789ab');
    const chunks = new MemoryChunks([batch]);
    const [page] = await readAll(sourceOf([batch], chunks, ['serial', 'code', 'token']).pages(signal));
    const { signatures } = chunks.chunk(batch.id, 0);
    for (const [index, row] of (page?.rows ?? []).entries()) {
      const signature = signatures.slice(64 * index, 64 * index + 64);
      const payload = { batchId: batch.id, serial: index + 1, typeIndex: 2 };
      expect(row).toEqual([index + 1, shortCodeOf(signature), encodeToken(payload, signature)]);
    }
  });

  it('names its columns in their usual order, personal ones where a batch has them', async () => {
    const batches = [
      batchOf('aaaaaaaaaaaa', { fieldColumns: ['x-shirt_size', 'holder'] }),
      batchOf('bbbbbbbbbbbb', { fieldColumns: ['email', 'holder'] }),
    ];
    const { columns } = sourceOf(batches, new MemoryChunks(batches));
    expect(columns.map(({ id }) => id)).toEqual([
      'event',
      'batch',
      'serial',
      'code',
      'token',
      'type',
      'typeName',
      'holder',
      'email',
      'x-shirt_size',
      'price',
      'status',
      'notBefore',
      'notAfter',
      'mintedAt',
    ]);
    expect(columns.find(({ id }) => id === 'x-shirt_size')?.title).toBe('Shirt size');
  });

  it('lays corrections over fields, adds corrected columns, and says what is revoked', async () => {
    const corrections = new Map<number, Map<string, string | null>>([
      [2, new Map([['holder', 'Meena R']])],
      [3, new Map([['holder', null]])],
      [4, new Map([['seat', 'A-4']])],
    ]);
    const batch = batchOf('aaaaaaaaaaaa', { fieldColumns: ['holder'], corrections, revoked: [[2, 3]] });
    const chunks = new MemoryChunks([batch], (serial) => ({ holder: `Person ${serial}` }));
    const [page] = await readAll(sourceOf([batch], chunks, ['holder', 'seat', 'status']).pages(signal));
    expect(page?.rows.slice(0, 4)).toEqual([
      ['Person 1', null, 'valid'],
      ['Meena R', null, 'revoked'],
      [null, null, 'revoked'],
      ['Person 4', 'A-4', 'valid'],
    ]);
  });

  it('reads nothing before the first page is pulled, and closes the reader when left', async () => {
    const batch = batchOf('aaaaaaaaaaaa');
    const chunks = new MemoryChunks([batch]);
    const pages = sourceOf([batch], chunks).pages(signal);
    expect(chunks.reads).toBe(0);
    for await (const page of pages) {
      expect(page.rows).toHaveLength(40);
      break;
    }
    expect(chunks).toMatchObject({ reads: 1, isClosed: true });
  });

  it('ends with the reason of its signal', async () => {
    const batch = batchOf('aaaaaaaaaaaa');
    const controller = new AbortController();
    const read = async () => {
      for await (const _ of sourceOf([batch], new MemoryChunks([batch])).pages(controller.signal))
        controller.abort(new Error('enough'));
    };
    await expect(read()).rejects.toThrow('enough');
  });

  it('refuses a chunk with columns that its batch did not announce', async () => {
    const batch = batchOf('aaaaaaaaaaaa', { fieldColumns: ['holder'] });
    const chunks = new MemoryChunks([batch], () => ({ holder: 'x', seat: 'y' }));
    await expect(readAll(sourceOf([batch], chunks).pages(signal))).rejects.toMatchObject({ code: 'export-incomplete' });
  });
});
