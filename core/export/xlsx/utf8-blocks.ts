import { REUSABLE_BYTES } from '../compress.ts';

/** UTF-16 units that are encoded at a time: longer strings V8 keeps apart from its young heap, which costs a fifth more time. */
const PIECE_LENGTH = 32 * 1024;
/** Most bytes of UTF-8 that one UTF-16 unit takes. */
const BYTES_PER_UNIT = 3;
const BLOCK_BYTES = REUSABLE_BYTES + BYTES_PER_UNIT * PIECE_LENGTH;

/**
 * Gathers text in UTF-8, in two blocks that take turns: a worksheet comes to hundreds of megabytes, and buffers that are
 * used once would pile up faster than an engine collects them. A lone surrogate becomes U+FFFD.
 */
export class Utf8Blocks {
  readonly #encoder = new TextEncoder();
  #text = '';
  #open = new Uint8Array(BLOCK_BYTES);
  #bytes = 0;
  #taken = new Uint8Array(BLOCK_BYTES);

  /** @param text with both halves of its surrogate pairs. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_LENGTH) this.#encode();
  }

  get isFull(): boolean {
    return this.#bytes >= REUSABLE_BYTES;
  }

  /** What was gathered since the last call; it stays as it is until something is added after the next call. */
  take(): Uint8Array<ArrayBuffer> {
    this.#encode();
    const block = this.#open.subarray(0, this.#bytes);
    [this.#open, this.#taken] = [this.#taken, this.#open];
    this.#bytes = 0;
    return block;
  }

  #encode(): void {
    const mostBytes = this.#bytes + BYTES_PER_UNIT * this.#text.length;
    if (this.#open.length < mostBytes) {
      const grown = new Uint8Array(mostBytes);
      grown.set(this.#open.subarray(0, this.#bytes));
      this.#open = grown;
    }
    this.#bytes += this.#encoder.encodeInto(this.#text, this.#open.subarray(this.#bytes)).written;
    this.#text = '';
  }
}
