import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../core/export/sha256.ts';

const ascii = new TextEncoder();

describe('Sha256', () => {
  // FIPS 180-4's example messages, and the lengths where padding takes another block.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('hashes %j', (message, digest) => {
    const hash = new Sha256();
    hash.update(ascii.encode(message));
    expect(hash.digest()).toBe(digest);
  });

  it('hashes a million times the letter a, in pieces of any size', () => {
    const hash = new Sha256();
    for (let left = 1_000_000, size = 1; left > 0; size = (size * 7 + 1) % 4_099) {
      const piece = Math.min(left, size);
      hash.update(new Uint8Array(piece).fill(0x61));
      left -= piece;
    }
    expect(hash.digest()).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('gives what OpenSSL gives, however the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const hash = new Sha256();
        const reference = createHash('sha256');
        for (const piece of pieces) {
          // Within a larger buffer, as slices of a chunk are.
          const padded = new Uint8Array(piece.length + 3);
          padded.set(piece, 3);
          hash.update(padded.subarray(3));
          reference.update(piece);
        }
        expect(hash.digest()).toBe(reference.digest('hex'));
      }),
      { numRuns: 500 },
    );
  });

  it.runIf(process.env.TICKETMINT_FULL)('counts lengths beyond 2^32 bits (with the full counts only: 600 MB)', () => {
    const hash = new Sha256();
    const reference = createHash('sha256');
    const piece = new Uint8Array(64 * 1024 * 1024).fill(7);
    for (let count = 0; count < 9; count++) {
      hash.update(piece);
      reference.update(piece);
    }
    expect(hash.digest()).toBe(reference.digest('hex'));
  });
});
