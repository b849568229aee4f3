/** Crockford base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

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
