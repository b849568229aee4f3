import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeBase32 } from '../../../core/ticket/base32.ts';
import { batchIdOf } from '../../../core/ticket/batch-id.ts';
import type { Signer } from '../../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../../core/ticket/signer/web-crypto.ts';
import {
  encodePayload,
  encodeToken,
  MAX_SERIAL,
  normalizeTokenInput,
  parseToken,
  signedMessageWriter,
  TOKEN_TEXT_LENGTH,
  tokenWriter,
} from '../../../core/ticket/token.ts';

const FULL = Boolean(process.env.TICKETMINT_FULL);
const RFC4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const serials = fc.integer({ min: 1, max: MAX_SERIAL });
const typeIndexes = fc.integer({ min: 0, max: 255 });

let publicKey: Uint8Array<ArrayBuffer>;
let batchId: string;
let signer: Signer;

beforeAll(async () => {
  const keys = await webCryptoEngine.generateKeyPair();
  publicKey = keys.publicKey;
  batchId = await batchIdOf(publicKey);
  signer = await webCryptoEngine.openSigner(keys.storedKey);
});

async function mintToken(serial: number, typeIndex: number): Promise<string> {
  const signature = await signer.signAll([signedMessageWriter(batchId, typeIndex)(serial)]);
  return encodeToken({ batchId, serial, typeIndex }, signature);
}

/** What a gate does with a text, before any rule of the event. */
async function isGenuine(text: string): Promise<boolean> {
  const token = parseToken(text);
  if (token === undefined || token.batchId !== batchId) return false;
  return webCryptoEngine.verify(publicKey, token.signature, token.signedMessage);
}

describe('a token', () => {
  test('gives back its parts, and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(serials, typeIndexes, async (serial, typeIndex) => {
        const text = await mintToken(serial, typeIndex);
        expect(text).toMatch(/^[A-Z2-7]{122}$/);
        expect(parseToken(text)).toMatchObject({ batchId, serial, typeIndex });
        expect(await isGenuine(text)).toBe(true);
      }),
      { numRuns: FULL ? 10_000 : 100 },
    );
  });

  test('is written the same by the quick writer', async () => {
    const write = tokenWriter(batchId, 9);
    for (const serial of [1, 255, 256, 65_536, MAX_SERIAL]) {
      const text = await mintToken(serial, 9);
      const signature = parseToken(text)?.signature ?? new Uint8Array();
      expect(write(serial, new Uint8Array([0, 0, ...signature]), 2)).toBe(text);
    }
  });

  test('signs the context and the payload', () => {
    const message = signedMessageWriter('0123456789ab', 255)(MAX_SERIAL);
    expect(new TextDecoder().decode(message.subarray(0, 13))).toBe('ticketmint/1\n');
    expect(message.subarray(13)).toEqual(
      encodePayload({ batchId: '0123456789ab', serial: MAX_SERIAL, typeIndex: 255 }),
    );
  });

  test.each([
    { batchId: '0123456789ab', serial: 0, typeIndex: 0 },
    { batchId: '0123456789ab', serial: MAX_SERIAL + 1, typeIndex: 0 },
    { batchId: '0123456789ab', serial: 1.5, typeIndex: 0 },
    { batchId: '0123456789ab', serial: 1, typeIndex: 256 },
    { batchId: '0123456789ab', serial: 1, typeIndex: -1 },
    { batchId: '0123456789AB', serial: 1, typeIndex: 0 },
    { batchId: '0123456789', serial: 1, typeIndex: 0 },
  ])('is not made of $batchId, $serial, $typeIndex', (payload) => {
    expect(() => encodePayload(payload)).toThrow(TypeError);
  });
});

describe('a forged or altered token', () => {
  test('is refused with any single bit of its bytes flipped', async () => {
    for (let ticket = 1; ticket <= (FULL ? 1_000 : 3); ticket++) {
      const text = await mintToken(ticket * 1_000_003, ticket % 256);
      const { payload, signature } = bytesOf(text);
      const bytes = new Uint8Array([...payload, ...signature]);
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const altered = bytes.slice();
        flip(altered, bit);
        if (await isGenuine(encodeBase32(altered))) expect.fail(`bit ${bit} of ${text}`);
      }
    }
  });

  test('is refused with any single bit of its text flipped', async () => {
    const text = await mintToken(77, 3);
    const characters = new TextEncoder().encode(text);
    for (let bit = 0; bit < characters.length * 8; bit++) {
      const altered = characters.slice();
      flip(altered, bit);
      if (await isGenuine(new TextDecoder('latin1').decode(altered))) expect.fail(`bit ${bit}`);
    }
  });

  test('is refused with another batch’s key', async () => {
    const other = await webCryptoEngine.generateKeyPair();
    const token = parseToken(await mintToken(1, 0));
    if (token === undefined) throw new Error('expected a token');
    expect(await webCryptoEngine.verify(other.publicKey, token.signature, token.signedMessage)).toBe(false);
  });

  test('is never anything but refused, whatever the text', async () => {
    const base32Text = fc.string({
      unit: fc.constantFrom(...RFC4648),
      minLength: TOKEN_TEXT_LENGTH,
      maxLength: TOKEN_TEXT_LENGTH,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), base32Text), async (text) => {
        expect(await isGenuine(text)).toBe(false);
      }),
      { numRuns: FULL ? 100_000 : 2_000 },
    );
  });
});

