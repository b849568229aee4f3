import { type DecodeOptions, Token, Tokenizer, Type } from 'cborg';

const MAJOR_TEXT = 3;
const MAJOR_ARRAY = 4;
/** Lengths up to 23 stand in the head itself; 24 says that one byte follows, 25 that two do. */
const ONE_BYTE_LENGTH = 24;
const TWO_BYTE_LENGTH = 25;
const NULL = 0xf6;

/** A text keeps the byte order mark that it begins with. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * cborg's tokenizer for trusted chunks: the texts of a column are decoded at once and cut out afterwards. Twice as fast as
 * text by text, with a tenth of the garbage.
 */
export class TextTokenizer extends Tokenizer {
  readonly #bytes: Uint8Array;
  /** The texts of the column that is being read, one after another, how much of them was cut out, and where it ends. */
  #column = '';
  #cut = 0;
  #start = 0;
  #end = 0;

  constructor(bytes: Uint8Array, options?: DecodeOptions) {
    // As cborg does: of a Node Buffer, byte strings would become Buffers.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    super(plain, options);
    this.#bytes = plain;
  }

  override next(): Token {
    const at = this._pos;
    const major = (this.#bytes[at] as number) >>> 5;
    if (major === MAJOR_ARRAY) this.#openColumn(at);
    if (major !== MAJOR_TEXT || at < this.#start || at >= this.#end) return super.next();
    const start = at + this.#headLength(at);
    const end = start + this.#valueAt(at);
    const from = this.#cut;
    this.#cut += this.#unitsOf(start, end);
    this._pos = end;
    return new Token(Type.string, this.#column.slice(from, this.#cut), end - at);
  }

  /** Decodes an array of texts and nulls; anything else is none. */
  #openColumn(at: number): void {
    this.#start = at + this.#headLength(at);
    const texts = new Uint8Array(this.#bytes.length - this.#start);
    let length = 0;
    let end = this.#start;
    for (let left = this.#valueAt(at); left > 0; left--) {
      const head = this.#bytes[end] as number;
      if (head === NULL) {
        end++;
        continue;
      }
      if (head >>> 5 !== MAJOR_TEXT || (head & 31) > TWO_BYTE_LENGTH) return;
      const start = end + this.#headLength(end);
      end = start + this.#valueAt(end);
      for (let from = start; from < end; from++) texts[length++] = this.#bytes[from] as number;
    }
    this.#end = end;
    this.#column = utf8.decode(texts.subarray(0, length));
    this.#cut = 0;
  }

  #headLength(at: number): number {
    const minor = (this.#bytes[at] as number) & 31;
    return minor < ONE_BYTE_LENGTH ? 1 : minor === ONE_BYTE_LENGTH ? 2 : 3;
  }

  #valueAt(at: number): number {
    const minor = (this.#bytes[at] as number) & 31;
    if (minor < ONE_BYTE_LENGTH) return minor;
    const next = this.#bytes[at + 1] as number;
    return minor === ONE_BYTE_LENGTH ? next : (next << 8) | (this.#bytes[at + 2] as number);
  }

  /** UTF-16 units of some UTF-8: one for the first byte of each character, two where it has four. */
  #unitsOf(start: number, end: number): number {
    let units = 0;
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at] as number;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  }
}
