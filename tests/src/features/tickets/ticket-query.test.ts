import { describe, expect, test } from 'vitest';
import { encodeToken } from '../../../../core/ticket/token.ts';
import { mergeHits, understandQuery } from '../../../../src/features/tickets/ticket-query.ts';

const token = encodeToken({ batchId: '0123456789ab', serial: 7, typeIndex: 1 }, new Uint8Array(64).fill(9));

describe('understandQuery', () => {
  test('reads a token as scanners write it and people paste it', () => {
    expect(understandQuery(token)).toEqual({ kind: 'token', text: token });
    const spelled = ` ${(token.match(/.{1,8}/g) ?? []).join(' ').toLowerCase()}\n`;
    expect(understandQuery(spelled)).toEqual({ kind: 'token', text: token });
  });

  test('knows a token that lost its end', () => {
    expect(understandQuery(token.slice(0, -3)).kind).toBe('not-a-token');
  });

  test('reads a short code in any spelling', () => {
    expect(understandQuery('abcd efgh-jkmn')).toMatchObject({ kind: 'code', code: 'ABCD-EFGH-JKMN' });
  });

  test('takes everything else for text', () => {
    expect(understandQuery('  Meera Krishnan ')).toEqual({ kind: 'text', text: 'Meera Krishnan' });
    expect(understandQuery('A-12-7')).toEqual({ kind: 'text', text: 'A-12-7' });
  });
});

describe('mergeHits', () => {
  const hit = (batch: string, serial: number) => ({ batch, serial, matched: 'text' as const });

  test('names each ticket once, in the order of batches and serials', () => {
    const merged = mergeHits(['b', 'a'], [hit('a', 2), hit('b', 9)], [hit('b', 9), hit('b', 1), hit('a', 2)]);
    expect(merged.map(({ batch, serial }) => `${batch}${serial}`)).toEqual(['b1', 'b9', 'a2']);
  });

  test('puts up with a source that has not answered', () => {
    expect(mergeHits(['a'], undefined, [hit('a', 1)])).toHaveLength(1);
  });
});
