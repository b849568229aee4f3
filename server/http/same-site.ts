import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { sessionCookieName } from '../auth/auth.ts';
import { gateCookieName } from '../gates/gate-cookies.ts';
import { ProblemError } from '../problem.ts';
import type { AppEnv } from './client.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that another site's page may have sent: by Fetch Metadata, and by `Origin` where a browser
 * sends none. With a session's cookie one of the two must speak for the request; without it (signing in, say) only
 * one that speaks against it counts.
 */
export function sameSiteOnly(publicUrl: string | null): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method)) {
      const verdict = isFromOwnPage(c, publicUrl);
      if (verdict === false || (verdict === undefined && hasSessionCookie(c))) throw new ProblemError('cross-site');
    }
    await next();
  };
}

function isFromOwnPage(c: Context<AppEnv>, publicUrl: string | null): boolean | undefined {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('Origin');
  return origin === undefined ? undefined : origin === c.get('client').origin || origin === publicUrl;
}

function hasSessionCookie(c: Context<AppEnv>): boolean {
  const { isHttps } = c.get('client');
  return [sessionCookieName(isHttps), gateCookieName(isHttps)].some((name) => getCookie(c, name) !== undefined);
}
