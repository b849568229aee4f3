import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Role } from '../../core/api/session.ts';
import type { Auth } from '../auth/auth.ts';
import { ProblemError } from '../problem.ts';
import type { AppEnv } from './client.ts';

/**
 * Who may call a route; stands in its definition as `x-access`. `public` is for anybody and asks for no session;
 * `recognised` is for anybody too, and the route knows who is signed in, if somebody is.
 */
export type Access = 'public' | 'recognised' | readonly Role[];

/** Admins do everything. */
export const ADMIN_ONLY: Access = ['admin'];
/** Coordinators mint, revoke and correct. */
export const CREW: Access = ['admin', 'coordinator'];
/** Gates read. */
export const EVERY_ROLE: Access = ['admin', 'coordinator', 'gate'];

export interface AccessRule {
  readonly method: string;
  /** As the router knows it: `/api/events/:event`. */
  readonly path: string;
  readonly access: Access | undefined;
}

/** The rules of all described routes; one without `x-access` lets nobody in. */
export function accessRules(app: OpenAPIHono<AppEnv>): AccessRule[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, 'x-access': access } = definition.route;
    return [{ method: method.toUpperCase(), path: path.replace(/\{(\w+)\}/g, ':$1'), access: access as Access }];
  });
}

/** Lets a request through to its route only when the route's rule names the caller's role. */
export function accessControl(app: OpenAPIHono<AppEnv>, auth: Auth): MiddlewareHandler<AppEnv> {
  let rules: Map<string, Access | undefined> | undefined;
  return async (c, next) => {
    rules ??= new Map(accessRules(app).map(({ method, path, access }) => [`${method} ${path}`, access]));
    const route = matchedHandler(c);
    if (route === undefined) return next();
    const access = rules.get(route);
    if (access === undefined) throw new ProblemError('forbidden', { detail: 'This route has no access rule.' });
    if (access === 'public') return next();
    const session = await auth.findSession(c.req.header('Cookie') ?? '', c.get('client').isHttps);
    if (session === undefined) {
      if (access === 'recognised') return next();
      throw new ProblemError('not-signed-in');
    }
    if (access !== 'recognised' && !access.includes(session.me.role)) throw new ProblemError('forbidden');
    c.set('me', session.me);
    await next();
    for (const cookie of session.cookies) c.res.headers.append('Set-Cookie', cookie);
    return undefined;
  };
}

/** `GET /api/events/:event` of the handler that will answer; `undefined` when none will. */
function matchedHandler(c: Context<AppEnv>): string | undefined {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const route = matchedRoutes(c).findLast((candidate) => candidate.method === method);
  return route === undefined ? undefined : `${method} ${route.path}`;
}
