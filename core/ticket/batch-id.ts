import { BATCH_ID_BYTES, bytesToHex } from './token.ts';

/** The batch id: the first 6 bytes of SHA-256 over the raw 32-byte public key, as 12 lower-case hex digits. */
export async function batchIdOf(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  if (publicKey.length !== 32) throw new TypeError('publicKey: expected 32 bytes');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
  return bytesToHex(digest.subarray(0, BATCH_ID_BYTES));
}
