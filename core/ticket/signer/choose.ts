import type { KeyProtection, SignatureEngine } from './signer.ts';
import { hasWebCryptoEd25519, webCryptoEngine } from './web-crypto.ts';

let supported: Promise<boolean> | undefined;

/** Which engine new keys on this device use: WebCrypto where it has Ed25519. Tried once. */
export async function preferredProtection(): Promise<KeyProtection> {
  supported ??= hasWebCryptoEd25519();
  return (await supported) ? 'webcrypto' : 'software';
}

/** The engine for a key protection; the fallback is loaded only where it is needed. */
export async function engineFor(protection: KeyProtection): Promise<SignatureEngine> {
  return protection === 'webcrypto' ? webCryptoEngine : (await import('./noble.ts')).nobleEngine;
}

/** The engine that verifies on this device. */
export async function verificationEngine(): Promise<SignatureEngine> {
  return engineFor(await preferredProtection());
}
