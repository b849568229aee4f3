/** The y coordinates of the points of order 1, 2, 4 and 8, little-endian, sign bit cleared. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => Uint8Array.from(hex.match(/../g) as string[], (byte) => Number.parseInt(byte, 16)));

/**
 * Whether an Ed25519 public key is one that strict verification accepts: 32 bytes, its y coordinate below
 * 2^255 − 19 (RFC 8032 §5.1.3), and no point of small order, under which anybody can sign. Engines differ here
 * (BoringSSL checks neither), so both of ours ask this first. Whether the bytes are a point at all is left to them.
 */
export function isStrictPublicKey(publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && isReduced(publicKey) && !SMALL_ORDER.some((y) => hasCoordinate(publicKey, y));
}

function isReduced(publicKey: Uint8Array): boolean {
  if (((publicKey[31] as number) & 0x7f) !== 0x7f || (publicKey[0] as number) < 0xed) return true;
  return publicKey.subarray(1, 31).some((byte) => byte !== 0xff);
}

function hasCoordinate(publicKey: Uint8Array, y: Uint8Array): boolean {
  for (let index = 0; index < 31; index++) if (publicKey[index] !== y[index]) return false;
  return ((publicKey[31] as number) & 0x7f) === y[31];
}
