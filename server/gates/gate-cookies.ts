import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { PAIRING_MS } from '../../core/api/gate-device.ts';
import type { AppEnv } from '../http/client.ts';
import type { GateSessionRecord } from '../store/gate-store.ts';

/** Browsers keep no cookie for longer. Each contact sends it again. */
const MAX_COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** Beside the cookie of people's sessions: whoever signs in or out on a gate's tablet leaves it paired. */
export function gateCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-ticketmint-gate' : 'ticketmint-gate';
}

/** What a device goes on with while it waits to be confirmed; opens nothing. */
function pairingCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-ticketmint-pairing' : 'ticketmint-pairing';
}

/** An id and a secret: what is kept under the id says whether the secret is right. */
export interface IdentifiedSecret {
  readonly id: string;
  readonly secret: string;
}

export function readGateCookie(c: Context<AppEnv>): IdentifiedSecret | undefined {
  return parse(getCookie(c, gateCookieName(c.get('client').isHttps)));
}

export function readPairingCookie(c: Context<AppEnv>): IdentifiedSecret | undefined {
  return parse(getCookie(c, pairingCookieName(c.get('client').isHttps)));
}

function parse(value: string | undefined): IdentifiedSecret | undefined {
  const [id, secret] = value?.split('.') ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Sends the session's cookie, to be kept until the session ends by itself. */
export function sendGateCookie(c: Context<AppEnv>, secret: string, { device }: GateSessionRecord): void {
  const { isHttps } = c.get('client');
  const seconds = Math.max(0, Math.ceil((device.validUntil - Date.now()) / 1_000));
  const maxAge = Math.min(MAX_COOKIE_SECONDS, seconds);
  setCookie(c, gateCookieName(isHttps), `${device.id}.${secret}`, { ...attributes(isHttps), maxAge });
}

export function sendPairingCookie(c: Context<AppEnv>, { id, secret }: IdentifiedSecret): void {
  const { isHttps } = c.get('client');
  // To be claimed, confirmed and fetched.
  const maxAge = (3 * PAIRING_MS) / 1_000;
  setCookie(c, pairingCookieName(isHttps), `${id}.${secret}`, { ...attributes(isHttps), maxAge });
}

export function clearGateCookie(c: Context<AppEnv>): void {
  const { isHttps } = c.get('client');
  deleteCookie(c, gateCookieName(isHttps), attributes(isHttps));
}

export function clearPairingCookie(c: Context<AppEnv>): void {
  const { isHttps } = c.get('client');
  deleteCookie(c, pairingCookieName(isHttps), attributes(isHttps));
}

function attributes(isHttps: boolean) {
  return { httpOnly: true, secure: isHttps, sameSite: 'Strict', path: '/' } as const;
}
