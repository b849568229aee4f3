import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  gateDevicePatchSchema,
  gateDeviceSchema,
  gatePatchSchema,
  gateSchema,
  newGateSchema,
} from '../../core/api/gate-device.ts';
import { CREW } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { eventParams, gateDeviceParams, gateParams, jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import type { Services } from '../services.ts';

const listGates = createRoute({
  method: 'get',
  path: '/api/events/{event}/gates',
  'x-access': CREW,
  request: { params: eventParams },
  responses: {
    200: jsonAnswer(z.array(gateSchema), 'The gates in the order they were made, closed ones too'),
    ...problems,
  },
});

const createGate = createRoute({
  method: 'post',
  path: '/api/events/{event}/gates',
  'x-access': CREW,
  request: { params: eventParams, body: jsonBody(newGateSchema) },
  responses: { 201: jsonAnswer(gateSchema, 'The gate, made'), ...problems },
});

const updateGate = createRoute({
  method: 'patch',
  path: '/api/events/{event}/gates/{gate}',
  'x-access': CREW,
  request: { params: gateParams, body: jsonBody(gatePatchSchema) },
  responses: { 200: jsonAnswer(gateSchema, 'The gate, changed'), ...problems },
});

const listDevices = createRoute({
  method: 'get',
  path: '/api/events/{event}/gate-devices',
  'x-access': CREW,
  request: { params: eventParams },
  responses: {
    200: jsonAnswer(z.array(gateDeviceSchema), 'The paired devices, newest first, revoked ones too'),
    ...problems,
  },
});

const renameDevice = createRoute({
  method: 'patch',
  path: '/api/events/{event}/gate-devices/{device}',
  'x-access': CREW,
  request: { params: gateDeviceParams, body: jsonBody(gateDevicePatchSchema) },
  responses: { 200: jsonAnswer(gateDeviceSchema, 'The device, renamed'), ...problems },
});

const revokeDevice = createRoute({
  method: 'delete',
  path: '/api/events/{event}/gate-devices/{device}',
  'x-access': CREW,
  request: { params: gateDeviceParams },
  responses: { 200: jsonAnswer(gateDeviceSchema, 'The device, whose session has ended'), ...problems },
});

export function registerGateRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  const { gates, gateDevices } = store;
  app.openapi(listGates, async (c) => c.json(await gates.list(c.req.valid('param').event), 200));
  app.openapi(createGate, async (c) => {
    const { event } = c.req.valid('param');
    return c.json(await gates.create(event, c.req.valid('json'), actorOf(c).id), 201);
  });
  app.openapi(updateGate, async (c) => {
    const { event, gate } = c.req.valid('param');
    return c.json(await gates.update(event, gate, c.req.valid('json'), actorOf(c).id), 200);
  });
  app.openapi(listDevices, async (c) => c.json(await gateDevices.list(c.req.valid('param').event), 200));
  app.openapi(renameDevice, async (c) => {
    const { event, device } = c.req.valid('param');
    return c.json(await gateDevices.rename(event, device, c.req.valid('json').name, actorOf(c).id), 200);
  });
  app.openapi(revokeDevice, async (c) => {
    const { event, device } = c.req.valid('param');
    return c.json(await gateDevices.revoke(event, device, actorOf(c).id), 200);
  });
}
