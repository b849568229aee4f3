import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ticketTypeInputSchema, ticketTypePatchSchema, ticketTypeSchema } from '../../core/api/event.ts';
import { ADMIN_ONLY, CREW_AND_GATES } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { eventParams, jsonAnswer, jsonBody, problems, typeParams } from '../http/describe.ts';
import type { Services } from '../services.ts';

const listTypes = createRoute({
  method: 'get',
  path: '/api/events/{event}/types',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams },
  responses: {
    200: jsonAnswer(z.array(ticketTypeSchema), 'The ticket types by index, archived ones too'),
    ...problems,
  },
});

const createType = createRoute({
  method: 'post',
  path: '/api/events/{event}/types',
  'x-access': ADMIN_ONLY,
  request: { params: eventParams, body: jsonBody(ticketTypeInputSchema) },
  responses: { 201: jsonAnswer(ticketTypeSchema, 'The ticket type, made'), ...problems },
});

const updateType = createRoute({
  method: 'patch',
  path: '/api/events/{event}/types/{index}',
  'x-access': ADMIN_ONLY,
  request: { params: typeParams, body: jsonBody(ticketTypePatchSchema) },
  responses: { 200: jsonAnswer(ticketTypeSchema, 'The ticket type, changed'), ...problems },
});

export function registerTypeRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  app.openapi(listTypes, async (c) => c.json(await store.events.listTypes(c.req.valid('param').event), 200));
  app.openapi(createType, async (c) => {
    const { event } = c.req.valid('param');
    return c.json(await store.events.createType(event, c.req.valid('json'), actorOf(c).id), 201);
  });
  app.openapi(updateType, async (c) => {
    const { event, index } = c.req.valid('param');
    return c.json(await store.events.updateType(event, index, c.req.valid('json'), actorOf(c).id), 200);
  });
}
