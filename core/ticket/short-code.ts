import { SIGNATURE_BYTES } from './token.ts';

/** Crockford base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
/** With its two hyphens. */
const SHOWN_LENGTH = 14;
const HYPHEN = 0x2d;
const CHAR_CODES = new TextEncoder().encode(ALPHABET);
const ascii = new TextDecoder('latin1');

/**
 * The code that people read out: the first 60 bits of the signature in Crockford base32, shown `XXXX-XXXX-XXXX`.
 * @param signatures bytes that hold the signature at `offset`.
 */
export function shortCodeOf(signatures: Uint8Array, offset = 0): string {
  const raw = rawShortCode(signatures, offset);
  return `${raw.slice(0, 4)}-${raw.slice(4, 8)}-${raw.slice(8, 12)}`;
}

function rawShortCode(signatures: Uint8Array, offset: number): string {
  let code = '';
  let buffer = 0;
  let bits = 0;
  for (let at = offset; code.length < LENGTH; ) {
    if (bits < 5) {
      buffer = ((buffer << 8) | (signatures[at++] as number)) & 0xfff;
      bits += 8;
    }
    bits -= 5;
    code += ALPHABET[(buffer >>> bits) & 31];
  }
  return code;
}

/** Of {@link shortCodesOf}: the browser holds on to each view that its decoder was given until a full collection. */
let chars = new Uint8Array(0);

/** The codes of consecutive tickets, several times faster than one by one: all are written as bytes, and cut afterwards. */
export function shortCodesOf(signatures: Uint8Array, index: number, count: number): string[] {
  if (chars.length !== count * SHOWN_LENGTH) chars = new Uint8Array(count * SHOWN_LENGTH);
  for (let ticket = 0; ticket < count; ticket++) {
    const at = (index + ticket) * SIGNATURE_BYTES;
    for (let group = 0; group < 3; group++) writeGroup(signatures, at, group, chars, ticket * SHOWN_LENGTH + group * 5);
  }
  const text = ascii.decode(chars);
  return Array.from({ length: count }, (_, ticket) => text.slice(ticket * SHOWN_LENGTH, (ticket + 1) * SHOWN_LENGTH));
}

/** Four characters, which are 20 bits and begin on a byte or in the middle of one; and the hyphen before them. */
function writeGroup(signatures: Uint8Array, offset: number, group: number, chars: Uint8Array, to: number): void {
  const at = offset + ((group * 20) >>> 3);
  const bytes =
    ((signatures[at] as number) << 16) | ((signatures[at + 1] as number) << 8) | (signatures[at + 2] as number);
  const bits = group === 1 ? bytes & 0xfffff : bytes >>> 4;
  if (group > 0) chars[to - 1] = HYPHEN;
  chars[to] = CHAR_CODES[bits >>> 15] as number;
  chars[to + 1] = CHAR_CODES[(bits >>> 10) & 31] as number;
  chars[to + 2] = CHAR_CODES[(bits >>> 5) & 31] as number;
  chars[to + 3] = CHAR_CODES[bits & 31] as number;
}

/**
 * Reads a short code as people type it: any case, spaces and hyphens anywhere, I and L for 1, O for 0 (Crockford).
 * @returns the form `XXXX-XXXX-XXXX`, or `undefined` when it is not one.
 */
export function parseShortCode(input: string): string | undefined {
  const raw = input
    .replace(/[\s\u00ad\u2010-\u2015-]+/g, '')
    .toUpperCase()
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  if (raw.length !== LENGTH || !/^[0-9A-HJKMNP-TV-Z]+$/.test(raw)) return undefined;
  return `${raw.slice(0, 4)}-${raw.slice(4, 8)}-${raw.slice(8, 12)}`;
}

/**
 * The code as a number of 60 bits, for an index of 8-byte integers.
 * @param code a result of {@link shortCodeOf} or {@link parseShortCode}.
 */
export function shortCodeToInteger(code: string): bigint {
  let value = 0n;
  for (const char of code.replaceAll('-', '')) value = (value << 5n) | BigInt(ALPHABET.indexOf(char));
  return value;
}
