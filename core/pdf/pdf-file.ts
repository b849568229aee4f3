import { ByteWriter } from './byte-writer.ts';
import { deflate } from './deflate.ts';
import { dateString, type ObjectNumber, reference, textString } from './objects.ts';
import { Offsets } from './offsets.ts';
import { deflateSmall, SMALL_BYTES } from './small-deflate.ts';

/** Large streams that are deflated at the same time at most. */
const PENDING_STREAMS = 4;
/** Entries of the cross-reference stream that are gathered at a time. */
const XREF_ENTRY_BYTES = 6;

export interface DocumentFacts {
  readonly title: string;
  readonly createdAt: Date;
  /** 16 bytes in hex, upper case: what tells this file from others. */
  readonly id: string;
}

type Pending =
  | { readonly object: ObjectNumber; readonly body: string }
  | {
      readonly object: ObjectNumber;
      readonly entries: string;
      readonly data: Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
    };

/**
 * A PDF 1.7 file (ISO 32000) that is written from front to back: objects come out in the order in which they were added,
 * and only where they lie is kept (8 bytes an object). Nothing but numbers, names of ours and hex strings is written
 * outside of streams, so no text can become an object, an action or a link.
 *
 * Add objects, and after each addition `settle` and take what `output` has gathered.
 */
export class PdfFile {
  /** What is written and not taken yet. */
  readonly output = new ByteWriter(128 * 1024);
  readonly #offsets = new Offsets();
  readonly #pending: Pending[] = [];
  readonly #onContent: (bytes: Uint8Array<ArrayBuffer>) => void;
  #taken = 0;
  #isEnded = false;

  /** @param onContent is given the data of every stream before it is deflated, in the order of the file. */
  constructor(onContent: (bytes: Uint8Array<ArrayBuffer>) => void = () => {}) {
    this.#onContent = onContent;
    // The comment tells programs that the file is binary (§7.5.2).
    this.output.ascii('%PDF-1.7\n');
    this.output.bytes(Uint8Array.of(0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a));
  }

  /** Reserves a number, to be referred to before the object is written. */
  allocate(): ObjectNumber {
    return this.#offsets.allocate();
  }

  /** Adds an object that is not a stream. @param body as it stands between `obj` and `endobj`. */
  writeObject(object: ObjectNumber, body: string): void {
    if (this.#pending.length === 0) this.#write(object, body);
    else this.#pending.push({ object, body });
  }

  /**
   * Adds a stream, deflated.
   * @param entries of its dictionary besides Length and Filter, like `/Type/XObject`.
   * @param data the file owns it from now on.
   */
  writeStream(object: ObjectNumber, entries: string, data: Uint8Array<ArrayBuffer>): void {
    this.#onContent(data);
    const all = `${entries}/Filter/FlateDecode`;
    if (data.length > SMALL_BYTES) this.#pending.push({ object, entries: all, data: deflate(data) });
    else this.#writeLater(object, all, deflateSmall(data));
  }

  /** Adds a stream whose data are encoded already, or are not to be. @param entries with the filter, where there is one. */
  writeEncodedStream(object: ObjectNumber, entries: string, data: Uint8Array<ArrayBuffer>): void {
    this.#onContent(data);
    this.#writeLater(object, entries, data);
  }

  #writeLater(object: ObjectNumber, entries: string, data: Uint8Array<ArrayBuffer>): void {
    if (this.#pending.length === 0) this.#writeData(object, entries, data);
    else this.#pending.push({ object, entries, data });
  }

  /** Writes what was added, but for the last few streams, which are deflated meanwhile. */
  async settle(): Promise<void> {
    await this.#settle(PENDING_STREAMS);
  }

  /** Bytes gathered since the last call; the caller owns them. */
  take(): Uint8Array<ArrayBuffer> {
    this.#taken += this.output.length;
    return this.output.take();
  }

  /** Writes the catalog, the information dictionary, the cross-reference stream and the end of the file. */
  async end(pages: ObjectNumber, { title, createdAt, id }: DocumentFacts): Promise<void> {
    if (this.#isEnded) throw new TypeError('expected a file that is not ended');
    this.#isEnded = true;
    const date = dateString(createdAt);
    const [catalog, info] = [this.allocate(), this.allocate()];
    const name = textString(title);
    this.writeObject(
      catalog,
      `<</Type/Catalog/Pages ${reference(pages)}/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>`,
    );
    this.writeObject(info, `<</Title ${name}/Producer(Ticketmint)/CreationDate${date}/ModDate${date}>>`);
    await this.#settle(0);
    await this.#writeCrossReferences(`/Root ${reference(catalog)}/Info ${reference(info)}/ID[<${id}><${id}>]`);
  }

  async #settle(most: number): Promise<void> {
    while (this.#pending.length > most || (this.#pending[0] !== undefined && 'body' in this.#pending[0])) {
      const next = this.#pending.shift() as Pending;
      if ('body' in next) this.#write(next.object, next.body);
      else this.#writeData(next.object, next.entries, await next.data);
    }
  }

  #write(object: ObjectNumber, body: string): void {
    this.#begin(object);
    this.output.ascii(`${object} 0 obj\n${body}\nendobj\n`);
  }

  #writeData(object: ObjectNumber, entries: string, data: Uint8Array<ArrayBuffer>): void {
    this.#begin(object);
    this.output.ascii(`${object} 0 obj\n<<${entries}/Length ${data.length}>>stream\n`);
    this.output.bytes(data);
    this.output.ascii('\nendstream\nendobj\n');
  }

  #begin(object: ObjectNumber): void {
    this.#offsets.set(object, this.#taken + this.output.length);
  }

  /** The cross-reference stream (§7.5.8): a type, a big-endian offset of 5 bytes; generations are 0 and left out. */
  async #writeCrossReferences(trailer: string): Promise<void> {
    const object = this.allocate();
    this.#begin(object);
    const startOfTable = this.#offsets.at(object);
    const size = this.#offsets.size;
    const table = new Uint8Array(size * XREF_ENTRY_BYTES);
    const view = new DataView(table.buffer);
    for (let number = 1; number < size; number++) {
      const offset = this.#offsets.at(number);
      if (offset === 0) continue;
      const at = number * XREF_ENTRY_BYTES;
      view.setUint8(at, 1);
      view.setUint8(at + 1, Math.floor(offset / 2 ** 32));
      view.setUint32(at + 2, offset % 2 ** 32);
    }
    const entries = `/Type/XRef/Size ${size}/W[1 5 0]${trailer}/Filter/FlateDecode`;
    this.#writeData(object, entries, await deflate(table));
    this.output.ascii(`startxref\n${startOfTable}\n%%EOF\n`);
  }
}
