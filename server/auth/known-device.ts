import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveSecret } from './secret.ts';

/** How long a device stays known after its last sign-in. */
export const DEVICE_SECONDS = 180 * 24 * 60 * 60;

/**
 * A cookie that a device gets when somebody signs in on it. It opens nothing; it only gives the device tries of its own
 * for that account, so that a stranger who uses up the account's tries does not lock its owner out.
 */
export class KnownDevices {
  readonly #key: string;

  constructor(secret: string) {
    this.#key = deriveSecret(secret, 'known-device');
  }

  issue(email: string): string {
    const device = randomBytes(16).toString('base64url');
    return `${device}.${this.#mac(device, email)}`;
  }

  /** @returns the device's random id, or `undefined` when the cookie is not one of ours for this account. */
  verify(cookie: string | undefined, email: string): string | undefined {
    const [device = '', mac = ''] = cookie?.split('.') ?? [];
    const expected = Buffer.from(this.#mac(device, email));
    const actual = Buffer.from(mac);
    return actual.length === expected.length && timingSafeEqual(actual, expected) ? device : undefined;
  }

  #mac(device: string, email: string): string {
    return createHmac('sha256', this.#key).update(`${device}\n${email.toLowerCase()}`).digest('base64url');
  }
}
