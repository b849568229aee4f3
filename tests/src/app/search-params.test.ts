import { expect, test } from 'vitest';
import { idsOf, oneOf, pathOf, serialOf, textOf } from '../../../src/app/search-params.ts';

test('an address keeps what a page expects', () => {
  expect(pathOf('/events/1?q=a#b')).toBe('/events/1?q=a#b');
  expect(textOf('Ada')).toBe('Ada');
  expect(serialOf(12)).toBe(12);
  expect(oneOf(['list', 'quantity'], 'list')).toBe('list');
  expect(idsOf('0a1b2c3d4e5f')).toBe('0a1b2c3d4e5f');
  expect(idsOf(123_456_789_012)).toBe('123456789012');
  expect(idsOf(['0a1b2c3d4e5f', 'ffffffffffff'])).toEqual(['0a1b2c3d4e5f', 'ffffffffffff']);
});

test('an address loses the rest', () => {
  for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', '', 7])
    expect(pathOf(elsewhere)).toBeUndefined();
  expect(textOf('a'.repeat(201))).toBeUndefined();
  for (const none of [0, -1, 1.5, '1', Number.NaN]) expect(serialOf(none)).toBeUndefined();
  expect(oneOf(['list', 'quantity'], 'else')).toBeUndefined();
  for (const none of ['a'.repeat(65), null, {}, [1]]) expect(idsOf(none)).toBeUndefined();
});
