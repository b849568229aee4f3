import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { eventPatchSchema, eventSchema, eventSummarySchema, newEventSchema } from '../../core/api/event.ts';
import { ADMIN_ONLY, CREW, CREW_AND_GATES } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { eventParams, jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import type { Services } from '../services.ts';

const listEvents = createRoute({
  method: 'get',
  path: '/api/events',
  'x-access': CREW,
  responses: { 200: jsonAnswer(z.array(eventSchema), 'The events, newest start first'), ...problems },
});

const createEvent = createRoute({
  method: 'post',
  path: '/api/events',
  'x-access': ADMIN_ONLY,
  request: { body: jsonBody(newEventSchema) },
  responses: { 201: jsonAnswer(eventSchema, 'The event, made'), ...problems },
});

const getEvent = createRoute({
  method: 'get',
  path: '/api/events/{event}',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(eventSchema, 'The event'), ...problems },
});

const updateEvent = createRoute({
  method: 'patch',
  path: '/api/events/{event}',
  'x-access': ADMIN_ONLY,
  request: { params: eventParams, body: jsonBody(eventPatchSchema) },
  responses: { 200: jsonAnswer(eventSchema, 'The event, changed'), ...problems },
});

const removeEvent = createRoute({
  method: 'delete',
  path: '/api/events/{event}',
  'x-access': ADMIN_ONLY,
  request: { params: eventParams },
  responses: { 204: { description: 'The demo event is removed, with all that belongs to it' }, ...problems },
});

const summarizeEvent = createRoute({
  method: 'get',
  path: '/api/events/{event}/summary',
  'x-access': CREW,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(eventSummarySchema, "The event's counters"), ...problems },
});

export function registerEventRoutes(app: OpenAPIHono<AppEnv>, { store, background }: Services): void {
  app.openapi(listEvents, async (c) => c.json(await store.events.list(), 200));
  app.openapi(createEvent, async (c) => c.json(await store.events.create(c.req.valid('json'), actorOf(c).id), 201));
  app.openapi(getEvent, async (c) => c.json(await store.events.get(c.req.valid('param').event), 200));
  app.openapi(updateEvent, async (c) => {
    const { event } = c.req.valid('param');
    return c.json(await store.events.update(event, c.req.valid('json'), actorOf(c).id), 200);
  });
  app.openapi(removeEvent, async (c) => {
    const { event } = c.req.valid('param');
    await store.events.remove(event, actorOf(c).id);
    background.noteRemoval(event);
    return c.body(null, 204);
  });
  app.openapi(summarizeEvent, async (c) => c.json(await store.events.summarize(c.req.valid('param').event), 200));
}
