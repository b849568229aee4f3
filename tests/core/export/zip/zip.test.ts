import { spawnSync } from 'node:child_process';
import { openSync, readdirSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CFB } from 'xlsx';
import { updateCrc32 } from '../../../../core/export/zip/crc32.ts';
import { writeZip, type ZipEntry } from '../../../../core/export/zip/zip.ts';
import { withFile, zipReaders } from './zip-readers.ts';

const isFull = (process.env.TICKETMINT_FULL ?? '') !== '';
const OPTIONS = { now: new Date('2026-11-22T10:20:30Z'), timeZone: 'Asia/Kolkata' };
const GIB = 2 ** 30;

async function zipOf(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writeZip(entries, OPTIONS)) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function* streamOf(...texts: string[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

const LONG = 'ticket '.repeat(50_000);
const MIXED: () => ZipEntry[] = () => [
  { name: 'stored.txt', method: 'store', content: new TextEncoder().encode('as it is') },
  { name: 'deflated.txt', method: 'deflate', content: new TextEncoder().encode(LONG) },
  { name: 'random.bin', method: 'deflate', content: crypto.getRandomValues(new Uint8Array(1_000)) },
  { name: 'folder/நன்றி.csv', method: 'deflate', content: streamOf(LONG, 'end') },
  { name: 'folder/stored stream', method: 'store', content: streamOf('a', '', LONG) },
  { name: 'small stream', method: 'deflate', content: streamOf('x'), isBelow4GiB: true },
  { name: 'empty', method: 'deflate', content: new Uint8Array(0) },
  { name: 'empty stream', method: 'deflate', content: streamOf() },
];
const MIXED_SIZES = [8, LONG.length, 1_000, LONG.length + 3, LONG.length + 1, 1, 0, 0];

describe('CRC-32', () => {
  it('agrees with zlib, whole and in pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
        const inPieces = updateCrc32(updateCrc32(0, bytes.subarray(0, at)), bytes.subarray(at));
        expect(inPieces).toBe(crc32(bytes));
      }),
    );
  });
});

