import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { AppEnv } from '../http/client.ts';
import { jsonAnswer, problems } from '../http/describe.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

const openApi = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  'x-access': 'public',
  responses: { 200: jsonAnswer(z.looseObject({}), 'This description (OpenAPI 3.1)'), ...problems },
});

const okSchema = z.object({ status: z.literal('ok') });

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  'x-access': 'public',
  responses: { 200: jsonAnswer(okSchema, 'The process is alive'), ...problems },
});

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  'x-access': 'public',
  responses: { 200: jsonAnswer(okSchema, 'The store answers and its migrations are applied'), ...problems },
});

export function registerOperationRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined;
  app.openapi(openApi, (c) => {
    document ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Ticketmint', version: '1' } });
    return c.json(document as unknown as Record<string, unknown>, 200);
  });
  app.openapi(alive, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(ready, async (c) => {
    const isReady = await store.isReady();
    if (!isReady) throw new ProblemError('overloaded', { detail: 'The store is not ready.', retryAfterSeconds: 1 });
    return c.json({ status: 'ok' as const }, 200);
  });
}
