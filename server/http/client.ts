import { isIPv6 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Me } from '../../core/api/session.ts';
import type { Settings } from '../settings.ts';
import type { GateSessionRecord } from '../store/gate-store.ts';

/** What the middleware learns about a request before any route sees it. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    client: Client;
    /** Set on routes whose rule names roles; read it by {@link actorOf}. */
    me: Me | undefined;
    /** Set instead of `me` where a paired device calls; read it by {@link gateSessionOf}. */
    gateSession: GateSessionRecord | undefined;
  };
}

export interface Client {
  /** Of the client, as the trusted proxies report it; never logged. */
  readonly address: string;
  readonly isHttps: boolean;
  /** Whether the browser was pointed at localhost, 127.0.0.1 or [::1]. */
  readonly isLoopback: boolean;
  /** `scheme://host[:port]` as the browser sees it. */
  readonly origin: string;
}

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Reads who asks and how; `X-Forwarded-*` headers count only when they come from a trusted proxy. */
export function clientOf(c: Context<AppEnv>, trustedProxies: Settings['trustedProxies']): Client {
  const peer = canonicalAddress(c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1');
  const isProxied = isTrusted(peer, trustedProxies);
  const url = new URL(c.req.url);
  const forwardedProtocol = isProxied ? lastOf(c.req.header('X-Forwarded-Proto')) : undefined;
  const forwardedHost = isProxied ? lastOf(c.req.header('X-Forwarded-Host')) : undefined;
  const isHttps = (forwardedProtocol ?? url.protocol.slice(0, -1)) === 'https';
  const host = forwardedHost ?? url.host;
  const forwardedFor = isProxied ? (c.req.header('X-Forwarded-For') ?? '') : '';
  return {
    address: clientAddress(peer, forwardedFor, trustedProxies),
    isHttps,
    isLoopback: LOOPBACK_HOST.test(host),
    origin: `${isHttps ? 'https' : 'http'}://${host}`,
  };
}

/** Walks the chain from its end, past the proxies that are trusted: what stands before them anybody may have written. */
function clientAddress(peer: string, forwardedFor: string, trustedProxies: Settings['trustedProxies']): string {
  let address = peer;
  for (const hop of forwardedFor.split(',').reverse()) {
    if (hop.trim() === '' || !isTrusted(address, trustedProxies)) break;
    address = canonicalAddress(hop.trim());
  }
  return address;
}

function isTrusted(address: string, trustedProxies: Settings['trustedProxies']): boolean {
  return trustedProxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** IPv4 over an IPv6 socket is IPv4. */
function canonicalAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function lastOf(header: string | undefined): string | undefined {
  return header?.split(',').at(-1)?.trim();
}

/** Who acts, on a route whose rule names roles. */
export function actorOf(c: Context<AppEnv>): Me {
  const me = c.get('me');
  if (me === undefined) throw new TypeError('expected a route whose rule names roles');
  return me;
}

/** Which paired device calls, on a route whose rule is for gates only. */
export function gateSessionOf(c: Context<AppEnv>): GateSessionRecord {
  const session = c.get('gateSession');
  if (session === undefined) throw new TypeError('expected a route for gates');
  return session;
}
