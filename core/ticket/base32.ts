const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const VALUE_OF_CHAR_CODE = new Uint8Array(128).fill(0xff);
for (let value = 0; value < ALPHABET.length; value++) VALUE_OF_CHAR_CODE[ALPHABET.charCodeAt(value)] = value;

const CHAR_CODES = new TextEncoder().encode(ALPHABET);
const ascii = new TextDecoder('latin1');

/** Encodes bytes as base32 (RFC 4648 §6), upper case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil((bytes.length * 8) / 5));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out[at++] = CHAR_CODES[(buffer >>> bits) & 31] as number;
    }
  }
  if (bits > 0) out[at] = CHAR_CODES[(buffer << (5 - bits)) & 31] as number;
  return ascii.decode(out);
}

/**
 * Decodes base32 (RFC 4648 §6) without padding, accepting one spelling only: upper case, no other characters,
 * unused trailing bits zero, no superfluous character.
 * @returns the bytes, or `undefined` for any other spelling.
 */
export function decodeBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const length = Math.floor((text.length * 5) / 8);
  if (Math.ceil((length * 8) / 5) !== text.length) return undefined;
  const out = new Uint8Array(length);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (VALUE_OF_CHAR_CODE[code] as number) : 0xff;
    if (value === 0xff) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (buffer >>> bits) & 0xff;
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? out : undefined;
}
