import { bytesToHex, SIGNATURE_BYTES } from '../../../core/ticket/token.ts';
import { expect } from '../../harness/scenario.ts';

/** One signature in so many is verified, and all of them are compared with each other. */
const SAMPLE_EVERY = 211;

/**
 * Checks signatures: all different, none empty, and a sample good under the key.
 * @param each offers runs of signatures with the serial of the first.
 */
export async function verifySample(
  publicKey: Uint8Array<ArrayBuffer>,
  messageOf: (serial: number) => Uint8Array<ArrayBuffer>,
  each: (offer: (firstSerial: number, signatures: Uint8Array<ArrayBuffer>) => void) => Promise<void>,
): Promise<void> {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  const seen = new Set<string>();
  const verdicts: Promise<boolean>[] = [];
  let count = 0;
  await each((firstSerial, signatures) => {
    for (let offset = 0; offset < signatures.length; offset += SIGNATURE_BYTES, count++) {
      seen.add(bytesToHex(signatures.subarray(offset, offset + 8)));
      if (count % SAMPLE_EVERY !== 0) continue;
      const serial = firstSerial + offset / SIGNATURE_BYTES;
      const signature = signatures.slice(offset, offset + SIGNATURE_BYTES);
      verdicts.push(crypto.subtle.verify('Ed25519', key, signature, messageOf(serial)));
    }
  });
  expect(seen.size === count, `${count} signatures, ${seen.size} different ones`);
  expect((await Promise.all(verdicts)).every(Boolean), 'a signature does not verify');
}
