import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, equalBytes } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { SIGNATURE_BYTES } from '../token.ts';
import { isStrictPublicKey } from './public-key.ts';
import type { BatchKeyPair, SignatureEngine, Signer, StoredKey } from './signer.ts';

const { Point } = ed25519;

async function generateKeyPair(): Promise<BatchKeyPair> {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  try {
    return { publicKey: new Uint8Array(ed25519.getPublicKey(seed)), storedKey: await sealSeed(seed) };
  } finally {
    seed.fill(0);
  }
}

async function sealSeed(seed: Uint8Array<ArrayBuffer>): Promise<StoredKey> {
  const wrappingKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealedSeed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrappingKey, seed));
  return { protection: 'software', wrappingKey, iv, sealedSeed };
}

async function openSigner(storedKey: StoredKey): Promise<Signer> {
  if (storedKey.protection !== 'software') throw new TypeError('expected a sealed seed');
  const { wrappingKey, iv, sealedSeed } = storedKey;
  const seed = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrappingKey, sealedSeed));
  return {
    async signAll(messages) {
      const signatures = new Uint8Array(messages.length * SIGNATURE_BYTES);
      for (const [index, message] of messages.entries())
        signatures.set(ed25519.sign(message, seed), index * SIGNATURE_BYTES);
      return signatures;
    },
    close() {
      seed.fill(0);
    },
  };
}

async function verify(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (signature.length !== SIGNATURE_BYTES || !isStrictPublicKey(publicKey)) return false;
  const s = bytesToNumberLE(signature.subarray(32));
  if (s >= Point.Fn.ORDER) return false;
  try {
    return equalBytes(expectedR(publicKey, signature, message, s), signature.subarray(0, 32));
  } catch {
    // The bytes are no point of the curve.
    return false;
  }
}

/**
 * R as the equation [S]B = R + [k]A wants it (RFC 8032 §5.1.7). The library's own `verify` multiplies the equation by
 * the cofactor, which accepts signatures that WebCrypto refuses; a ticket must not be good at one gate only.
 */
function expectedR(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array, s: bigint): Uint8Array {
  const digest = sha512.create().update(signature.subarray(0, 32)).update(publicKey).update(message).digest();
  const k = Point.Fn.create(bytesToNumberLE(digest));
  const a = Point.fromBytes(publicKey, false);
  return Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes();
}

/** Ed25519 by @noble/curves, for browsers whose WebCrypto lacks it. */
export const nobleEngine: SignatureEngine = { generateKeyPair, openSigner, verify };
