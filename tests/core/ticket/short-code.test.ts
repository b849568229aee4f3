import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseShortCode, shortCodeOf, shortCodesOf, shortCodeToInteger } from '../../../core/ticket/short-code.ts';
import { hexToBytes } from '../../../core/ticket/token.ts';

const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 });

describe('the short code', () => {
  test('is the first 60 bits in Crockford base32', () => {
    expect(shortCodeOf(hexToBytes('00443214c74254b0'))).toBe('0123-4567-89AB');
    expect(shortCodeOf(hexToBytes('ffffffffffffffff'))).toBe('ZZZZ-ZZZZ-ZZZZ');
    expect(shortCodeOf(hexToBytes('000000000000000f'))).toBe('0000-0000-0000');
  });

  test('reads its bits at an offset', () => {
    expect(shortCodeOf(hexToBytes('ffff00443214c74254b0'), 2)).toBe('0123-4567-89AB');
  });

  test('is the same, several written at once', () => {
    fc.assert(
      fc.property(fc.array(signatures, { minLength: 1, maxLength: 5 }), fc.nat(4), (several, first) => {
        const all = new Uint8Array(several.flatMap((signature) => [...signature]));
        const from = Math.min(first, several.length - 1);
        const codes = several.slice(from).map((signature) => shortCodeOf(signature));
        expect(shortCodesOf(all, from, codes.length)).toEqual(codes);
      }),
    );
  });

  test('is the same number as the first 60 bits', () => {
    fc.assert(
      fc.property(signatures, (signature) => {
        const bits = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0) >> 4n;
        expect(shortCodeToInteger(shortCodeOf(signature))).toBe(bits);
      }),
    );
  });

  test('is read however people type it', () => {
    const code = '0123-1056-89AB';
    for (const typed of ['012310568 9ab', ' 0123-1056-89ab\n', 'O123-I056-89AB', 'o123 lO56 89aB', '0123–1056–89AB'])
      expect(parseShortCode(typed)).toBe(code);
  });

  test('is read back from any signature', () => {
    fc.assert(
      fc.property(signatures, (signature) => {
        const code = shortCodeOf(signature);
        expect(parseShortCode(code.toLowerCase().replaceAll('-', ' '))).toBe(code);
      }),
    );
  });

  test.each(['', '0123-4567-89A', '0123-4567-89ABC', '0123-4567-89AU', '0123_4567_89AB', '0123-4567-89Aß'])(
    'is not %j',
    (typed) => {
      expect(parseShortCode(typed)).toBeUndefined();
    },
  );
});
