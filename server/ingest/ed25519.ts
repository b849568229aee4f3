import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';

const verifyInPool = promisify(verify);

/** @param x the raw 32 bytes in base64url. */
export function ed25519PublicKey(x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Ed25519 (RFC 8032) on a thread of the pool, so that the event loop goes on. */
export function verifyEd25519(key: KeyObject, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return verifyInPool(undefined, message, key, signature);
}
