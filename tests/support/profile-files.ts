import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** DER of an Ed25519 private key (PKCS #8, RFC 8410) up to the 32 bytes of the key: what Chromium writes for one. */
const PRIVATE_KEY = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The files of a browser's profile in which a text stands, in any way that browsers write texts, compressed ones too. */
export function filesWith(profile: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return [...contents(profile)].filter(([, bytes]) => needles.some((one) => bytes.includes(one))).map(([name]) => name);
}

/** The files in which a private signing key lies. */
export function filesWithKeys(profile: string): string[] {
  return [...contents(profile)].filter(([, bytes]) => bytes.includes(PRIVATE_KEY)).map(([name]) => name);
}

function* contents(folder: string): Generator<[name: string, bytes: Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    yield [
      join(entry.parentPath, entry.name).slice(folder.length),
      entry.name.endsWith('.ldb') ? tableBlocks(bytes) : bytes,
    ];
  }
}

const FOOTER_BYTES = 48;
const SNAPPY = 1;

/** All blocks of a LevelDB table, uncompressed (LevelDB's table_format.md). */
function tableBlocks(file: Buffer): Buffer {
  const footer = new Cursor(file.subarray(-FOOTER_BYTES));
  readHandle(footer);
  const index = readBlock(file, readHandle(footer));
  const entriesEnd = index.length - 4 * (index.readUInt32LE(index.length - 4) + 1);
  const cursor = new Cursor(index);
  const blocks: Buffer[] = [];
  while (cursor.at < entriesEnd) {
    cursor.varint();
    const [keyBytes, valueBytes] = [cursor.varint(), cursor.varint()];
    cursor.at += keyBytes;
    const next = cursor.at + valueBytes;
    blocks.push(readBlock(file, readHandle(cursor)));
    cursor.at = next;
  }
  return Buffer.concat(blocks);
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function readHandle(cursor: Cursor): Handle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function readBlock(file: Buffer, { offset, size }: Handle): Buffer {
  const block = file.subarray(offset, offset + size);
  return file[offset + size] === SNAPPY ? fromSnappy(block) : block;
}

/** Snappy's raw format (format_description.txt): a length, then literals and copies of what came before. */
function fromSnappy(block: Buffer): Buffer {
  const input = new Cursor(block);
  const output = Buffer.alloc(input.varint());
  let to = 0;
  while (input.at < block.length) {
    const tag = input.byte();
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = 1 + (short < 60 ? short : input.little(short - 59));
      to += block.copy(output, to, input.at, input.at + length);
      input.at += length;
      continue;
    }
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = kind === 1 ? ((tag >> 5) << 8) | input.byte() : input.little(kind === 2 ? 2 : 4);
    // It may copy what it has just written.
    for (const end = to + length; to < end; to++) output[to] = output[to - offset] as number;
  }
  return output;
}

class Cursor {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.at++);
  }

  little(bytes: number): number {
    this.at += bytes;
    return this.#bytes.readUIntLE(this.at - bytes, bytes);
  }

  varint(): number {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
}
