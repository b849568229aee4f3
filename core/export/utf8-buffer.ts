/** Most bytes of UTF-8 that one UTF-16 unit takes. */
const BYTES_PER_UNIT = 3;

/**
 * Gathers text, and gives it away in UTF-8. A lone surrogate becomes U+FFFD.
 *
 * Text grows by concatenation and is encoded as a whole: in V8 a loop over the characters is as fast for strings in one
 * piece, and three times slower from the moment that a slice or a concatenation comes by.
 */
export class Utf8Buffer {
  #text = '';
  #bytes = new Uint8Array(0);
  readonly #encoder = new TextEncoder();

  /** UTF-16 units gathered and not taken yet. */
  get length(): number {
    return this.#text.length;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** What was gathered since the last call; the caller owns it. */
  take(): Uint8Array<ArrayBuffer> {
    const mostBytes = BYTES_PER_UNIT * this.#text.length;
    if (this.#bytes.length < mostBytes) this.#bytes = new Uint8Array(mostBytes);
    const { written } = this.#encoder.encodeInto(this.#text, this.#bytes);
    this.#text = '';
    return this.#bytes.slice(0, written);
  }
}