describe('writeZip', () => {
  for (const reader of zipReaders)
    it.skipIf(!reader.isHere)(
      `is read by ${reader.name}${reader.isHere ? '' : ' (skipped: not installed)'}`,
      async () => {
        const listed = withFile(await zipOf(MIXED()), reader.list);
        const expected = MIXED().map(({ name }, index) => ({ name, bytes: MIXED_SIZES[index] }));
        // Info-ZIP shows other scripts in the terminal's own way.
        const names = (entries: typeof listed) =>
          entries.map(({ name }) => name.replace(/[^ -~]+|#U[0-9a-f]+|\?+/g, ''));
        expect(names(listed)).toEqual(names(expected as typeof listed));
        expect(listed.map(({ bytes }) => bytes)).toEqual(MIXED_SIZES);
      },
    );

  it('is read by SheetJS, with the same content', async () => {
    // It knows no Zip64.
    const entries = MIXED().filter(({ content, isBelow4GiB }) => content instanceof Uint8Array || isBelow4GiB === true);
    const container = CFB.read(await zipOf(entries), { type: 'array' });
    const contentOf = (name: string) => Buffer.from(CFB.find(container, name)?.content ?? []).toString();
    expect(contentOf('stored.txt')).toBe('as it is');
    expect(contentOf('deflated.txt')).toBe(LONG);
    expect(contentOf('small stream')).toBe('x');
  });

  it('writes an archive without entries', async () => {
    const bytes = await zipOf([]);
    expect(Buffer.from(bytes).toString('hex')).toBe(`504b0506${'00'.repeat(18)}`);
  });

  it('gives the time in the zone, and the same bytes for the same stored input', async () => {
    const entries = (): ZipEntry[] => [{ name: 'a', method: 'store', content: new Uint8Array(3) }];
    const bytes = await zipOf(entries());
    expect(await zipOf(entries())).toEqual(bytes);
    const time = new DataView(bytes.buffer).getUint32(10, true);
    const local = [(time >>> 25) + 1980, (time >>> 21) & 15, (time >>> 16) & 31, (time >>> 11) & 31, (time >>> 5) & 63];
    expect(local).toEqual([2026, 11, 22, 15, 50]);
  });

  it('gives chunks of 64 KiB', async () => {
    const sizes: number[] = [];
    const content = crypto.getRandomValues(new Uint8Array(60_000));
    for await (const chunk of writeZip(
      Array.from({ length: 20 }, (_, index): ZipEntry => ({ name: `${index}`, method: 'store', content })),
      OPTIONS,
    ))
      sizes.push(chunk.length);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([65_536]));
  });
});

describe('writeZip, lazily', () => {
  it('asks for nothing before the first read, and for no more than it needs', async () => {
    let asked = 0;
    function* entries(): Generator<ZipEntry> {
      for (;;) yield { name: `${asked++}`, method: 'store', content: new Uint8Array(40_000) };
    }
    const chunks = writeZip(entries(), OPTIONS);
    expect(asked).toBe(0);
    await chunks.next();
    expect(asked).toBe(2);
    await chunks.return(undefined);
  });

  it.each(['store', 'deflate'] as const)('closes its input when left early (%s)', async (method) => {
    let isClosed = false;
    let pulled = 0;
    async function* content() {
      try {
        for (; ; pulled++) yield crypto.getRandomValues(new Uint8Array(65_536));
      } finally {
        isClosed = true;
      }
    }
    for await (const chunk of writeZip([{ name: 'a', method, content: content() }], OPTIONS)) {
      expect(chunk).toHaveLength(65_536);
      break;
    }
    expect(isClosed).toBe(true);
    expect(pulled).toBeLessThan(8);
  });

  it.each(['store', 'deflate'] as const)('passes on what its input throws (%s)', async (method) => {
    async function* content() {
      yield new Uint8Array(100_000);
      throw new RangeError('the photo is gone');
    }
    await expect(zipOf([{ name: 'a', method, content: content() }])).rejects.toThrow('the photo is gone');
  });
});

describe('writeZip at the limits of ZIP (E3)', () => {
  const python = zipReaders[0];

  it.each([65_534, 65_535, 65_536])('counts %i entries', async (count) => {
    const empty = new Uint8Array(0);
    function* entries(): Generator<ZipEntry> {
      for (let index = 0; index < count; index++) yield { name: `${index}`, method: 'store', content: empty };
    }
    const bytes = await zipOf(entries());
    const hasZip64 = Buffer.from(bytes.subarray(-98)).includes(Buffer.from('504b0606', 'hex'));
    expect(hasZip64).toBe(count >= 65_535);
    // Checking so many entries takes them seconds.
    if (count !== 65_536 && !isFull) return;
    for (const reader of zipReaders.filter(({ isHere }) => isHere))
      expect(withFile(bytes, reader.list), reader.name).toHaveLength(count);
  });

  const onlyFull = isFull ? '' : ' (full runs only)';
  it.skipIf(!isFull)(`refuses a stream that breaks its promise to stay below 4 GiB${onlyFull}`, async () => {
    const zeros = new Uint8Array(64 * 2 ** 20);
    async function* content() {
      for (let times = 0; times < 64; times++) yield zeros;
    }
    const chunks = writeZip([{ name: 'a', method: 'store', content: content(), isBelow4GiB: true }], OPTIONS);
    const reading = (async () => {
      for await (const _ of chunks);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'export-incomplete' });
  });

  const sparsePath = join(tmpdir(), `zip64-${process.pid}.zip`);
  afterEach(() => rmSync(sparsePath, { force: true }));
  const why = isFull ? (python?.isHere === true ? '' : ' (skipped: no python3)') : ' (full runs only)';
  it.skipIf(why !== '')(`writes entries and offsets beyond 4 GiB${why}`, async () => {
    const zeros = new Uint8Array(2 ** 20);
    async function* content() {
      for (let times = 0; times < 4 * 1_024 + 1; times++) yield zeros;
    }
    const entries: ZipEntry[] = [
      { name: 'large', method: 'store', content: content() },
      { name: 'large deflated', method: 'deflate', content: content() },
      { name: 'after', method: 'store', content: new TextEncoder().encode('here') },
    ];
    const file = openSync(sparsePath, 'w');
    let at = 0;
    for await (const chunk of writeZip(entries, OPTIONS)) {
      // Holes where there are zeros.
      if (chunk.some((byte) => byte !== 0)) writeSync(file, chunk, 0, chunk.length, at);
      at += chunk.length;
    }
    truncateSync(sparsePath, at);
    expect(at).toBeGreaterThan(4 * GIB);
    for (const reader of zipReaders.filter(({ isHere }) => isHere))
      expect(reader.list(sparsePath), reader.name).toEqual([
        { name: 'large', bytes: 4 * GIB + 2 ** 20 },
        { name: 'large deflated', bytes: 4 * GIB + 2 ** 20 },
        { name: 'after', bytes: 4 },
      ]);
  });
});

describe('unpacking', () => {
  const hasUnzip = zipReaders[1]?.isHere === true;
  it.skipIf(!hasUnzip)(`gives files that their owner may read${hasUnzip ? '' : ' (skipped: no unzip)'}`, async () => {
    withFile(await zipOf([{ name: 'a/b.txt', method: 'store', content: new Uint8Array([0x61]) }]), (path, folder) => {
      spawnSync('unzip', ['-q', path, '-d', folder]);
      expect(readdirSync(folder).sort()).toEqual(['a', 'archive.zip']);
      expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).toBe('a');
    });
  });
});
