import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engineFor } from '../../core/ticket/signer/choose.ts';
import { nobleEngine } from '../../core/ticket/signer/noble.ts';
import type { SignatureEngine } from '../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../core/ticket/signer/web-crypto.ts';
import { signedMessageWriter } from '../../core/ticket/token.ts';
import { contestedSignatures, disagreements, judgeWycheproof, storedKeysOf, wycheproofCount } from './ed25519.ts';

const ENGINES: readonly (readonly [name: string, engine: SignatureEngine])[] = [
  ['WebCrypto', webCryptoEngine],
  ['noble', nobleEngine],
];

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));

/**
 * What both engines promise wherever they run: the same file is run in Node and in a browser.
 * @param options.wycheproof the parsed vectors, or `undefined` where the file is not at hand.
 * @param options.runs random cases per property.
 */
export function describeSignatureEngines(options: { readonly wycheproof: unknown; readonly runs: number }): void {
  const { wycheproof, runs } = options;
  describe.each(ENGINES)('%s', (_name, engine) => {
    describeWycheproof(engine, wycheproof);
    describeEngine(engine);
  });
  describeTwins(runs);
}

function describeWycheproof(engine: SignatureEngine, wycheproof: unknown): void {
  if (wycheproof === undefined) {
    test.skip('judges Wycheproof’s vectors (skipped: ../shared/data/wycheproof-ed25519.json is not there)');
    return;
  }
  test('judges all of Wycheproof’s Ed25519 vectors as they say', async () => {
    const { judged, wrong } = await judgeWycheproof(engine, wycheproof);
    expect(wrong).toEqual([]);
    expect(judged).toBe(wycheproofCount(wycheproof));
  });
}

function describeEngine(engine: SignatureEngine): void {
  test('signs with a fresh key, in order, what verifies under its public key only', async () => {
    const { publicKey, storedKey } = await engine.generateKeyPair();
    const other = await engine.generateKeyPair();
    const write = signedMessageWriter('0123456789ab', 3);
    const messages = Array.from({ length: 300 }, (_, index) => write(index + 1));
    const signer = await engine.openSigner(storedKey);
    const signatures = await signer.signAll(messages);
    signer.close();
    expect(signatures).toHaveLength(300 * 64);
    for (const index of [0, 1, 249, 250, 299]) {
      const signature = signatures.slice(index * 64, index * 64 + 64);
      const message = messages[index] as Uint8Array<ArrayBuffer>;
      expect(await engine.verify(publicKey, signature, message)).toBe(true);
      expect(await engine.verify(other.publicKey, signature, message)).toBe(false);
      expect(await engine.verify(publicKey, signature, write(index + 2))).toBe(false);
    }
  });

  test('keeps a key that cannot be exported', async () => {
    const { storedKey } = await engine.generateKeyPair();
    const key = storedKey.protection === 'webcrypto' ? storedKey.privateKey : storedKey.wrappingKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey(key.algorithm.name === 'AES-GCM' ? 'raw' : 'pkcs8', key)).rejects.toThrow();
  });

  test('signs with a stored key that went through structured cloning', async () => {
    const { publicKey, storedKey } = await engine.generateKeyPair();
    const signer = await engine.openSigner(structuredClone(storedKey));
    const message = new Uint8Array([1, 2, 3]);
    expect(await engine.verify(publicKey, await signer.signAll([message]), message)).toBe(true);
  });

  test('refuses keys and signatures of a wrong length', async () => {
    const message = new Uint8Array(1);
    for (const length of [0, 31, 33])
      expect(await engine.verify(new Uint8Array(length), new Uint8Array(64), message)).toBe(false);
    const { publicKey } = await engine.generateKeyPair();
    for (const length of [0, 63, 65])
      expect(await engine.verify(publicKey, new Uint8Array(length), message)).toBe(false);
  });

  test('refuses another engine’s key', async () => {
    const { storedKey } = await (engine === nobleEngine ? webCryptoEngine : nobleEngine).generateKeyPair();
    await expect(engine.openSigner(storedKey)).rejects.toThrow(TypeError);
  });
}

function describeTwins(runs: number): void {
  describe('the twins', () => {
    test('give the same signature for the same seed and message', async () => {
      await fc.assert(
        fc.asyncProperty(bytes(32), fc.array(bytes(25), { minLength: 1, maxLength: 5 }), async (seed, messages) => {
          const { publicKey, webCrypto, software } = await storedKeysOf(seed);
          const left = await (await webCryptoEngine.openSigner(webCrypto)).signAll(messages);
          const right = await (await nobleEngine.openSigner(software)).signAll(messages);
          expect(left).toEqual(right);
          expect(
            await webCryptoEngine.verify(publicKey, left.slice(0, 64), messages[0] as Uint8Array<ArrayBuffer>),
          ).toBe(true);
        }),
        { numRuns: Math.ceil(runs / 10) },
      );
    });

    test('agree on signatures that implementations are known to judge differently', async () => {
      for (const text of ['', 'ticketmint', 'another'])
        expect(
          await disagreements(webCryptoEngine, nobleEngine, contestedSignatures(new TextEncoder().encode(text))),
        ).toEqual([]);
    });

    test('agree on altered signatures, messages and keys', async () => {
      const seed = new Uint8Array(32).fill(7);
      const { publicKey, webCrypto } = await storedKeysOf(seed);
      const signer = await webCryptoEngine.openSigner(webCrypto);
      await fc.assert(
        fc.asyncProperty(
          bytes(25),
          fc.nat(),
          fc.constantFrom('key', 'signature', 'message', 'none'),
          async (message, bit, part) => {
            const signature = await signer.signAll([message]);
            const parts = { key: publicKey.slice(), signature, message: message.slice() };
            if (part !== 'none') flipBit(parts[part], bit);
            const verdict = await webCryptoEngine.verify(parts.key, parts.signature, parts.message);
            expect(await nobleEngine.verify(parts.key, parts.signature, parts.message)).toBe(verdict);
            expect(verdict).toBe(part === 'none');
          },
        ),
        { numRuns: runs },
      );
    });

    test('are chosen by how the key is protected', async () => {
      expect(await engineFor('webcrypto')).toBe(webCryptoEngine);
      expect(await engineFor('software')).toBe(nobleEngine);
    });
  });
}

function flipBit(target: Uint8Array, bit: number): void {
  const at = (bit >> 3) % target.length;
  target[at] = (target[at] as number) ^ (1 << (bit & 7));
}
