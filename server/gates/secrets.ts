import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { encodeBase32 } from '../../core/ticket/base32.ts';

/** 128 random bits, as people can type them. */
export function newPairingCode(): string {
  return encodeBase32(randomBytes(16));
}

/** 256 random bits for a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: it is random, so that a plain SHA-256 gives nothing away. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** Whether a secret is the one that is kept, in constant time. */
export function isSecret(secret: string, hash: Uint8Array | null): boolean {
  return hash !== null && timingSafeEqual(hashSecret(secret), hash);
}
