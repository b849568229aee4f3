import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { auditEntrySchema, auditVerificationSchema } from '../../core/api/audit.ts';
import { ADMIN_ONLY } from '../http/access.ts';
import type { AppEnv } from '../http/client.ts';
import { beforeQuery, jsonAnswer, limitQuery, problems } from '../http/describe.ts';
import type { Services } from '../services.ts';

const listAudit = createRoute({
  method: 'get',
  path: '/api/audit',
  'x-access': ADMIN_ONLY,
  request: { query: z.object({ before: beforeQuery, limit: limitQuery(1_000, 100) }) },
  responses: { 200: jsonAnswer(z.array(auditEntrySchema), 'Newest first, those before `before`'), ...problems },
});

const verifyAudit = createRoute({
  method: 'get',
  path: '/api/audit/verification',
  'x-access': ADMIN_ONLY,
  responses: { 200: jsonAnswer(auditVerificationSchema, 'Whether any line was changed afterwards'), ...problems },
});

export function registerAuditRoutes(app: OpenAPIHono<AppEnv>, { store }: Services): void {
  app.openapi(listAudit, async (c) => c.json(await store.audit.list(c.req.valid('query')), 200));
  app.openapi(verifyAudit, async (c) => {
    const brokenAt = (await store.audit.findBroken()) ?? null;
    return c.json({ intact: brokenAt === null, brokenAt }, 200);
  });
}
