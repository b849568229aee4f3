/** Modules along one side of a version 5 symbol (ISO/IEC 18004 §5.3.1). */
export const QR_SIZE = 37;
/** Characters that version 5, level M holds in alphanumeric mode (Table 7). */
const QR_CAPACITY = 122;

/** Version 5, level M (Table 9): two blocks of 43 data and 24 error correction codewords. */
const BLOCK_DATA = 43;
const BLOCK_ECC = 24;
const DATA_CODEWORDS = 2 * BLOCK_DATA;
export const CODEWORDS = 2 * (BLOCK_DATA + BLOCK_ECC);

const ALPHANUMERIC_MODE = 0b0010;
/** Width of the character count in versions 1 to 9 (Table 3). */
const COUNT_BITS = 9;
const PAD_CODEWORDS = [0b1110_1100, 0b0001_0001] as const;

const NOT_ALPHANUMERIC = 0xff;
/** Value of each character (Table 5). */
const VALUE_OF_CHAR_CODE = new Uint8Array(128).fill(NOT_ALPHANUMERIC);
for (const [value, char] of [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'].entries())
  VALUE_OF_CHAR_CODE[char.charCodeAt(0)] = value;

/** For every feedback byte, the generator polynomial times it: 24 coefficients in 6 words, the highest first. */
const GENERATOR_MULTIPLES = generatorMultiples();

const data = new Uint8Array(DATA_CODEWORDS);

/**
 * Writes the symbol's 134 codewords, data first, blocks interleaved (§7.6), into `codewords`.
 * @throws {TypeError} when the text is empty, longer than {@link QR_CAPACITY}, or has a character outside Table 5.
 */
export function writeCodewords(text: string, codewords: Uint8Array): void {
  writeData(text);
  for (let block = 0; block < 2; block++) {
    const first = block * BLOCK_DATA;
    for (let index = 0; index < BLOCK_DATA; index++) codewords[2 * index + block] = data[first + index] as number;
    writeErrorCorrection(first, codewords, DATA_CODEWORDS + block);
  }
}

function writeData(text: string): void {
  const { length } = text;
  if (length === 0 || length > QR_CAPACITY)
    throw new TypeError(`text: expected 1 to ${QR_CAPACITY} characters, got ${length}`);
  let buffer = (ALPHANUMERIC_MODE << COUNT_BITS) | length;
  let bits = 4 + COUNT_BITS;
  let at = 0;
  for (let index = 0; index < length; index += 2) {
    const high = valueAt(text, index);
    if (index + 1 < length) {
      buffer = (buffer << 11) | (high * 45 + valueAt(text, index + 1));
      bits += 11;
    } else {
      buffer = (buffer << 6) | high;
      bits += 6;
    }
    while (bits >= 8) {
      bits -= 8;
      data[at++] = buffer >>> bits;
    }
  }
  at = terminate(buffer, bits, at);
  for (let pad = 0; at < DATA_CODEWORDS; pad ^= 1) data[at++] = PAD_CODEWORDS[pad as 0 | 1];
}

/** Up to four zero bits end the data (§7.4.9), then zero bits fill the last codeword. */
function terminate(buffer: number, bits: number, at: number): number {
  const end = Math.min(8 * DATA_CODEWORDS, 8 * at + bits + 4);
  let next = at;
  if (bits > 0) data[next++] = buffer << (8 - bits);
  while (8 * next < end) data[next++] = 0;
  return next;
}

function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  const value = code < 128 ? (VALUE_OF_CHAR_CODE[code] as number) : NOT_ALPHANUMERIC;
  if (value === NOT_ALPHANUMERIC) throw new TypeError(`text: expected a QR alphanumeric character at ${index}`);
  return value;
}

/** Divides a block by the generator polynomial, four coefficients a word; every second codeword from `at` is its own. */
function writeErrorCorrection(first: number, codewords: Uint8Array, at: number): void {
  const table = GENERATOR_MULTIPLES;
  let w0 = 0;
  let w1 = 0;
  let w2 = 0;
  let w3 = 0;
  let w4 = 0;
  let w5 = 0;
  for (let index = first; index < first + BLOCK_DATA; index++) {
    const row = 6 * ((w0 >>> 24) ^ (data[index] as number));
    w0 = ((w0 << 8) | (w1 >>> 24)) ^ (table[row] as number);
    w1 = ((w1 << 8) | (w2 >>> 24)) ^ (table[row + 1] as number);
    w2 = ((w2 << 8) | (w3 >>> 24)) ^ (table[row + 2] as number);
    w3 = ((w3 << 8) | (w4 >>> 24)) ^ (table[row + 3] as number);
    w4 = ((w4 << 8) | (w5 >>> 24)) ^ (table[row + 4] as number);
    w5 = (w5 << 8) ^ (table[row + 5] as number);
  }
  writeWord(w0, codewords, at);
  writeWord(w1, codewords, at + 8);
  writeWord(w2, codewords, at + 16);
  writeWord(w3, codewords, at + 24);
  writeWord(w4, codewords, at + 32);
  writeWord(w5, codewords, at + 40);
}

function writeWord(word: number, codewords: Uint8Array, at: number): void {
  codewords[at] = word >>> 24;
  codewords[at + 2] = word >>> 16;
  codewords[at + 4] = word >>> 8;
  codewords[at + 6] = word;
}

/** Multiplication in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (§7.5.2). */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((right >>> bit) & 1) * left;
  }
  return product;
}

function generatorMultiples(): Int32Array {
  const generator = generatorPolynomial();
  const table = new Int32Array(256 * 6);
  for (let factor = 0; factor < 256; factor++) {
    for (let index = 0; index < BLOCK_ECC; index++) {
      const word = 6 * factor + (index >>> 2);
      table[word] = ((table[word] as number) << 8) | multiply(generator[index] as number, factor);
    }
  }
  return table;
}

/** (x − 2^0)(x − 2^1)…(x − 2^23) without its leading 1, the highest coefficient first. */
function generatorPolynomial(): Uint8Array {
  const generator = new Uint8Array(BLOCK_ECC);
  generator[BLOCK_ECC - 1] = 1;
  let root = 1;
  for (let degree = 0; degree < BLOCK_ECC; degree++) {
    for (let index = 0; index < BLOCK_ECC; index++)
      generator[index] = multiply(generator[index] as number, root) ^ (generator[index + 1] ?? 0);
    root = multiply(root, 2);
  }
  return generator;
}
