import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { accessControl } from './http/access.ts';
import { jsonBodiesOnly } from './http/body-rules.ts';
import { type AppEnv, clientOf } from './http/client.ts';
import { errorHandler } from './http/errors.ts';
import { requestLog } from './http/request-log.ts';
import { sameSiteOnly } from './http/same-site.ts';
import { securityHeaders } from './http/security-headers.ts';
import { registerStaticFiles } from './http/static-files.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { registerAuditRoutes } from './routes/audit.ts';
import { registerBatchRoutes } from './routes/batches.ts';
import { registerCheckInRoutes } from './routes/check-ins.ts';
import { CHUNK_ROUTE, registerChunkRoutes } from './routes/chunks.ts';
import { registerEventRoutes } from './routes/events.ts';
import { registerExportTemplateRoutes } from './routes/export-templates.ts';
import { registerGatePackRoutes } from './routes/gate-packs.ts';
import { registerGatePairingRoutes } from './routes/gate-pairings.ts';
import { registerGateSessionRoutes } from './routes/gate-session.ts';
import { registerGateRoutes } from './routes/gates.ts';
import { registerOperationRoutes } from './routes/operations.ts';
import { registerSessionRoutes } from './routes/session.ts';
import { registerTicketRoutes } from './routes/tickets.ts';
import { registerTypeRoutes } from './routes/types.ts';
import type { Services } from './services.ts';
import { notValid } from './validation.ts';

/**
 * The web application over its services; `app.request` answers in process, without a socket.
 * @param staticFolder the built application; without it only the API is served.
 */
export function createApp(services: Services, staticFolder?: string): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      // An address that cannot be is nowhere; anything else is a wrong value.
      throw result.target === 'param' ? new ProblemError('not-found') : notValid(result.error);
    },
  });
  const { settings, log } = services;
  app.onError(errorHandler(log));
  app.notFound(() => problemResponse(new ProblemError('not-found')));
  app.use(requestLog(log));
  app.use(async (c, next) => {
    c.set('client', clientOf(c, settings.trustedProxies));
    await next();
  });
  app.use(securityHeaders());
  app.use('/api/*', async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_c, methods) => notAllowed(methods) }));
  app.use(sameSiteOnly(settings.publicUrl));
  app.use('/api/*', accessControl(app, services), jsonBodiesOnly(CHUNK_ROUTE));
  registerOperationRoutes(app, services);
  registerSessionRoutes(app, services);
  registerEventRoutes(app, services);
  registerTypeRoutes(app, services);
  registerBatchRoutes(app, services);
  registerChunkRoutes(app, services);
  registerTicketRoutes(app, services);
  registerExportTemplateRoutes(app, services);
  registerGateRoutes(app, services);
  registerGatePackRoutes(app, services);
  registerGatePairingRoutes(app, services);
  registerGateSessionRoutes(app, services);
  registerCheckInRoutes(app, services);
  registerAuditRoutes(app, services);
  if (staticFolder !== undefined) registerStaticFiles(app, staticFolder);
  return app;
}

function notAllowed(methods: readonly string[]): Response {
  const response = problemResponse(new ProblemError('method-not-allowed'));
  response.headers.set('Allow', methods.join(', '));
  return response;
}
