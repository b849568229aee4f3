import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { exportTemplateInputSchema, exportTemplateSchema } from '../../core/api/export-template.ts';
import { CREW } from '../http/access.ts';
import { type AppEnv, actorOf } from '../http/client.ts';
import { eventParams, exportTemplateParams, jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import type { Services } from '../services.ts';

const listTemplates = createRoute({
  method: 'get',
  path: '/api/events/{event}/export-templates',
  'x-access': CREW,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(z.array(exportTemplateSchema), 'The templates by name'), ...problems },
});

const putTemplate = createRoute({
  method: 'put',
  path: '/api/events/{event}/export-templates/{template}',
  'x-access': CREW,
  request: { params: exportTemplateParams, body: jsonBody(exportTemplateInputSchema) },
  responses: { 200: jsonAnswer(exportTemplateSchema, 'The template, made or replaced'), ...problems },
});

const removeTemplate = createRoute({
  method: 'delete',
  path: '/api/events/{event}/export-templates/{template}',
  'x-access': CREW,
  request: { params: exportTemplateParams },
  responses: { 204: { description: 'It is gone, now or before' }, ...problems },
});

export function registerExportTemplateRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  const { exportTemplates } = store;
  app.openapi(listTemplates, async (c) => c.json(await exportTemplates.list(c.req.valid('param').event), 200));
  app.openapi(putTemplate, async (c) => {
    const { event, template } = c.req.valid('param');
    return c.json(await exportTemplates.put(event, template, c.req.valid('json'), actorOf(c).id), 200);
  });
  app.openapi(removeTemplate, async (c) => {
    const { event, template } = c.req.valid('param');
    await exportTemplates.remove(event, template, actorOf(c).id);
    return c.body(null, 204);
  });
}
