import { type GateFileBody, sealGateFile } from '../../../core/gate/gate-file.ts';
import { encodeBase64Url } from '../../../core/ticket/base64url.ts';
import { engineFor, preferredProtection } from '../../../core/ticket/signer/choose.ts';
import type { BatchKeyPair } from '../../../core/ticket/signer/signer.ts';

/** Where a device's own key lies. */
interface KeyPlace {
  read(): Promise<BatchKeyPair | undefined>;
  /** Keeps a key, unless another page was faster. @returns the one that is kept. */
  add(made: BatchKeyPair): Promise<BatchKeyPair>;
}

/** The key that signs this device's files, made when it is first asked for; it cannot be exported. */
export async function signingKey({ read, add }: KeyPlace): Promise<BatchKeyPair> {
  const kept = await read();
  if (kept !== undefined) return kept;
  const engine = await engineFor(await preferredProtection());
  return add(await engine.generateKeyPair());
}

/** Signs a file. @throws {GateFileError} `too-large` */
export async function signFile(body: GateFileBody, key: BatchKeyPair): Promise<Uint8Array<ArrayBuffer>> {
  const engine = await engineFor(key.storedKey.protection);
  const signer = await engine.openSigner(key.storedKey);
  try {
    return await sealGateFile(body, key.publicKey, signer);
  } finally {
    signer.close();
  }
}

export function isSameKey(left: Uint8Array, right: Uint8Array): boolean {
  return encodeBase64Url(left) === encodeBase64Url(right);
}
