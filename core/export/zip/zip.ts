import { ChunkGatherer } from '../chunk-gatherer.ts';
import { compress } from '../compress.ts';
import { exportError } from '../fault-error.ts';
import { updateCrc32 } from './crc32.ts';
import { deflateRawBytes } from './deflate.ts';
import { EntryNames } from './entry-names.ts';
import {
  centralDirectoryHeader,
  dataDescriptor,
  dosTime,
  type EntryFacts,
  type EntrySizes,
  endOfCentralDirectory,
  localFileHeader,
  MAX_UINT32,
  type ZipMethod,
} from './records.ts';

/** One file of an archive. */
export interface ZipEntry {
  /** With `/` between folders. It is made safe and unique, see {@link EntryNames}. */
  readonly name: string;
  /** The whole file; or a stream, read once and lazily, whose chunks must not be changed but as `compress` allows. */
  readonly content: Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly method: ZipMethod;
  /**
   * Of a stream: it stays under 4 GiB, before and after compression. Its header then does without Zip64, which old
   * readers and Excel prefer. @throws {TicketmintError} `export-incomplete` when it does not.
   */
  readonly isBelow4GiB?: boolean;
}

export interface ZipOptions {
  /** When the files are said to have been changed. */
  readonly now: Date;
  /** IANA name: ZIP has local times. */
  readonly timeZone: string;
}

/**
 * Writes a ZIP archive (APPNOTE 6.3), lazily, in chunks of 64 KiB: an entry is asked for when the one before it is written.
 * Zip64 where sizes, offsets or the number of entries need it. Holds one chunk, what the compressor holds, and about
 * 300 bytes an entry for the directory. Leaving early closes the entries and the stream of the current one.
 */
export async function* writeZip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  { now, timeZone }: ZipOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const archive = new Archive(dosTime(now, timeZone));
  for await (const entry of entries) {
    const { content } = entry;
    if (content instanceof Uint8Array) {
      await archive.addFile(entry, content);
      yield* archive.output.takeFull();
    } else {
      yield* archive.addStream(entry, content);
    }
  }
  archive.end();
  yield* archive.output.takeAll();
}

class Archive {
  readonly output = new ChunkGatherer();
  readonly #directory = new ChunkGatherer();
  readonly #names = new EntryNames();
  readonly #encoder = new TextEncoder();
  readonly #dosTime: number;
  #entries = 0;

  constructor(time: number) {
    this.#dosTime = time;
  }

  async addFile({ name, method }: ZipEntry, content: Uint8Array<ArrayBuffer>): Promise<void> {
    const deflated = method === 'deflate' ? await deflateRawBytes(content) : content;
    const isSmaller = deflated.length < content.length;
    const data = isSmaller ? deflated : content;
    const sizes = { crc: updateCrc32(0, content), compressedBytes: data.length, bytes: content.length };
    const facts = {
      ...this.#factsOf(name, isSmaller ? 'deflate' : 'store'),
      hasDescriptor: false,
      isZip64: content.length >= MAX_UINT32,
    };
    const offset = this.output.bytes;
    this.output.add(localFileHeader(facts, sizes));
    this.output.add(data);
    this.#register(facts, sizes, offset);
  }

  async *addStream(
    { name, method, isBelow4GiB = false }: ZipEntry,
    content: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const facts = { ...this.#factsOf(name, method), hasDescriptor: true, isZip64: !isBelow4GiB };
    const offset = this.output.bytes;
    this.output.add(localFileHeader(facts, { crc: 0, compressedBytes: 0, bytes: 0 }));
    const dataOffset = this.output.bytes;
    const measured = new MeasuredStream(content);
    for await (const chunk of method === 'deflate' ? compress(measured, 'deflate-raw') : measured) {
      this.output.add(chunk);
      yield* this.output.takeFull();
    }
    const sizes = { crc: measured.crc, compressedBytes: this.output.bytes - dataOffset, bytes: measured.bytes };
    if (isBelow4GiB && Math.max(sizes.bytes, sizes.compressedBytes) >= MAX_UINT32)
      throw exportError({ code: 'entry-too-large', bytes: sizes.bytes });
    this.output.add(dataDescriptor(facts, sizes));
    this.#register(facts, sizes, offset);
  }

  end(): void {
    const offset = this.output.bytes;
    for (const chunk of this.#directory.takeAll()) this.output.add(chunk);
    const bytes = this.output.bytes - offset;
    this.output.add(endOfCentralDirectory({ entries: this.#entries, bytes, offset }));
  }

  #factsOf(name: string, method: ZipMethod): Pick<EntryFacts, 'name' | 'method' | 'dosTime'> {
    return { name: this.#encoder.encode(this.#names.claim(name)), method, dosTime: this.#dosTime };
  }

  #register(facts: EntryFacts, sizes: EntrySizes, offset: number): void {
    this.#directory.add(centralDirectoryHeader(facts, sizes, offset));
    this.#entries++;
  }
}

/** A stream with its checksum and size so far. */
class MeasuredStream {
  crc = 0;
  bytes = 0;
  readonly #content: AsyncIterable<Uint8Array<ArrayBuffer>>;

  constructor(content: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    this.#content = content;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const chunk of this.#content) {
      this.crc = updateCrc32(this.crc, chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}