describe('a text of random characters', () => {
  test('is refused, or is the one spelling of what it says', async () => {
    const genuine = await mintToken(123, 4);
    const alphabet = `${RFC4648}${RFC4648.toLowerCase()}0189=-_ \u00e9\uffff`;
    const random = xorshift(0x5eed);
    for (let input = 0; input < (FULL ? 10_000_000 : 50_000); input++) {
      const at = random() % genuine.length;
      const length = random() % 3;
      const text = genuine.slice(0, at) + alphabet[random() % alphabet.length] + genuine.slice(at + length);
      const token = parseToken(text);
      if (token !== undefined && encodeToken(token, token.signature) !== text) expect.fail(text);
    }
  });
});

describe('a second spelling', () => {
  test('is refused, or is the same ticket once cleaned', async () => {
    for (let ticket = 1; ticket <= (FULL ? 1_000 : 20); ticket++) {
      const text = await mintToken(ticket, 1);
      for (const spelling of spellingsOf(text)) {
        expect(parseToken(spelling), spelling).toBeUndefined();
        const cleaned = parseToken(normalizeTokenInput(spelling));
        if (cleaned !== undefined) expect(cleaned).toMatchObject({ batchId, serial: ticket });
      }
    }
  });

  test('with S plus the group order does not verify', async () => {
    const token = parseToken(await mintToken(5, 1));
    if (token === undefined) throw new Error('expected a token');
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = littleEndian(token.signature.subarray(32)) + order;
    const altered = token.signature.slice();
    for (let index = 0; index < 32; index++) altered[32 + index] = Number((s >> BigInt(8 * index)) & 0xffn);
    expect(await isGenuine(encodeToken(token, altered))).toBe(false);
  });

  test('that people and scanners write is cleaned before parsing', async () => {
    const text = await mintToken(6, 1);
    const groups = (text.match(/.{1,6}/g) ?? []).join('-');
    for (const typed of [` ${text}\r\n`, text.toLowerCase(), groups, groups.replaceAll('-', ' – ')])
      expect(parseToken(normalizeTokenInput(typed))).toMatchObject({ batchId, serial: 6 });
  });
});

function bytesOf(text: string): { payload: Uint8Array; signature: Uint8Array } {
  const token = parseToken(text);
  if (token === undefined) throw new Error('expected a token');
  return { payload: encodePayload(token), signature: token.signature };
}

function flip(bytes: Uint8Array, bit: number): void {
  bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Fifty other ways to write the same 76 bytes, or to smuggle something in. */
function spellingsOf(text: string): string[] {
  const last = RFC4648.indexOf(text.slice(-1));
  return [
    text.toLowerCase(),
    ...Array.from({ length: 12 }, (_, index) => text.slice(0, index * 10) + swapCase(text.slice(index * 10))),
    ...[1, 2, 3].map((bits) => text.slice(0, -1) + RFC4648[last | bits]),
    ...[' ', '\t', '\n', '\r\n', '\u00a0', '\u200b', '\ufeff', '\0'].flatMap((space) => [space + text, text + space]),
    ...['-', '\u2013', '\u00ad'].flatMap((hyphen) => [text.slice(0, 61) + hyphen + text.slice(61), text + hyphen]),
    ...['=', '==', '===', '======'].map((padding) => text + padding),
    ...['A', 'AA', 'AAAAAAAA'].map((zeros) => text + zeros),
    text.replace(/./g, (char) => String.fromCodePoint(0xff00 + char.charCodeAt(0) - 0x20)),
    `${text.slice(0, 1)}\u0301${text.slice(1)}`,
    encodeURIComponent(` ${text}`),
    `https://example.org/${text}`,
  ];
}

function swapCase(text: string): string {
  return text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

/** Marsaglia's 32-bit generator: the same inputs in every run. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
