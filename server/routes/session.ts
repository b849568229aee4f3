import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { meSchema, setupRequestSchema, setupStateSchema, signInRequestSchema } from '../../core/api/session.ts';
import { DEVICE_SECONDS } from '../auth/known-device.ts';
import type { AppEnv } from '../http/client.ts';
import { jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import { networkOf } from '../http/network.ts';
import { requireSecureTransport } from '../http/secure-transport.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

const me = createRoute({
  method: 'get',
  path: '/api/me',
  // Asked on every first visit: that nobody is signed in is an answer, and no failure for a browser to log.
  'x-access': 'recognised',
  responses: { 200: jsonAnswer(meSchema.nullable(), 'Who is signed in; null when nobody is'), ...problems },
});

const signIn = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/email',
  'x-access': 'public',
  request: { body: jsonBody(signInRequestSchema) },
  responses: { 200: jsonAnswer(meSchema, 'Signed in; the session is in the cookie'), ...problems },
});

const signOut = createRoute({
  method: 'post',
  path: '/api/auth/sign-out',
  'x-access': 'public',
  responses: { 204: { description: 'Signed out, whether or not anybody was signed in' }, ...problems },
});

const clearDevice = createRoute({
  method: 'post',
  path: '/api/auth/clear-device',
  'x-access': 'public',
  responses: {
    204: { description: 'The browser deletes all that it stores of this site, but for cookies' },
    ...problems,
  },
});

const setupState = createRoute({
  method: 'get',
  path: '/api/setup',
  'x-access': 'public',
  responses: {
    200: jsonAnswer(
      setupStateSchema,
      'Whether the first administrator is still to be made, and where people should sign in',
    ),
    ...problems,
  },
});

const completeSetup = createRoute({
  method: 'post',
  path: '/api/setup',
  'x-access': 'public',
  request: { body: jsonBody(setupRequestSchema) },
  responses: { 200: jsonAnswer(meSchema, 'The administrator exists and is signed in'), ...problems },
});

export function registerSessionRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { auth, setup, settings } = services;
  app.openapi(me, (c) => c.json(c.get('me') ?? null, 200));
  app.openapi(signIn, async (c) => c.json(await startSession(c, services, c.req.valid('json')), 200));
  app.openapi(signOut, async (c) => {
    const { cookies } = await auth.signOut(c.req.header('Cookie') ?? '', c.get('client').isHttps);
    sendCookies(c, cookies);
    return c.body(null, 204);
  });
  app.openapi(clearDevice, (c) => {
    c.header('Clear-Site-Data', '"storage"');
    return c.body(null, 204);
  });
  const httpsUrl = settings.publicUrl?.startsWith('https:') === true ? settings.publicUrl : null;
  app.openapi(setupState, async (c) => c.json({ needsSetup: await setup.needsSetup(), httpsUrl }, 200));
  app.openapi(completeSetup, async (c) => {
    requireSecureTransport(c);
    const request = c.req.valid('json');
    await setup.complete(request);
    return c.json(await startSession(c, services, request), 200);
  });
}

async function startSession(
  c: Context<AppEnv>,
  { auth, signInLimit, knownDevices }: Services,
  { email, password }: { email: string; password: string },
) {
  requireSecureTransport(c);
  const { address, isHttps } = c.get('client');
  const deviceCookie = isHttps ? '__Host-ticketmint-device' : 'ticketmint-device';
  const device = knownDevices.verify(getCookie(c, deviceCookie), email);
  const account = device === undefined ? `account ${email.toLowerCase()}` : `device ${device}`;
  const keys = [account, `address ${networkOf(address)}`];
  const waitSeconds = signInLimit.take(keys);
  if (waitSeconds !== undefined) throw new ProblemError('rate-limited', { retryAfterSeconds: waitSeconds });
  const session = await auth.signIn({ email, password }, isHttps);
  if (session === undefined)
    throw new ProblemError('not-signed-in', { detail: 'The e-mail or the password is not right.' });
  signInLimit.giveBack(keys);
  sendCookies(c, session.cookies);
  setCookie(c, deviceCookie, knownDevices.issue(email), {
    httpOnly: true,
    secure: isHttps,
    sameSite: 'Strict',
    path: '/',
    maxAge: DEVICE_SECONDS,
  });
  return session.me;
}

function sendCookies(c: Context<AppEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}
