import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { chunkReceiptSchema } from '../../core/api/batch.ts';
import { CREW } from '../http/access.ts';
import type { AppEnv } from '../http/client.ts';
import { chunkParams, jsonAnswer, problems } from '../http/describe.ts';
import { withChunkBody } from '../ingest/read-body.ts';
import type { Services } from '../services.ts';

const cborBytes = { 'application/cbor': { schema: z.string().meta({ format: 'binary' }) } };

/** The path of a chunk as the router knows it; its bodies have limits of their own. */
export const CHUNK_ROUTE = '/api/events/:event/batches/:batch/chunks/:seq';

const putChunk = createRoute({
  method: 'put',
  path: '/api/events/{event}/batches/{batch}/chunks/{seq}',
  'x-access': CREW,
  request: {
    params: chunkParams,
    headers: z.object({ 'content-digest': z.string().optional(), 'content-encoding': z.string().optional() }),
    body: { required: true, content: cborBytes },
  },
  responses: {
    200: jsonAnswer(chunkReceiptSchema, 'The same content was stored before'),
    201: jsonAnswer(chunkReceiptSchema, 'Stored durably'),
    ...problems,
  },
});

const getChunk = createRoute({
  method: 'get',
  path: '/api/events/{event}/batches/{batch}/chunks/{seq}',
  'x-access': CREW,
  request: { params: chunkParams },
  responses: {
    200: { description: 'The bytes as they were minted', content: cborBytes },
    304: { description: 'The client has them' },
    ...problems,
  },
});

export function registerChunkRoutes(app: OpenAPIHono<AppEnv>, { store, ingest, uploads, background }: Services): void {
  app.openapi(putChunk, async (c) => {
    const at = c.req.valid('param');
    // Before the body is read: who asks for an unknown batch need not send it all.
    await ingest.findBatch(at.event, at.batch);
    const { outcome, count } = await withChunkBody(c.req.raw, uploads, (body) => ingest.put(at, body));
    if (outcome === 'stored') background.noteChunk();
    return c.json({ batch: at.batch, seq: at.seq, count }, outcome === 'stored' ? 201 : 200);
  });
  app.openapi(getChunk, async (c) => {
    const { event, batch, seq } = c.req.valid('param');
    const { contentSha256, body } = await store.chunks.get(event, batch, seq);
    const etag = `"${Buffer.from(contentSha256).toString('base64url')}"`;
    // A stored chunk never changes; it may hold personal data, so no shared cache keeps it.
    const headers = { ETag: etag, 'Cache-Control': 'private, max-age=31536000, immutable' };
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
    return c.body(body as Uint8Array<ArrayBuffer>, 200, { ...headers, 'Content-Type': 'application/cbor' });
  });
}
