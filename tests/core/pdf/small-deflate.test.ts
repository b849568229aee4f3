import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflateSmall, SMALL_BYTES } from '../../../core/pdf/small-deflate.ts';

function isGivenBack(bytes: Uint8Array): void {
  expect(Buffer.compare(inflateSync(deflateSmall(bytes)), bytes)).toBe(0);
}

describe('deflateSmall', () => {
  it('gives any bytes back through zlib', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), isGivenBack), { numRuns: 300 });
  });

  it('gives repeating bytes back, whatever their distance and length', () => {
    const piece = fc.record({
      bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      times: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const all = pieces.flatMap(({ bytes, times }) => Array.from({ length: times }, () => [...bytes]).flat());
        isGivenBack(Uint8Array.from(all.slice(0, SMALL_BYTES)));
      }),
      { numRuns: 200 },
    );
  });

  it.each([0, 1, 3, 4, 5, 258, 259, 5_552, 5_553, 32_768, 32_769, SMALL_BYTES])('gives %i zeros back', (length) => {
    isGivenBack(new Uint8Array(length));
  });

  it('matches over the whole window, and not beyond it', () => {
    for (const distance of [32_767, 32_768, 32_769]) {
      const bytes = Uint8Array.from({ length: distance + 50 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 24) & 0xff);
      bytes.set(bytes.subarray(1, 50), distance + 1);
      isGivenBack(bytes);
    }
  });

  it('deflates a page of tickets nearly as far as zlib', () => {
    const line = (index: number) =>
      `q 1 0 0 1 28.35 ${600 - 10 * index} cm\n/X4 Do\nBT 23.5 ${index}.25 Td\n/F2 13 Tf [<${(index * 7_919_317).toString(16).toUpperCase().repeat(3)}>]TJ\nET\nQ\n`;
    const page = new TextEncoder().encode(Array.from({ length: 60 }, (_, index) => line(index)).join(''));
    expect(deflateSmall(page).length).toBeLessThan(1.5 * deflateSync(page).length);
    isGivenBack(page);
  });
});
