import { type DecodeOptions, Token, Tokenizer, Type } from 'cborg';

const MAJOR_TEXT = 3;
const MAJOR_ARRAY = 4;
/** Lengths up to 23 stand in the head itself; 24 says that one byte follows, 25 that two do. */
const ONE_BYTE_LENGTH = 24;
const TWO_BYTE_LENGTH = 25;
const NULL = 0xf6;

/** One character a byte; of ASCII text it gives the text. */
const singleBytes = new TextDecoder('latin1');

/**
 * cborg's tokenizer for trusted chunks: the texts of a column are decoded at once and cut out afterwards, those with
 * characters beyond ASCII excepted. A tenth of the garbage that text by text makes, and twice as fast.
 */
export class TextTokenizer extends Tokenizer {
  readonly #bytes: Uint8Array;
  /** The column that is being read, and where it lies. */
  #column = '';
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
    if (!this.#isAscii(start, end)) return super.next();
    this._pos = end;
    return new Token(Type.string, this.#column.slice(start - this.#start, end - this.#start), end - at);
  }

  /** Finds the end of an array of texts and nulls; of anything else there is no column. */
  #openColumn(at: number): void {
    this.#start = at + this.#headLength(at);
    let end = this.#start;
    for (let left = this.#valueAt(at); left > 0; left--) {
      const head = this.#bytes[end] as number;
      if (head === NULL) end++;
      else if (head >>> 5 === MAJOR_TEXT && (head & 31) <= TWO_BYTE_LENGTH)
        end += this.#headLength(end) + this.#valueAt(end);
      else return;
    }
    this.#end = end;
    this.#column = singleBytes.decode(this.#bytes.subarray(this.#start, end));
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

  #isAscii(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if ((this.#bytes[at] as number) > 0x7f) return false;
    return true;
  }
}
