import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * Writes `tests/vectors/token-v1.json`. Nothing of `core` is used: OpenSSL signs, and both base32 alphabets are written
 * a second time, over big integers, so that the vectors check the program instead of repeating it.
 */

interface ValidVector {
  readonly seed: string;
  readonly publicKey: string;
  readonly payload: string;
  readonly signature: string;
  readonly text: string;
  readonly shortCode: string;
}

interface InvalidVector {
  readonly text: string;
  readonly reason: string;
}

const RFC4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Seeds of RFC 8032 §7.1 (tests 1 to 3), the two extremes, and hashes of short texts. */
const SEEDS = [
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
  '00'.repeat(32),
  'ff'.repeat(32),
  sha256(Buffer.from('ticketmint vector 1')).toString('hex'),
  sha256(Buffer.from('ticketmint vector 2')).toString('hex'),
];

const TICKETS = [
  { serial: 1, typeIndex: 0 },
  { serial: 2, typeIndex: 1 },
  { serial: 256, typeIndex: 127 },
  { serial: 1_000_000, typeIndex: 128 },
  { serial: 0x8000_0000, typeIndex: 254 },
  { serial: 0xffff_ffff, typeIndex: 255 },
];

/** The whole file's content; the same on every machine. */
export function tokenVectors(): { readonly valid: ValidVector[]; readonly invalid: InvalidVector[] } {
  const valid = SEEDS.flatMap((seed) =>
    TICKETS.map(({ serial, typeIndex }) => validVector(Buffer.from(seed, 'hex'), { version: 1, serial, typeIndex })),
  );
  return { valid, invalid: invalidVectors(valid[0]?.text ?? '') };
}

interface Fields {
  readonly version: number;
  readonly serial: number;
  readonly typeIndex: number;
}

function validVector(seed: Buffer, { version, serial, typeIndex }: Fields): ValidVector {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const payload = Buffer.alloc(12);
  payload.writeUInt8(version, 0);
  sha256(publicKey).copy(payload, 1, 0, 6);
  payload.writeUInt32BE(serial, 7);
  payload.writeUInt8(typeIndex, 11);
  const signature = sign(null, Buffer.concat([Buffer.from('ticketmint/1\n', 'ascii'), payload]), privateKey);
  return {
    seed: seed.toString('hex'),
    publicKey: publicKey.toString('hex'),
    payload: payload.toString('hex'),
    signature: signature.toString('hex'),
    text: base32(Buffer.concat([payload, signature]), RFC4648),
    shortCode: (base32(signature.subarray(0, 10), CROCKFORD).slice(0, 12).match(/.{4}/g) ?? []).join('-'),
  };
}

function invalidVectors(text: string): InvalidVector[] {
  const seed = Buffer.from(SEEDS[0] ?? '', 'hex');
  const last = RFC4648.indexOf(text.slice(-1));
  return [
    { text: '', reason: 'length' },
    { text: text.slice(0, -1), reason: 'length' },
    { text: `${text}A`, reason: 'length' },
    { text: text + text, reason: 'length' },
    { text: text.toLowerCase(), reason: 'lower case' },
    { text: text.slice(0, -1) + text.slice(-1).toLowerCase(), reason: 'lower case' },
    { text: `${text}======`, reason: 'padding' },
    { text: `${text.slice(0, -1)}=`, reason: 'padding' },
    { text: ` ${text.slice(1)}`, reason: 'alphabet' },
    { text: `${text.slice(0, 60)}-${text.slice(61)}`, reason: 'alphabet' },
    ...['0', '1', '8', '9', '+', 'é', 'Ａ', '\n'].map((char) => ({
      text: text.slice(0, 40) + char + text.slice(41),
      reason: 'alphabet',
    })),
    ...[1, 2, 3].map((bits) => ({ text: text.slice(0, -1) + RFC4648[last | bits], reason: 'unused bits' })),
    ...[0, 2, 255].map((version) => ({
      text: validVector(seed, { version, serial: 1, typeIndex: 0 }).text,
      reason: 'version',
    })),
    { text: validVector(seed, { version: 1, serial: 0, typeIndex: 0 }).text, reason: 'serial zero' },
  ];
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function base32(bytes: Buffer, alphabet: string): string {
  const length = Math.ceil((bytes.length * 8) / 5);
  let value = BigInt(`0x${bytes.toString('hex')}`) << BigInt(length * 5 - bytes.length * 8);
  let text = '';
  for (let index = 0; index < length; index++, value >>= 5n) text = `${alphabet[Number(value & 31n)]}${text}`;
  return text;
}

if (import.meta.main) {
  const file = new URL('../tests/vectors/token-v1.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(tokenVectors(), null, 2)}\n`);
}
