import { textPageWriter } from './text-page.ts';
import { SIGNATURE_BYTES } from './token.ts';

/** Crockford base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
/** With its two hyphens. */
export const SHORT_CODE_LENGTH = 14;
const HYPHEN = 0x2d;
const CHAR_CODES = new TextEncoder().encode(ALPHABET);

const writePage = textPageWriter(SHORT_CODE_LENGTH);

/**
 * The code that people read out: the first 60 bits of the signature in Crockford base32, shown `XXXX-XXXX-XXXX`.
 * @param signatures bytes that hold the signature at `offset`.
 */
export function shortCodeOf(signatures: Uint8Array, offset = 0): string {
  return writePage(1, (chars, to) => writeCode(signatures, offset, chars, to))[0] as string;
}

/** The codes of consecutive tickets. @param signatures 64 bytes a ticket, the first one's at `index` times 64. */
export function shortCodesOf(signatures: Uint8Array, index: number, count: number): string[] {
  return writePage(count, (chars, to, ticket) => writeCode(signatures, (index + ticket) * SIGNATURE_BYTES, chars, to));
}

/** Writes the code, {@link SHORT_CODE_LENGTH} characters of ASCII, at `to`. */
export function writeCode(signatures: Uint8Array, offset: number, chars: Uint8Array, to: number): void {
  for (let group = 0; group < 3; group++) writeGroup(signatures, offset, group, chars, to + 5 * group);
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
