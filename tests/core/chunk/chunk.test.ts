import { encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Chunk,
  chunkCountOf,
  chunkRange,
  decodeChunk,
  decodeTrustedChunk,
  encodeChunk,
  isColumnName,
  MAX_CHUNK_BYTES,
  MAX_FIELD_LENGTH,
  seqOfSerial,
} from '../../../core/chunk/chunk.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { bytesToHex, hexToBytes } from '../../../core/ticket/token.ts';

const CHUNK: Chunk = {
  batchId: '0123456789ab',
  seq: 2,
  firstSerial: 101,
  count: 2,
  mintedAt: 1_700_000_000_000,
  signatures: new Uint8Array(128).fill(7),
};

/** With lengths in the head, in one byte after it and in two. */
const fieldValues = fc.option(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary-ascii', maxLength: 300, size: 'max' }),
    fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
  ),
  { nil: null },
);
const chunks: fc.Arbitrary<Chunk> = fc
  .oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 250, max: 260 }))
  .chain((count) =>
    fc
      .record({
        batchId: fc.uint8Array({ minLength: 6, maxLength: 6 }).map(bytesToHex),
        seq: fc.nat(),
        firstSerial: fc.integer({ min: 1, max: 0xffff_ffff }),
        count: fc.constant(count),
        mintedAt: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        signatures: fc
          .uint8Array({ minLength: 64 * count, maxLength: 64 * count })
          .map((bytes) => new Uint8Array(bytes)),
        fields: fc.option(
          fc.dictionary(
            fc.constantFrom('holder', 'email', 'seat', 'x-shirt', 'x-größe'),
            fc.array(fieldValues, { minLength: count, maxLength: count }),
            { minKeys: 1 },
          ),
          { nil: undefined },
        ),
      })
      .map(({ fields, ...rest }) => (fields === undefined ? rest : { ...rest, fields: { ...fields } })),
  );

describe('a chunk', () => {
  test('is given back by both decoders', () => {
    fc.assert(
      fc.property(chunks, (chunk) => {
        const bytes = encodeChunk(chunk);
        expect(decodeChunk(bytes)).toEqual(chunk);
        expect(decodeTrustedChunk(bytes)).toEqual(chunk);
      }),
    );
  });

  test('is encoded as RFC 8949 §4.2 says: keys in the order of their encoding, shortest integers', () => {
    const chunk = { ...CHUNK, count: 1, signatures: new Uint8Array(64) };
    expect(bytesToHex(encodeChunk(chunk))).toBe(
      [
        'a7',
        '617601',
        '6373657102',
        '656261746368460123456789ab',
        '65636f756e7401',
        '686d696e74656441741b0000018bcfe56800',
        `6a7369676e6174757265735840${'00'.repeat(64)}`,
        '6b666972737453657269616c1865',
      ].join(''),
    );
  });

  test('has one encoding only', () => {
    const bytes = encodeChunk(CHUNK);
    const longInteger = hexToBytes(bytesToHex(bytes).replace('6373657102', '637365711802'));
    expect(() => decodeChunk(longInteger)).toThrow(TicketmintError);
    expect(() => decodeChunk(new Uint8Array([...bytes, 0]))).toThrow(TicketmintError);
  });

  test('is refused with any of its bytes cut off', () => {
    const bytes = encodeChunk({ ...CHUNK, fields: { holder: ['Zoë', null] } });
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeChunk(bytes.subarray(0, length))).toThrow(TicketmintError);
  });

  test('is refused, never crashed on, when its bytes are arbitrary', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeChunk(bytes)).toThrow(TicketmintError);
      }),
    );
  });

  test.each<[field: string, change: Record<string, unknown>]>([
    ['chunk', { extra: 1 }],
    ['v', { v: 2 }],
    ['batch', { batch: new Uint8Array(5) }],
    ['batch', { batch: '0123456789ab' }],
    ['seq', { seq: -1 }],
    ['seq', { seq: '2' }],
    ['firstSerial', { firstSerial: 0 }],
    ['firstSerial', { firstSerial: 2 ** 32 }],
    ['count', { count: 0 }],
    ['count', { count: 5_001 }],
    ['mintedAt', { mintedAt: -1 }],
    ['signatures', { signatures: new Uint8Array(127) }],
    ['signatures', { signatures: 'text' }],
    ['fields', { fields: {} }],
    ['fields', { fields: [] }],
    ['fields', { fields: { unknown: ['a', 'b'] } }],
    ['fields', { fields: { 'x-': ['a', 'b'] } }],
    ['fields.holder', { fields: { holder: ['a'] } }],
    ['fields.holder', { fields: { holder: ['a', 1] } }],
    ['fields.holder', { fields: { holder: ['a', 'b'.repeat(MAX_FIELD_LENGTH + 1)] } }],
  ])('is refused by its %s when it has %o', (field, change) => {
    const { batchId, ...rest } = CHUNK;
    const bytes = encode({ v: 1, batch: hexToBytes(batchId), ...rest, ...change }, rfc8949EncodeOptions);
    try {
      decodeChunk(bytes);
    } catch (error) {
      expect(error).toMatchObject({ code: 'chunk-invalid', details: { field } });
      return;
    }
    expect.fail('expected a refusal');
  });

  test('is refused above its size limit before it is decoded', () => {
    expect(() => decodeChunk(new Uint8Array(MAX_CHUNK_BYTES + 1))).toThrow(/at most/);
  });
});

describe('a batch', () => {
  test('is covered by its chunks, each serial in exactly one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 50, max: 600 }), (count, chunkSize) => {
        let next = 1;
        for (let seq = 0; seq < chunkCountOf({ count, chunkSize }); seq++) {
          const range = chunkRange({ count, chunkSize }, seq);
          expect(range.firstSerial).toBe(next);
          expect(range.count).toBeGreaterThan(0);
          expect(seqOfSerial({ chunkSize }, range.firstSerial)).toBe(seq);
          expect(seqOfSerial({ chunkSize }, range.firstSerial + range.count - 1)).toBe(seq);
          next += range.count;
        }
        expect(next).toBe(count + 1);
      }),
    );
  });
});

describe('a column', () => {
  test.each(['holder', 'email', 'phone', 'seat', 'organisation', 'ref', 'notes', 'x-shirt', 'x-größe', 'x-नाम'])(
    'may be named %s',
    (name) => {
      expect(isColumnName(name)).toBe(true);
    },
  );
  test.each(['', 'Holder', 'x-', 'X-shirt', 'x-Shirt', 'x-a b', `x-${'a'.repeat(41)}`, '__proto__', 'constructor'])(
    'may not be named %j',
    (name) => {
      expect(isColumnName(name)).toBe(false);
    },
  );
});
