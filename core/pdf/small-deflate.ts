/**
 * Data of at most this many bytes are deflated by {@link deflateSmall}: a page has some 5 kB, and starting the engine's
 * own compressor costs as much as deflating that, and leaves much for the garbage collector.
 */
export const SMALL_BYTES = 64 * 1024;

const MIN_MATCH = 4;
const MAX_MATCH = 258;
const MAX_DISTANCE = 32_768;
const END_OF_BLOCK = 256;
const HASH_BITS = 13;

/** Codes as they are written, least significant bit first: fixed Huffman codes (RFC 1951 §3.2.6), with their extra bits. */
const LITERALS = fixedCodes();
const LENGTHS = lengthCodes();
const DISTANCE_CODES = distanceCodes();

// Reused by every call, which is synchronous.
const output = new Uint8Array(Math.ceil((SMALL_BYTES * 9) / 8) + 64);
/** By hash: where these four bytes came last, counted over all calls; older than `base` is of another call. */
const heads = new Int32Array(1 << HASH_BITS).fill(-1);
let base = 0;
/** Before positions leave the range of 32-bit integers, they start anew. */
const LAST_BASE = 2 ** 30;

/**
 * Deflates a little data in zlib's format (RFC 1950): one block of fixed codes, with the latest match of four bytes or
 * more. The same on every engine.
 * @param bytes at most {@link SMALL_BYTES}.
 */
export function deflateSmall(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new BitWriter();
  writer.byte(0x78);
  writer.byte(0x01);
  // The last block, of fixed codes.
  writer.bits(0b011, 3);
  writeBlock(bytes, writer);
  writer.bits(LITERALS.bits[END_OF_BLOCK] as number, LITERALS.lengths[END_OF_BLOCK] as number);
  writer.align();
  const check = adler32(bytes);
  for (const shift of [24, 16, 8, 0]) writer.byte((check >>> shift) & 0xff);
  return output.slice(0, writer.at);
}

function writeBlock(bytes: Uint8Array, writer: BitWriter): void {
  if (base > LAST_BASE) {
    heads.fill(-1);
    base = 0;
  }
  const { length } = bytes;
  const last = length - MIN_MATCH;
  let at = 0;
  while (at < length) {
    const match = at <= last ? matchAt(bytes, at) : 0;
    if (match === 0) {
      const literal = bytes[at++] as number;
      writer.bits(LITERALS.bits[literal] as number, LITERALS.lengths[literal] as number);
      continue;
    }
    const matched = matchLength(bytes, at, match);
    writer.bits(LENGTHS.bits[matched] as number, LENGTHS.lengths[matched] as number);
    writeDistance(writer, at - match);
    const end = at + matched;
    // What lies within a match may begin the next one.
    for (at++; at < end; at++) if (at <= last) heads[hashAt(bytes, at)] = base + at;
  }
  base += length;
}

/** Where the four bytes came before; 0: nowhere. A match with the very first byte is given up for that. */
function matchAt(bytes: Uint8Array, at: number): number {
  const hash = hashAt(bytes, at);
  const before = (heads[hash] as number) - base;
  heads[hash] = base + at;
  if (before <= 0 || at - before > MAX_DISTANCE) return 0;
  for (let index = 0; index < MIN_MATCH; index++) if (bytes[before + index] !== bytes[at + index]) return 0;
  return before;
}

function hashAt(bytes: Uint8Array, at: number): number {
  const word =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  return Math.imul(word, 0x9e37_79b1) >>> (32 - HASH_BITS);
}

function matchLength(bytes: Uint8Array, at: number, before: number): number {
  const most = Math.min(MAX_MATCH, bytes.length - at);
  let length = MIN_MATCH;
  while (length < most && bytes[before + length] === bytes[at + length]) length++;
  return length;
}

function writeDistance(writer: BitWriter, distance: number): void {
  const back = distance - 1;
  const code = DISTANCE_CODES.of[back < 256 ? back : 256 + (back >>> 7)] as number;
  const extra = DISTANCE_CODES.extra[code] as number;
  writer.bits(DISTANCE_CODES.bits[code] as number, 5);
  writer.bits(distance - (DISTANCE_CODES.first[code] as number), extra);
}

/** Writes bits into {@link output}, the least significant first. */
class BitWriter {
  at = 0;
  #word = 0;
  #count = 0;

  byte(value: number): void {
    output[this.at++] = value;
  }

  /** @param count 0 to 18. */
  bits(value: number, count: number): void {
    this.#word |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      output[this.at++] = this.#word & 0xff;
      this.#word >>>= 8;
      this.#count -= 8;
    }
  }

  align(): void {
    if (this.#count > 0) output[this.at++] = this.#word & 0xff;
    this.#word = 0;
    this.#count = 0;
  }
}

/** So many bytes can be summed before the sums leave 32 bits (as in zlib). */
const ADLER_STEP = 5_552;
const ADLER_MODULUS = 65_521;

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += ADLER_STEP) {
    const to = Math.min(bytes.length, from + ADLER_STEP);
    for (let at = from; at < to; at++) {
      low += bytes[at] as number;
      high += low;
    }
    low %= ADLER_MODULUS;
    high %= ADLER_MODULUS;
  }
  return ((high << 16) | low) >>> 0;
}

function reversed(code: number, count: number): number {
  let bits = 0;
  for (let bit = 0; bit < count; bit++) bits |= ((code >>> bit) & 1) << (count - 1 - bit);
  return bits;
}

interface Codes {
  readonly bits: Int32Array;
  readonly lengths: Uint8Array;
}

function fixedCodes(): Codes {
  const bits = new Int32Array(288);
  const lengths = new Uint8Array(288);
  for (let symbol = 0; symbol < 288; symbol++) {
    const [code, count] =
      symbol < 144
        ? [0x30 + symbol, 8]
        : symbol < 256
          ? [0x190 + symbol - 144, 9]
          : symbol < 280
            ? [symbol - 256, 7]
            : [0xc0 + symbol - 280, 8];
    bits[symbol] = reversed(code, count);
    lengths[symbol] = count;
  }
  return { bits, lengths };
}

/** By match length: its code and extra bits in one (§3.2.5). */
function lengthCodes(): Codes {
  const bits = new Int32Array(MAX_MATCH + 1);
  const lengths = new Uint8Array(MAX_MATCH + 1);
  let length = 3;
  for (let symbol = 257; symbol < 285; symbol++) {
    const extra = symbol < 265 ? 0 : (symbol - 261) >>> 2;
    for (let more = 0; more < 1 << extra; more++, length++) {
      const count = LITERALS.lengths[symbol] as number;
      bits[length] = (LITERALS.bits[symbol] as number) | (more << count);
      lengths[length] = count + extra;
    }
  }
  bits[MAX_MATCH] = LITERALS.bits[285] as number;
  lengths[MAX_MATCH] = LITERALS.lengths[285] as number;
  return { bits, lengths };
}

function distanceCodes() {
  const [bits, first, extra] = [new Int32Array(30), new Int32Array(30), new Uint8Array(30)];
  /** By distance − 1: up to 256 by itself, above by its upper bits. */
  const of = new Uint8Array(512);
  let distance = 1;
  for (let code = 0; code < 30; code++) {
    bits[code] = reversed(code, 5);
    first[code] = distance;
    extra[code] = code < 4 ? 0 : (code - 2) >>> 1;
    for (let more = 0; more < 1 << (extra[code] as number); more++, distance++) {
      const back = distance - 1;
      of[back < 256 ? back : 256 + (back >>> 7)] = code;
    }
  }
  return { bits, first, extra, of };
}
