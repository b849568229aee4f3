import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
  confirmationSchema,
  gateDeviceSchema,
  openedPairingSchema,
  pairingSchema,
} from '../../core/api/gate-device.ts';
import { hashSecret, newPairingCode } from '../gates/secrets.ts';
import { ADMIN_ONLY } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { gateParams, jsonAnswer, jsonBody, pairingParams, problems } from '../http/describe.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import type { PairingRecord } from '../store/gate-store.ts';

const openPairing = createRoute({
  method: 'post',
  path: '/api/events/{event}/gates/{gate}/pairings',
  'x-access': ADMIN_ONLY,
  request: { params: gateParams },
  responses: { 201: jsonAnswer(openedPairingSchema, 'A code that pairs one device, once'), ...problems },
});

const getPairing = createRoute({
  method: 'get',
  path: '/api/events/{event}/pairings/{pairing}',
  'x-access': ADMIN_ONLY,
  request: { params: pairingParams },
  responses: { 200: jsonAnswer(pairingSchema, 'How far the pairing is'), ...problems },
});

const confirmPairing = createRoute({
  method: 'post',
  path: '/api/events/{event}/pairings/{pairing}/confirmation',
  'x-access': ADMIN_ONLY,
  request: { params: pairingParams, body: jsonBody(confirmationSchema) },
  responses: { 200: jsonAnswer(gateDeviceSchema, 'The device is paired, and may fetch its session'), ...problems },
});

const refusePairing = createRoute({
  method: 'delete',
  path: '/api/events/{event}/pairings/{pairing}',
  'x-access': ADMIN_ONLY,
  request: { params: pairingParams },
  responses: { 204: { description: 'The code opens nothing, and a device that used it is refused' }, ...problems },
});

/** Pairing as the admin does it: a code, the digits of the device that used it, the word that it is the right one. */
export function registerGatePairingRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { settings, pairingDigits } = services;
  const { gatePairings } = services.store;
  const find = async (event: string, pairing: string): Promise<PairingRecord> => {
    const record = await gatePairings.find(pairing);
    if (record?.eventId !== event || record.state === 'refused') throw new ProblemError('pairing-over');
    return record;
  };
  app.openapi(openPairing, async (c) => {
    const { event, gate } = c.req.valid('param');
    const code = newPairingCode();
    const pairing = await gatePairings.open(event, gate, hashSecret(code), actorOf(c).id);
    const origin = settings.publicUrl ?? c.get('client').origin;
    return c.json({ id: pairing.id, code, origin, secondsLeft: secondsLeft(pairing) }, 201);
  });
  app.openapi(getPairing, async (c) => {
    const { event, pairing } = c.req.valid('param');
    const record = await find(event, pairing);
    const { id, gateId, deviceName } = record;
    const device = deviceName === null ? null : { name: deviceName, digits: pairingDigits.of(record) };
    return c.json({ id, gateId, secondsLeft: secondsLeft(record), device }, 200);
  });
  app.openapi(confirmPairing, async (c) => {
    const { event, pairing } = c.req.valid('param');
    const record = await find(event, pairing);
    // What is confirmed is what was seen.
    if (record.claimHash === null || pairingDigits.of(record) !== c.req.valid('json').digits)
      throw new ProblemError('not-valid', {
        field: 'digits',
        reason: 'expected those of the device that used the code',
      });
    return c.json(await gatePairings.confirm(event, pairing, actorOf(c).id), 200);
  });
  app.openapi(refusePairing, async (c) => {
    const { event, pairing } = c.req.valid('param');
    await gatePairings.refuse(event, pairing, actorOf(c).id);
    return c.body(null, 204);
  });
}

/** In seconds, as the clocks of the screens may be wrong. */
export function secondsLeft({ expiresAt }: PairingRecord): number {
  return Math.max(0, Math.ceil((expiresAt - Date.now()) / 1_000));
}
