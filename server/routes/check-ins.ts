import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import {
  admissionRulesSchema,
  admissionsSchema,
  claimAnswerSchema,
  recordedScansSchema,
  type Scan,
  scanClaimSchema,
  scanConflictsSchema,
  scanResultsSchema,
  scanTotalsSchema,
  scanUploadSchema,
} from '../../core/api/gate.ts';
import { encodeGateSync, GATE_SYNC_MIME_TYPE } from '../../core/gate/gate-sync.ts';
import { ADMIN_ONLY, CREW, CREW_AND_GATES, GATE_ONLY } from '../http/access.ts';
import { type AppEnv, actorOf, gateSessionOf } from '../http/client.ts';
import {
  afterQuery,
  conflictCursorQuery,
  cursorQuery,
  eventParams,
  jsonAnswer,
  jsonBody,
  limitQuery,
  problems,
  sinceQuery,
} from '../http/describe.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

const getRules = createRoute({
  method: 'get',
  path: '/api/events/{event}/admission-rules',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(admissionRulesSchema, 'What holds for all gates'), ...problems },
});

const putRules = createRoute({
  method: 'put',
  path: '/api/events/{event}/admission-rules',
  'x-access': ADMIN_ONLY,
  request: { params: eventParams, body: jsonBody(admissionRulesSchema) },
  responses: { 200: jsonAnswer(admissionRulesSchema, 'The rules, changed'), ...problems },
});

const getSync = createRoute({
  method: 'get',
  path: '/api/events/{event}/gate-sync',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams, query: cursorQuery },
  responses: {
    200: {
      description: 'What verification needs: all of it without a cursor, else what changed since',
      content: { [GATE_SYNC_MIME_TYPE]: { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...problems,
  },
});

const listScans = createRoute({
  method: 'get',
  path: '/api/events/{event}/scans',
  'x-access': CREW,
  request: { params: eventParams, query: z.object({ after: afterQuery, limit: limitQuery(1_000, 1_000) }) },
  responses: { 200: jsonAnswer(recordedScansSchema, 'In the order in which they arrived'), ...problems },
});

const getTotals = createRoute({
  method: 'get',
  path: '/api/events/{event}/scan-totals',
  'x-access': CREW,
  request: { params: eventParams },
  responses: { 200: jsonAnswer(scanTotalsSchema, 'How many scans there are, and the number of the last'), ...problems },
});

const postScans = createRoute({
  method: 'post',
  path: '/api/events/{event}/scans',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams, body: jsonBody(scanUploadSchema) },
  responses: { 200: jsonAnswer(scanResultsSchema, 'What became of each'), ...problems },
});

const claimScan = createRoute({
  method: 'post',
  path: '/api/events/{event}/scans/claim',
  'x-access': GATE_ONLY,
  request: { params: eventParams, body: jsonBody(scanClaimSchema) },
  responses: { 200: jsonAnswer(claimAnswerSchema, 'The verdict; of several devices the first is let in'), ...problems },
});

const listConflicts = createRoute({
  method: 'get',
  path: '/api/events/{event}/scan-conflicts',
  'x-access': CREW_AND_GATES,
  request: {
    params: eventParams,
    query: z.object({ limit: limitQuery(1_000, 200), ...conflictCursorQuery.shape }),
  },
  responses: { 200: jsonAnswer(scanConflictsSchema, 'Double entries, the newest first'), ...problems },
});

const getAdmissions = createRoute({
  method: 'get',
  path: '/api/events/{event}/admissions',
  'x-access': CREW_AND_GATES,
  request: { params: eventParams, query: z.object({ since: sinceQuery }) },
  responses: { 200: jsonAnswer(admissionsSchema, 'Who came in and went out, by gate, type and minute'), ...problems },
});

export function registerCheckInRoutes(app: OpenAPIHono<AppEnv>, { store, gateSessions }: Services): void {
  const { checkIns } = store;
  app.openapi(getRules, async (c) => c.json(await checkIns.getRules(c.req.valid('param').event), 200));
  app.openapi(putRules, async (c) => {
    const rules = await checkIns.setRules(c.req.valid('param').event, c.req.valid('json'), actorOf(c).id);
    return c.json(rules, 200);
  });
  app.openapi(getSync, async (c) => {
    const { changes, scans } = c.req.valid('query');
    const cursor = changes === undefined || scans === undefined ? undefined : { changes, scans };
    const sync = await checkIns.sync(c.req.valid('param').event, cursor);
    // Also where somebody of the crew is signed in on the same device.
    const session = c.get('gateSession') ?? (await gateSessions.find(c));
    if (session !== undefined && session !== 'ended' && session.eventId === c.req.valid('param').event)
      await store.gateDevices.note(session.device.id, { syncAt: sync.at });
    return c.body(encodeGateSync(sync), 200, { 'Content-Type': GATE_SYNC_MIME_TYPE });
  });
  app.openapi(listScans, async (c) => {
    const { after, limit } = c.req.valid('query');
    return c.json(await checkIns.list(c.req.valid('param').event, after, limit), 200);
  });
  app.openapi(getTotals, async (c) => c.json(await checkIns.totals(c.req.valid('param').event), 200));
  app.openapi(postScans, async (c) => {
    const { scans } = c.req.valid('json');
    const results = await checkIns.add(c.req.valid('param').event, scans, senderOf(c, scans));
    return c.json({ at: Date.now(), results }, 200);
  });
  app.openapi(claimScan, async (c) => {
    const { scan } = c.req.valid('json');
    if (scan.kind !== 'enter' && scan.kind !== 'exit')
      throw new ProblemError('not-valid', { field: 'scan.kind', reason: 'expected enter or exit' });
    if (scan.gate !== gateSessionOf(c).gate.id)
      throw new ProblemError('not-valid', { field: 'scan.gate', reason: "expected the device's own gate" });
    const answer = await checkIns.claim(c.req.valid('param').event, scan, senderOf(c, [scan]));
    return c.json({ at: Date.now(), ...answer }, 200);
  });
  app.openapi(listConflicts, async (c) => {
    const { limit, afterAt, afterNonce } = c.req.valid('query');
    const after = afterAt === undefined || afterNonce === undefined ? undefined : { afterAt, afterNonce };
    return c.json(await checkIns.conflicts(c.req.valid('param').event, limit, after), 200);
  });
  app.openapi(getAdmissions, async (c) => {
    const { since } = c.req.valid('query');
    return c.json(await checkIns.admissions(c.req.valid('param').event, since), 200);
  });
}

/** A device sends its own scans; people bring those of devices that met no server. */
function senderOf(c: Context<AppEnv>, scans: readonly Scan[]): string {
  const session = c.get('gateSession');
  if (session === undefined) return actorOf(c).id;
  if (scans.some(({ device }) => device !== session.device.id))
    throw new ProblemError('not-valid', { field: 'device', reason: "expected the device's own scans" });
  return session.device.id;
}
