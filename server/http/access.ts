import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Role } from '../../core/api/session.ts';
import type { Auth } from '../auth/auth.ts';
import type { GateSessionLookup, GateSessions } from '../gates/gate-sessions.ts';
import { ProblemError } from '../problem.ts';
import type { GateSessionRecord } from '../store/gate-store.ts';
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
/** Paired devices, each within its own event; people do not get in. What they may read bears no name. */
export const GATE_ONLY: Access = ['gate'];
/** People, and the devices of the event. */
export const CREW_AND_GATES: Access = ['admin', 'coordinator', 'gate'];

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

/** Who is looked for: people by their sessions, devices by theirs. */
interface Callers {
  readonly auth: Auth;
  readonly gateSessions: GateSessions;
}

/** Lets a request through to its route only when the route's rule names the caller's role. */
export function accessControl(app: OpenAPIHono<AppEnv>, callers: Callers): MiddlewareHandler<AppEnv> {
  let rules: Map<string, Access | undefined> | undefined;
  return async (c, next) => {
    rules ??= new Map(accessRules(app).map(({ method, path, access }) => [`${method} ${path}`, access]));
    const route = matchedHandler(c);
    if (route === undefined) return next();
    const access = rules.get(route);
    if (access === undefined) throw new ProblemError('forbidden', { detail: 'This route has no access rule.' });
    if (access === 'public') return next();
    const person = await callers.auth.findSession(c.req.header('Cookie') ?? '', c.get('client').isHttps);
    const isPersonIn = person !== undefined && (access === 'recognised' || isAmong(person.me.role, access));
    if (isPersonIn || access === 'recognised') {
      c.set('me', person?.me);
      await next();
      for (const cookie of person?.cookies ?? []) c.res.headers.append('Set-Cookie', cookie);
      return;
    }
    const session = await callers.gateSessions.find(c);
    checkDevice(session, { access, route, path: c.req.path, isPerson: person !== undefined });
    c.set('gateSession', session);
    await next();
    await callers.gateSessions.noteContact(c, session);
  };
}

/** The role `gate` is a paired device's; a person's account does not have it, whatever it says. */
function isAmong(role: Role, access: readonly Role[]): boolean {
  return role !== 'gate' && access.includes(role);
}

interface Asked {
  readonly access: readonly Role[];
  readonly route: string;
  readonly path: string;
  /** Whether somebody is signed in, whose role is not among those of the rule. */
  readonly isPerson: boolean;
}

/** A device gets through to what is for gates, of its own event. @throws {ProblemError} to all others. */
function checkDevice(
  session: GateSessionLookup,
  { access, route, path, isPerson }: Asked,
): asserts session is GateSessionRecord {
  const isForGates = access.includes('gate');
  if (session === undefined || session === 'ended') {
    if (isPerson) throw new ProblemError('forbidden');
    throw new ProblemError(isForGates && session === 'ended' ? 'device-unpaired' : 'not-signed-in');
  }
  // As it was sent: another spelling of the event's id is no way around.
  const isElsewhere = route.includes(' /api/events/:event') && path.split('/')[3] !== session.eventId;
  if (!isForGates || isElsewhere) throw new ProblemError('forbidden');
}

/** `GET /api/events/:event` of the handler that will answer; `undefined` when none will. */
function matchedHandler(c: Context<AppEnv>): string | undefined {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const route = matchedRoutes(c).findLast((candidate) => candidate.method === method);
  return route === undefined ? undefined : `${method} ${route.path}`;
}
