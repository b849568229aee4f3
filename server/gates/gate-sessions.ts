import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { AppEnv } from '../http/client.ts';
import type { GateSessionRecord } from '../store/gate-store.ts';
import type { Store } from '../store/store.ts';
import { readGateCookie, sendGateCookie } from './gate-cookies.ts';
import { isSecret } from './secrets.ts';

/** A contact is noted at most this often, and the cookie sent again with it. */
const CONTACT_MS = 60_000;

/** `ended`: it was revoked, its time is over, or another one replaced it. */
export type GateSessionLookup = GateSessionRecord | 'ended' | undefined;

/** The sessions of paired devices. Nothing is cached: one that is revoked ends with its next request. */
export class GateSessions {
  readonly #store: Store;
  readonly #log: Logger;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Whose session the request's cookie is. `undefined` without a cookie. */
  async find(c: Context<AppEnv>): Promise<GateSessionLookup> {
    const cookie = readGateCookie(c);
    if (cookie === undefined) return undefined;
    const session = await this.#store.gateDevices.findSession(cookie.id);
    if (session === undefined || !isSecret(cookie.secret, session.tokenHash)) return 'ended';
    return session.device.validUntil > Date.now() ? session : 'ended';
  }

  /** Notes the contact and prolongs the cookie, in its time. */
  async noteContact(c: Context<AppEnv>, session: GateSessionRecord): Promise<void> {
    const { id, lastContactAt } = session.device;
    const now = Date.now();
    const cookie = readGateCookie(c);
    if (cookie?.id !== id || (lastContactAt !== null && now - lastContactAt < CONTACT_MS)) return;
    try {
      await this.#store.gateDevices.note(id, { contactAt: now });
    } catch {
      // A full disk, say: a gate goes on without its contact being noted.
      this.#log.warn('a contact of a gate device could not be noted');
      return;
    }
    sendGateCookie(c, cookie.secret, session);
  }
}
