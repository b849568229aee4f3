import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  correctionInputSchema,
  correctionSchema,
  revocationInputSchema,
  revocationSchema,
  ticketSearchSchema,
} from '../../core/api/batch.ts';
import { CREW } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import {
  batchParams,
  eventParams,
  jsonAnswer,
  jsonBody,
  limitQuery,
  problems,
  revocationParams,
} from '../http/describe.ts';
import type { Services } from '../services.ts';

const searchTickets = createRoute({
  method: 'get',
  path: '/api/events/{event}/tickets',
  'x-access': CREW,
  request: {
    params: eventParams,
    query: z.object({ q: z.string().trim().min(1).max(300), limit: limitQuery(200, 50) }),
  },
  responses: {
    200: jsonAnswer(ticketSearchSchema, 'By code, serial, token, seat, name, e-mail, reference'),
    ...problems,
  },
});

const listRevocations = createRoute({
  method: 'get',
  path: '/api/events/{event}/revocations',
  'x-access': CREW,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(z.array(revocationSchema), 'In the order they were made'), ...problems },
});

const revokeTickets = createRoute({
  method: 'post',
  path: '/api/events/{event}/revocations',
  'x-access': CREW,
  request: { params: eventParams, body: jsonBody(revocationInputSchema) },
  responses: { 201: jsonAnswer(revocationSchema, 'The range is revoked'), ...problems },
});

const undoRevocation = createRoute({
  method: 'delete',
  path: '/api/events/{event}/revocations/{id}',
  'x-access': CREW,
  request: { params: revocationParams },
  responses: { 200: jsonAnswer(revocationSchema, 'Taken back now or before'), ...problems },
});

const listCorrections = createRoute({
  method: 'get',
  path: '/api/events/{event}/batches/{batch}/corrections',
  'x-access': CREW,
  request: { params: batchParams },
  responses: { 200: jsonAnswer(z.array(correctionSchema), 'In the order they were made: later ones win'), ...problems },
});

const correctTicket = createRoute({
  method: 'post',
  path: '/api/events/{event}/batches/{batch}/corrections',
  'x-access': CREW,
  request: { params: batchParams, body: jsonBody(correctionInputSchema) },
  responses: { 201: jsonAnswer(correctionSchema, 'The field is corrected'), ...problems },
});

export function registerTicketRoutes(app: OpenAPIHono<AppEnv>, { store, background }: Services): void {
  const { batches } = store;
  app.openapi(searchTickets, async (c) => {
    const { event } = c.req.valid('param');
    const { q, limit } = c.req.valid('query');
    await store.events.get(event);
    return c.json(await background.search(event, q, limit), 200);
  });
  app.openapi(listRevocations, async (c) => c.json(await batches.listRevocations(c.req.valid('param').event), 200));
  app.openapi(revokeTickets, async (c) => {
    const { event } = c.req.valid('param');
    return c.json(await batches.revoke(event, c.req.valid('json'), actorOf(c).id), 201);
  });
  app.openapi(undoRevocation, async (c) => {
    const { event, id } = c.req.valid('param');
    return c.json(await batches.undoRevocation(event, id, actorOf(c).id), 200);
  });
  app.openapi(listCorrections, async (c) => {
    const { event, batch } = c.req.valid('param');
    return c.json(await batches.listCorrections(event, batch), 200);
  });
  app.openapi(correctTicket, async (c) => {
    const { event, batch } = c.req.valid('param');
    const correction = await batches.correct(event, batch, c.req.valid('json'), actorOf(c).id);
    background.noteCorrection();
    return c.json(correction, 201);
  });
}
