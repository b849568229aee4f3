const encoder = new TextEncoder();

/**
 * Gathers bytes in one buffer that grows by doubling and is used again after each {@link ByteWriter.take}. Text is
 * encoded in long pieces: by line it would cost three times as much.
 */
export class ByteWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;
  /**
   * Where text is encoded, and copied from: the browser holds on to each view that its encoder was given until a full
   * collection.
   */
  #scratch = new Uint8Array(0);
  /** Not encoded yet. */
  #text = '';

  constructor(capacity = 16 * 1024) {
    this.#buffer = new Uint8Array(capacity);
  }

  /** Bytes gathered and not taken yet. */
  get length(): number {
    return this.#length + this.#text.length;
  }

  /** @param text ASCII only: what is not would change the length. */
  ascii(text: string): void {
    this.#text += text;
  }

  bytes(bytes: Uint8Array): void {
    this.#encode();
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was gathered since the last call; the caller owns it. */
  take(): Uint8Array<ArrayBuffer> {
    this.#encode();
    const taken = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #encode(): void {
    if (this.#text === '') return;
    const { length } = this.#text;
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(2 * length);
    encoder.encodeInto(this.#text, this.#scratch);
    this.#text = '';
    this.#reserve(length);
    this.#buffer.set(this.#scratch.subarray(0, length), this.#length);
    this.#length += length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#buffer.length));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
