import { SIGNATURE_BYTES } from '../token.ts';
import { isStrictPublicKey } from './public-key.ts';
import type { BatchKeyPair, SignatureEngine, Signer, StoredKey } from './signer.ts';

const ED25519 = { name: 'Ed25519' } as const;
/** How many signatures are in flight at once: enough to keep the engine's crypto threads busy, few enough to stay small. */
const IN_FLIGHT = 250;

/** One in some 150 keys that WebKitGTK 2.50 begins to make fails with an `OperationError`; the next is another one. */
const KEY_TRIES = 5;

async function generateKey(): Promise<CryptoKeyPair> {
  for (let attempt = 1; ; attempt++)
    try {
      return (await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify'])) as CryptoKeyPair;
    } catch (error) {
      const isChance = error instanceof DOMException && error.name === 'OperationError';
      if (!isChance || attempt === KEY_TRIES) throw error;
    }
}

async function generateKeyPair(): Promise<BatchKeyPair> {
  const { publicKey, privateKey } = await generateKey();
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
    storedKey: { protection: 'webcrypto', privateKey },
  };
}

async function openSigner(storedKey: StoredKey): Promise<Signer> {
  if (storedKey.protection !== 'webcrypto') throw new TypeError('expected a WebCrypto key');
  const { privateKey } = storedKey;
  return {
    async signAll(messages) {
      const signatures = new Uint8Array(messages.length * SIGNATURE_BYTES);
      for (let start = 0; start < messages.length; start += IN_FLIGHT) {
        const group = messages.slice(start, start + IN_FLIGHT);
        const results = await Promise.all(group.map((message) => crypto.subtle.sign(ED25519, privateKey, message)));
        for (const [index, result] of results.entries())
          signatures.set(new Uint8Array(result), (start + index) * SIGNATURE_BYTES);
      }
      return signatures;
    },
    close() {},
  };
}

async function verify(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (signature.length !== SIGNATURE_BYTES || !isStrictPublicKey(publicKey)) return false;
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, ED25519, false, ['verify']);
    return await crypto.subtle.verify(ED25519, key, signature, message);
  } catch (error) {
    // An engine may refuse to import bytes that are no point of the curve: then nothing verifies under them.
    if (error instanceof DOMException && error.name === 'DataError') return false;
    throw error;
  }
}

/** Ed25519 by WebCrypto: Chrome 137, Firefox 129, Safari 17, Node 24. */
export const webCryptoEngine: SignatureEngine = { generateKeyPair, openSigner, verify };

/** Whether this browser's WebCrypto has Ed25519; tries it once rather than guessing from a version. */
export async function hasWebCryptoEd25519(): Promise<boolean> {
  try {
    await generateKey();
    return true;
  } catch {
    return false;
  }
}
