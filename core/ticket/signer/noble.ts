import { ed25519 } from '@noble/curves/ed25519.js';
import { SIGNATURE_BYTES } from '../token.ts';
import type { BatchKeyPair, SignatureEngine, Signer, StoredKey } from './signer.ts';

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
  if (publicKey.length !== 32 || signature.length !== SIGNATURE_BYTES) return false;
  try {
    // The library's default is the permissive ZIP215; a ticket must have one spelling only.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Ed25519 by @noble/curves, for browsers whose WebCrypto lacks it. */
export const nobleEngine: SignatureEngine = { generateKeyPair, openSigner, verify };
