import { describe, expect, test } from 'vitest';
import { batchIdOf } from '../../core/ticket/batch-id.ts';
import { shortCodeOf } from '../../core/ticket/short-code.ts';
import { nobleEngine } from '../../core/ticket/signer/noble.ts';
import { webCryptoEngine } from '../../core/ticket/signer/web-crypto.ts';
import { bytesToHex, encodePayload, encodeToken, hexToBytes, parseToken } from '../../core/ticket/token.ts';
import { storedKeysOf } from './ed25519.ts';

/** `tests/vectors/token-v1.json`, bytes in hex. */
export interface TokenVectors {
  readonly valid: readonly Record<'seed' | 'publicKey' | 'payload' | 'signature' | 'text' | 'shortCode', string>[];
  readonly invalid: readonly Record<'text' | 'reason', string>[];
}

/** The program reads, writes, signs and verifies tokens as the vectors say: the same file in Node and in a browser. */
export function describeTokenVectors(vectors: TokenVectors): void {
  test.each(vectors.valid)('are read, verified, signed and written as $text', async (vector) => {
    const token = parseToken(vector.text);
    if (token === undefined) throw new Error('expected a token');
    expect(bytesToHex(encodePayload(token))).toBe(vector.payload);
    expect(bytesToHex(token.signature)).toBe(vector.signature);
    expect(encodeToken(token, token.signature)).toBe(vector.text);
    expect(shortCodeOf(token.signature)).toBe(vector.shortCode);

    const { publicKey, webCrypto, software } = await storedKeysOf(hexToBytes(vector.seed));
    expect(bytesToHex(publicKey)).toBe(vector.publicKey);
    expect(token.batchId).toBe(await batchIdOf(publicKey));
    for (const [engine, storedKey] of [
      [webCryptoEngine, webCrypto],
      [nobleEngine, software],
    ] as const) {
      expect(await engine.verify(publicKey, token.signature, token.signedMessage)).toBe(true);
      const signer = await engine.openSigner(storedKey);
      expect(bytesToHex(await signer.signAll([token.signedMessage]))).toBe(vector.signature);
      signer.close();
    }
  });

  describe('refuse', () => {
    test.each(vectors.invalid)('$reason: $text', ({ text }) => {
      expect(parseToken(text)).toBeUndefined();
    });
  });
}
