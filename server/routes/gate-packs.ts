import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { codeLookupAnswerSchema, codeLookupSchema, packCursorSchema } from '../../core/api/gate-pack.ts';
import { encodeCodePackPart, encodeNamePackPart } from '../../core/gate/gate-pack.ts';
import { GATE_SYNC_MIME_TYPE } from '../../core/gate/gate-sync.ts';
import { parseShortCode } from '../../core/ticket/short-code.ts';
import { GATE_ONLY } from '../http/access.ts';
import { type AppEnv, gateSessionOf } from '../http/client.ts';
import { eventParams, jsonAnswer, jsonBody, problems } from '../http/describe.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

/** Two tickets with one code are rare; more of them nobody chooses from. */
const MOST_FOUND = 10;

const request = { params: eventParams, query: z.object({ after: packCursorSchema.optional() }) };

function packAnswer(description: string) {
  return {
    200: { description, content: { [GATE_SYNC_MIME_TYPE]: { schema: z.string().meta({ format: 'binary' }) } } },
    ...problems,
  } as const;
}

const getCodes = createRoute({
  method: 'get',
  path: '/api/events/{event}/gate-packs/codes',
  'x-access': GATE_ONLY,
  request,
  responses: packAnswer('Short codes of stored tickets: from the first, or what came since'),
});

const getNames = createRoute({
  method: 'get',
  path: '/api/events/{event}/gate-packs/names',
  'x-access': GATE_ONLY,
  request,
  responses: packAnswer('Names and seats, each to be opened with its ticket’s token only'),
});

const findCode = createRoute({
  method: 'post',
  path: '/api/events/{event}/ticket-codes',
  'x-access': GATE_ONLY,
  request: { params: eventParams, body: jsonBody(codeLookupSchema) },
  responses: { 200: jsonAnswer(codeLookupAnswerSchema, 'The tickets that have the code'), ...problems },
});

/** What a gate fetches beyond what verification needs. */
export function registerGatePackRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { store, gatePacks, background, codeLimit } = services;
  app.openapi(getCodes, async (c) => {
    const part = await gatePacks.codes(c.req.valid('param').event, c.req.valid('query').after);
    return c.body(encodeCodePackPart(part), 200, { 'Content-Type': GATE_SYNC_MIME_TYPE });
  });
  app.openapi(getNames, async (c) => {
    const { event: eventId } = c.req.valid('param');
    const { gateNames } = await store.events.get(eventId);
    if (gateNames !== true) throw new ProblemError('not-found', { detail: 'This event shows no names at its gates.' });
    const part = await gatePacks.names(eventId, c.req.valid('query').after);
    return c.body(encodeNamePackPart(part), 200, { 'Content-Type': GATE_SYNC_MIME_TYPE });
  });
  app.openapi(findCode, async (c) => {
    const code = parseShortCode(c.req.valid('json').code);
    if (code === undefined) throw new ProblemError('not-valid', { field: 'code', reason: 'expected a short code' });
    // Codes cannot be guessed; whoever tries all the same is soon told to wait.
    const keys = [gateSessionOf(c).device.id];
    const waitSeconds = codeLimit.take(keys);
    if (waitSeconds !== undefined) throw new ProblemError('rate-limited', { retryAfterSeconds: waitSeconds });
    const { hits, notYetIndexed } = await background.search(c.req.valid('param').event, code, MOST_FOUND);
    const found = hits.filter(({ matched }) => matched === 'code');
    if (found.length > 0) codeLimit.giveBack(keys);
    return c.json({ tickets: found.map(({ batch, serial }) => ({ batch, serial })), notYetIndexed }, 200);
  });
}
