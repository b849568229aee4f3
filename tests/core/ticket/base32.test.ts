import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../core/ticket/base32.ts';

const utf8 = new TextEncoder();

describe('base32', () => {
  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('encodes %j as RFC 4648 §10 says, without padding', (plain, encoded) => {
    expect(encodeBase32(utf8.encode(plain))).toBe(encoded);
    expect(decodeBase32(encoded)).toEqual(utf8.encode(plain));
  });

  test('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  test('accepts no text but the one it writes', () => {
    const alphabet = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abz0189=- \u00e9\u{1f3ab}');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 30 }), (text) => {
        const bytes = decodeBase32(text);
        if (bytes !== undefined) expect(encodeBase32(bytes)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['lower case', 'my'],
    ['padding', 'MY======'],
    ['a character outside the alphabet', 'M1'],
    ['a superfluous character', 'MYA'],
    ['unused bits that are set', 'MZ'],
    ['white space', 'M Y'],
    ['a letter that upper-cases into the alphabet', 'M\u0131'],
  ])('refuses %s', (_what, text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});
