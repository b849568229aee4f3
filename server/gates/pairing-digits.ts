import { createHmac } from 'node:crypto';
import { deriveSecret } from '../auth/secret.ts';
import type { PairingRecord } from '../store/gate-store.ts';

/**
 * The six digits that both screens show. They are of this claim: its code, its device's nonce and name. Whoever used the code
 * in another's place gets others, and cannot choose them; a restart changes nothing.
 */
export class PairingDigits {
  readonly #key: string;

  constructor(secret: string) {
    this.#key = deriveSecret(secret, 'pairing-digits');
  }

  /** @param pairing one that a device has claimed. */
  of({ id, claimHash, deviceName }: PairingRecord): string {
    if (claimHash === null) throw new TypeError('pairing: expected a claimed one');
    const mac = createHmac('sha256', this.#key).update(`${id}\n${deviceName}\n`).update(claimHash).digest();
    return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
  }
}
