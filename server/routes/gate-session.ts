import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Claim,
  type ClaimedPairing,
  claimedPairingSchema,
  claimSchema,
  type GateSession,
  gateSessionSchema,
  gateSessionStateSchema,
  gateStatusSchema,
} from '../../core/api/gate-device.ts';
import {
  clearGateCookie,
  clearPairingCookie,
  readPairingCookie,
  sendGateCookie,
  sendPairingCookie,
} from '../gates/gate-cookies.ts';
import { hashSecret, isSecret, newSecret } from '../gates/secrets.ts';
import { GATE_ONLY } from '../http/access.ts';
import { type AppEnv, gateSessionOf } from '../http/client.ts';
import { jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import { networkOf } from '../http/network.ts';
import { requireSecureTransport } from '../http/secure-transport.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import type { GateSessionRecord, PairingRecord } from '../store/gate-store.ts';
import { secondsLeft } from './gate-pairings.ts';

const claimPairing = createRoute({
  method: 'post',
  path: '/api/gate/pairing',
  'x-access': 'public',
  request: { body: jsonBody(claimSchema) },
  responses: {
    201: jsonAnswer(claimedPairingSchema, 'The code is used; the device waits to be confirmed'),
    ...problems,
  },
});

const getClaim = createRoute({
  method: 'get',
  path: '/api/gate/pairing',
  'x-access': 'public',
  responses: {
    200: jsonAnswer(claimedPairingSchema.nullable(), 'What this device waits for; null when for nothing (any more)'),
    ...problems,
  },
});

const fetchSession = createRoute({
  method: 'post',
  path: '/api/gate/session',
  'x-access': 'public',
  responses: { 200: jsonAnswer(gateSessionSchema, 'The device is paired; its session is in the cookie'), ...problems },
});

const getSession = createRoute({
  method: 'get',
  path: '/api/gate/session',
  // Asked on every visit: that a device is not paired is an answer, and no failure for a browser to log.
  'x-access': 'public',
  responses: { 200: jsonAnswer(gateSessionStateSchema, 'Whether, and with what, this device is paired'), ...problems },
});

const endSession = createRoute({
  method: 'delete',
  path: '/api/gate/session',
  'x-access': 'public',
  responses: { 204: { description: 'This device is not paired, now or before' }, ...problems },
});

const putStatus = createRoute({
  method: 'put',
  path: '/api/gate/session/status',
  'x-access': GATE_ONLY,
  request: { body: jsonBody(gateStatusSchema) },
  responses: { 204: { description: 'Noted' }, ...problems },
});

/** Pairing and the session as the device sees them. What it goes on with lies in cookies that no script reads. */
export function registerGateSessionRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { store, gateSessions } = services;
  app.openapi(claimPairing, async (c) => c.json(await claim(c, services, c.req.valid('json')), 201));
  app.openapi(getClaim, async (c) => {
    const pairing = await findClaim(c, services);
    return c.json(pairing === undefined ? null : await claimedPairing(services, pairing), 200);
  });
  app.openapi(fetchSession, async (c) => c.json(await startSession(c, services), 200));
  app.openapi(getSession, async (c) => {
    const session = await gateSessions.find(c);
    if (session === undefined) return c.json({ state: 'unpaired' as const }, 200);
    if (session === 'ended') return c.json({ state: 'ended' as const }, 200);
    await gateSessions.noteContact(c, session);
    return c.json({ state: 'paired' as const, ...gateSessionOfRecord(session) }, 200);
  });
  app.openapi(endSession, async (c) => {
    await revokeOwn(c, services);
    clearGateCookie(c);
    return c.body(null, 204);
  });
  app.openapi(putStatus, async (c) => {
    await store.gateDevices.note(gateSessionOf(c).device.id, c.req.valid('json'));
    return c.body(null, 204);
  });
}

async function claim(c: Context<AppEnv>, services: Services, { code, name, nonce }: Claim): Promise<ClaimedPairing> {
  requireSecureTransport(c);
  const keys = [networkOf(c.get('client').address)];
  const waitSeconds = services.pairingLimit.take(keys);
  if (waitSeconds !== undefined) throw new ProblemError('rate-limited', { retryAfterSeconds: waitSeconds });
  const secret = newSecret();
  const pairing = await services.store.gatePairings.claim({
    codeHash: hashSecret(code),
    claimHash: hashSecret(`${code}\n${nonce}`),
    secretHash: hashSecret(secret),
    deviceName: name,
  });
  services.pairingLimit.giveBack(keys);
  sendPairingCookie(c, { id: pairing.id, secret });
  return claimedPairing(services, pairing);
}

async function findClaim(c: Context<AppEnv>, { store }: Services): Promise<PairingRecord | undefined> {
  const cookie = readPairingCookie(c);
  if (cookie === undefined) return undefined;
  const pairing = await store.gatePairings.find(cookie.id);
  return pairing !== undefined && isSecret(cookie.secret, pairing.secretHash) ? pairing : undefined;
}

async function claimedPairing({ store, pairingDigits }: Services, pairing: PairingRecord): Promise<ClaimedPairing> {
  const { eventId, gateId, state, deviceName } = pairing;
  const { name: eventName } = await store.events.get(eventId);
  const gate = (await store.gates.list(eventId)).find(({ id }) => id === gateId);
  if (state === 'open' || deviceName === null || gate === undefined) throw new ProblemError('pairing-over');
  return {
    state,
    name: deviceName,
    digits: pairingDigits.of(pairing),
    eventName,
    gateName: gate.name,
    secondsLeft: secondsLeft(pairing),
  };
}

/** Again, as after a lost reply, it gives another session in the place of the first, until one has been used. */
async function startSession(c: Context<AppEnv>, services: Services): Promise<GateSession> {
  requireSecureTransport(c);
  const pairing = await findClaim(c, services);
  if (pairing === undefined) throw new ProblemError('pairing-over');
  const secret = newSecret();
  const session = await services.store.gatePairings.complete(pairing.id, hashSecret(secret));
  // A device has one pairing: the one before ends with this one.
  await revokeOwn(c, services);
  clearPairingCookie(c);
  sendGateCookie(c, secret, session);
  return gateSessionOfRecord(session);
}

/** Ends the session of the request's cookie, if there is one. */
async function revokeOwn(c: Context<AppEnv>, { store, gateSessions }: Services): Promise<void> {
  const session = await gateSessions.find(c);
  if (session === undefined || session === 'ended') return;
  const { id } = session.device;
  await store.gateDevices.revoke(session.eventId, id, `gate-device ${id}`);
}

function gateSessionOfRecord({ device, eventId, event, gate }: GateSessionRecord): GateSession {
  const { id, name, validUntil } = device;
  return { device: { id, name }, event: { id: eventId, ...event }, gate, validUntil };
}
