import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';
import type { AppEnv } from './client.ts';

/** One line a request: method, route pattern, status, time. No path, query, body, address or name ever stands in it. */
export function requestLog(log: Logger): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { method } = c.req;
    const route = matchedRoutes(c).findLast((candidate) => candidate.method !== 'ALL')?.path ?? 'static';
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    log[c.res.status >= 500 ? 'warn' : 'info']({ method, route, status: c.res.status, ms }, 'request');
  };
}
