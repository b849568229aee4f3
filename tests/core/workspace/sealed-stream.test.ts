import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStream, SEGMENT_BYTES, sealStream } from '../../../core/workspace/sealed-stream.ts';
import { sourceOf } from '../../suites/workspace/sample-workspace.ts';

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
const SEALED_BYTES = SEGMENT_BYTES + 16;
const runs = { numRuns: process.env.TICKETMINT_FULL ? 2_000 : 60 };

async function seal(pieces: readonly Uint8Array[]): Promise<Buffer> {
  const sealed: Uint8Array[] = [];
  async function* all() {
    yield* pieces;
  }
  for await (const segment of sealStream(all(), key)) sealed.push(segment);
  return Buffer.concat(sealed);
}

async function open(sealed: Uint8Array, from = 0): Promise<Buffer> {
  const plain: Uint8Array[] = [];
  for await (const piece of openStream(sourceOf(sealed), from, key)) plain.push(piece);
  return Buffer.concat(plain);
}

/** Of some segments, the last full or not. */
const contents = fc
  .record({ segments: fc.nat(3), rest: fc.oneof(fc.constantFrom(0, 1, SEGMENT_BYTES - 1), fc.nat(SEGMENT_BYTES)) })
  .map(({ segments, rest }) => new Uint8Array(segments * SEGMENT_BYTES + rest).map((_, at) => at >> 8));

describe('a sealed stream', () => {
  test('gives back any bytes, in whatever pieces they came', async () => {
    const cuts = fc.array(fc.nat(200_000), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(contents, cuts, async (bytes, at) => {
        const edges = [0, ...at.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const sealed = await seal(edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge)));
        // A stream that ends with a full segment has no empty one after it.
        expect(sealed.length).toBe(bytes.length + 16 * Math.max(1, Math.ceil(bytes.length / SEGMENT_BYTES)));
        expect((await open(sealed)).equals(bytes)).toBe(true);
      }),
      runs,
    );
  });

  test('is refused when it is cut off anywhere, also between segments', async () => {
    const sealed = await seal([new Uint8Array(2 * SEGMENT_BYTES + 10)]);
    const lengths = fc.oneof(fc.nat(sealed.length - 1), fc.constantFrom(0, SEALED_BYTES, 2 * SEALED_BYTES));
    await fc.assert(
      fc.asyncProperty(lengths, (length) => expectDamaged(sealed.subarray(0, length))),
      runs,
    );
  });

  test('is refused when any bit is changed', async () => {
    const sealed = await seal([new Uint8Array(SEGMENT_BYTES + 10)]);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] as number) ^ (1 << bit);
        await expectDamaged(changed);
      }),
      runs,
    );
  });

  test('is refused when segments are left out, moved, doubled or appended', async () => {
    const sealed = await seal([new Uint8Array(3 * SEGMENT_BYTES + 10)]);
    const segments = [0, 1, 2, 3].map((index) => sealed.subarray(index * SEALED_BYTES, (index + 1) * SEALED_BYTES));
    const orders = fc.array(fc.nat(3), { maxLength: 6 }).filter((order) => order.join() !== '0,1,2,3');
    await fc.assert(
      fc.asyncProperty(orders, (order) =>
        expectDamaged(Buffer.concat(order.map((index) => segments[index] as Uint8Array))),
      ),
      runs,
    );
  });

  async function expectDamaged(sealed: Uint8Array): Promise<void> {
    await expect(open(sealed)).rejects.toMatchObject({ code: 'workspace-damaged' });
  }
});
