import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { batchDetailSchema, batchManifestSchema, batchStatusSchema, sealRequestSchema } from '../../core/api/batch.ts';
import { ADMIN_ONLY, CREW } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { batchParams, eventParams, jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import { checkDeclaration } from '../ingest/check-declaration.ts';
import type { Services } from '../services.ts';

const listBatches = createRoute({
  method: 'get',
  path: '/api/events/{event}/batches',
  'x-access': CREW,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(z.array(batchStatusSchema), 'The batches, newest first'), ...problems },
});

const declareBatch = createRoute({
  method: 'put',
  path: '/api/events/{event}/batches/{batch}',
  'x-access': CREW,
  request: { params: batchParams, body: jsonBody(batchManifestSchema) },
  responses: {
    200: jsonAnswer(batchDetailSchema, 'The same was declared before'),
    201: jsonAnswer(batchDetailSchema, 'The batch, declared'),
    ...problems,
  },
});

const getBatch = createRoute({
  method: 'get',
  path: '/api/events/{event}/batches/{batch}',
  'x-access': CREW,
  request: { params: batchParams },
  responses: { 200: jsonAnswer(batchDetailSchema, 'Counts, state and what is stored'), ...problems },
});

const sealBatch = createRoute({
  method: 'post',
  path: '/api/events/{event}/batches/{batch}/seal',
  'x-access': CREW,
  request: { params: batchParams, body: jsonBody(sealRequestSchema) },
  responses: { 200: jsonAnswer(batchDetailSchema, 'The batch, sealed now or before'), ...problems },
});

const approveBatch = createRoute({
  method: 'put',
  path: '/api/events/{event}/batches/{batch}/approval',
  'x-access': ADMIN_ONLY,
  request: { params: batchParams },
  responses: { 200: jsonAnswer(batchDetailSchema, 'Gates get the batch at their next sync'), ...problems },
});

const withdrawApproval = createRoute({
  method: 'delete',
  path: '/api/events/{event}/batches/{batch}/approval',
  'x-access': ADMIN_ONLY,
  request: { params: batchParams },
  responses: { 200: jsonAnswer(batchDetailSchema, 'Gates let go of the batch at their next sync'), ...problems },
});

export function registerBatchRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  const { batches } = store;
  app.openapi(listBatches, async (c) => c.json(await batches.list(c.req.valid('param').event), 200));
  app.openapi(declareBatch, async (c) => {
    const { event, batch } = c.req.valid('param');
    const manifest = c.req.valid('json');
    await checkDeclaration(event, batch, manifest);
    const isNew = await batches.declare(event, batch, manifest, actorOf(c).id);
    return c.json(await batches.get(event, batch), isNew ? 201 : 200);
  });
  app.openapi(getBatch, async (c) => {
    const { event, batch } = c.req.valid('param');
    return c.json(await batches.get(event, batch), 200);
  });
  app.openapi(sealBatch, async (c) => {
    const { event, batch } = c.req.valid('param');
    return c.json(await batches.seal(event, batch, c.req.valid('json').reason, actorOf(c).id), 200);
  });
  app.openapi(approveBatch, async (c) => {
    const { event, batch } = c.req.valid('param');
    await batches.approve(event, batch, actorOf(c).id);
    return c.json(await batches.get(event, batch), 200);
  });
  app.openapi(withdrawApproval, async (c) => {
    const { event, batch } = c.req.valid('param');
    await batches.withdrawApproval(event, batch, actorOf(c).id);
    return c.json(await batches.get(event, batch), 200);
  });
}
