import { type DecodeOptions, Token, Tokenizer, Type } from 'cborg';
import { PackedColumn } from './packed-column.ts';

const MAJOR_ARRAY = 4;

/**
 * cborg's tokenizer for trusted chunks: an array is not read, but found, and stands in what is decoded as its place in
 * {@link columns}.
 */
export class PackedTokenizer extends Tokenizer {
  readonly columns: PackedColumn[] = [];
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, options?: DecodeOptions) {
    // As cborg does: of a Node Buffer, byte strings would become Buffers.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    super(plain, options);
    this.#bytes = plain;
  }

  override next(): Token {
    const at = this._pos;
    if ((this.#bytes[at] as number) >>> 5 !== MAJOR_ARRAY) return super.next();
    const column = new PackedColumn(this.#bytes, at);
    this._pos = column.end;
    return new Token(Type.uint, this.columns.push(column) - 1, column.end - at);
  }
}
