import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../../../core/chunk/chunk.ts';
import { parseToken } from '../../../../core/ticket/token.ts';
import { columnWord } from '../../../../src/features/tickets/column-words.ts';
import { overlayOf, revocationOf, ticketAt, tokenAt } from '../../../../src/features/tickets/ticket.ts';

const chunk: Chunk = {
  batchId: '0123456789ab',
  seq: 1,
  firstSerial: 51,
  count: 2,
  mintedAt: 0,
  signatures: Uint8Array.from({ length: 128 }, (_, index) => index),
  fields: { 'x-shirt_size': ['M', null], holder: ['Meera', 'Kabir'] },
};

const correction = (serial: number, column: string, value: string | null, createdAt: number) => ({
  batch: chunk.batchId,
  serial,
  column,
  value,
  createdAt,
  createdBy: 'admin',
});

describe('a ticket of a chunk', () => {
  test('has its own fields, standard columns first, empty ones left out', () => {
    expect([...ticketAt(chunk, 51).fields]).toEqual([
      ['holder', 'Meera'],
      ['x-shirt_size', 'M'],
    ]);
    expect([...ticketAt(chunk, 52).fields]).toEqual([['holder', 'Kabir']]);
  });

  test('shows the latest correction of a field, and one that the list did not have', () => {
    const overlay = overlayOf([
      correction(51, 'holder', 'Mira', 1),
      correction(51, 'holder', 'Meera K', 2),
      correction(51, 'seat', 'A-1', 3),
      correction(51, 'x-shirt_size', null, 4),
    ]);
    expect([...ticketAt(chunk, 51, overlay).fields]).toEqual([
      ['holder', 'Meera K'],
      ['seat', 'A-1'],
    ]);
  });

  test('has the token of its own serial and signature', () => {
    const parsed = parseToken(tokenAt(chunk, 52, 3));
    expect(parsed).toMatchObject({ batchId: chunk.batchId, serial: 52, typeIndex: 3 });
    expect(parsed?.signature[0]).toBe(64);
  });

  test('is refused outside the chunk', () => {
    expect(() => ticketAt(chunk, 53)).toThrow(TypeError);
  });
});

test('a revocation holds for its range until it is taken back', () => {
  const range = { id: 1, batch: 'b', from: 5, to: 9, reason: '', createdAt: 0, createdBy: '', undoneAt: null };
  expect(revocationOf([range], 'b', 5)?.id).toBe(1);
  expect(revocationOf([range], 'b', 10)).toBeUndefined();
  expect(revocationOf([range], 'c', 5)).toBeUndefined();
  expect(revocationOf([{ ...range, undoneAt: 1 }], 'b', 5)).toBeUndefined();
});

test('columns are named in words', () => {
  expect(columnWord('email')).toBe('E-mail');
  expect(columnWord('x-shirt_size')).toBe('Shirt size');
});
