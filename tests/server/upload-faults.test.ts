import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchDetail } from '../../core/api/batch.ts';
import { decodeChunk, decodeTrustedChunk, encodeChunk } from '../../core/chunk/chunk.ts';
import { chunkRequest, MINTED_AT, type MintedBatch, mintBatch } from '../support/minted-batch.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { EVENT, json, TYPE } from './server-fixture.ts';

/** Reduced for every change; all of them with `npm run test:full`. */
const IS_FULL = (process.env.TICKETMINT_FULL ?? '') !== '';
const SAME_CHUNKS = IS_FULL ? 10_000 : 200;
const ALTERED = IS_FULL ? 1_000 : 60;
const FLIPS = IS_FULL ? 1_000 : 120;

let server: TestServer;
let eventId: string;

beforeAll(async () => {
  server = await startTestServer();
  eventId = (await json<{ id: string }>(sendJson('POST', '/api/events', EVENT), 201)).id;
  await json(sendJson('POST', `/api/events/${eventId}/types`, TYPE), 201);
});
afterAll(() => server.close());

function sendJson(method: string, path: string, body: unknown): Promise<Response> {
  return server.fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function declare(count: number, chunkSize: number): Promise<MintedBatch> {
  const batch = await mintBatch({ eventId, count, chunkSize });
  await json(sendJson('PUT', `/api/events/${eventId}/batches/${batch.id}`, batch.manifest), 201);
  return batch;
}

const pathOf = (batch: MintedBatch, seq: number) => `/api/events/${eventId}/batches/${batch.id}/chunks/${seq}`;
const detailOf = async (batch: MintedBatch) =>
  json<BatchDetail>(await server.fetch(`/api/events/${eventId}/batches/${batch.id}`));

test(`U4: of ${SAME_CHUNKS} chunks each sent 8 times at once, each is stored once and acknowledged 8 times`, async () => {
  const batch = await declare(SAME_CHUNKS * 50, 50);
  const statuses = new Map<number, number>();
  for (let seq = 0; seq < SAME_CHUNKS; seq++) {
    const request = chunkRequest(await batch.chunk(seq));
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.fetch(pathOf(batch, seq), request)));
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 201: SAME_CHUNKS, 200: 7 * SAME_CHUNKS });
  expect(await detailOf(batch)).toMatchObject({ stored: SAME_CHUNKS * 50, acknowledged: [[0, SAME_CHUNKS - 1]] });
}, 600_000);

test(`U5: ${ALTERED} other contents under a stored number are refused, and the store is unchanged`, async () => {
  const batch = await declare(50, 50);
  const bytes = await batch.chunk(0);
  await json(server.fetch(pathOf(batch, 0), chunkRequest(bytes)), 201);
  const chunk = decodeTrustedChunk(bytes);
  for (let shift = 1; shift <= ALTERED; shift++) {
    const altered = encodeChunk({ ...chunk, mintedAt: chunk.mintedAt + shift });
    expect((await server.fetch(pathOf(batch, 0), chunkRequest(altered))).status).toBe(409);
  }
  const stored = await server.fetch(pathOf(batch, 0));
  expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true);
}, 300_000);

test(`U8: of ${FLIPS} bit flips on the way none is accepted`, async () => {
  const batch = await declare(50, 50);
  const request = chunkRequest(await batch.chunk(0), { gzip: true });
  await fc.assert(
    fc.asyncProperty(fc.nat(request.body.length * 8 - 1), async (bit) => {
      const body = request.body.slice();
      body[bit >> 3] = (body[bit >> 3] as number) ^ (1 << (bit & 7));
      const answer = await server.fetch(pathOf(batch, 0), { ...request, body });
      return answer.status === 422 && ((await answer.json()) as { code: string }).code === 'digest-mismatch';
    }),
    { numRuns: FLIPS },
  );
  expect((await detailOf(batch)).stored).toBe(0);
  await json(server.fetch(pathOf(batch, 0), request), 201);
}, 300_000);

test(`U8: of ${FLIPS} bit flips before the digest was made none is accepted, nor does any break the server`, async () => {
  const batch = await declare(50, 50);
  const bytes = await batch.chunk(0);
  // All but the signatures: one flipped there may escape the sample, and is caught by the full verification.
  const { signatures } = decodeTrustedChunk(bytes);
  const before = Buffer.from(bytes).indexOf(signatures);
  await fc.assert(
    fc.asyncProperty(fc.nat((bytes.length - signatures.length) * 8 - 1), async (bit) => {
      const body = bytes.slice();
      const at = bit >> 3 < before ? bit >> 3 : (bit >> 3) + signatures.length;
      body[at] = (body[at] as number) ^ (1 << (bit & 7));
      fc.pre(!isAnotherTime(body));
      const answer = await server.fetch(pathOf(batch, 0), chunkRequest(body));
      await answer.arrayBuffer();
      return answer.status === 422;
    }),
    { numRuns: FLIPS },
  );
  expect((await detailOf(batch)).stored).toBe(0);
}, 300_000);

/** Nothing vouches for when a chunk was minted: one that says another time is as valid. */
function isAnotherTime(body: Uint8Array): boolean {
  try {
    return decodeChunk(body).mintedAt !== MINTED_AT;
  } catch {
    return false;
  }
}

/** Sends a request's head and body as they are, and returns all that comes back until the server hangs up. */
async function sendRaw(head: string[], body: Iterable<Uint8Array>): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const { promise, resolve } = Promise.withResolvers<string>();
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  // The server may hang up while we still send: what it had said counts.
  socket.on('error', () => resolve(answer));
  socket.on('close', () => resolve(answer));
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  for (const piece of body) {
    if (socket.destroyed) break;
    if (!socket.write(piece)) await new Promise((next) => socket.once('drain', next).once('close', next));
  }
  socket.setTimeout(5_000, () => socket.destroy());
  return promise;
}

async function headOf(batch: MintedBatch, fields: string[]): Promise<string[]> {
  return [
    `PUT ${pathOf(batch, 0)} HTTP/1.1`,
    'Host: localhost',
    `Cookie: ${await server.cookie()}`,
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/cbor',
    'Connection: close',
    ...fields,
  ];
}

const digestOf = (body: Uint8Array) =>
  `Content-Digest: sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

function residentMb(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
}

test('U9: gzip bombs of 1 MB to 1 GB are refused with 413 and cost at most 64 MB', async () => {
  const batch = await declare(50, 50);
  // A first one, so that what every inflating needs is not counted against the bombs.
  const sizes = [9, 9, 64, 256, 1_024];
  let before = 0;
  for (const [index, megabytes] of sizes.entries()) {
    const bomb = gzipSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 9 });
    if (index === 1) before = residentMb();
    const head = await headOf(batch, ['Content-Encoding: gzip', digestOf(bomb), `Content-Length: ${bomb.length}`]);
    expect(statusOf(await sendRaw(head, [bomb]))).toBe(413);
  }
  expect(residentMb() - before).toBeLessThanOrEqual(64);
}, 120_000);

test('U9: a body without a length is cut off at 8 MiB', async () => {
  const batch = await declare(50, 50);
  const before = residentMb();
  const head = await headOf(batch, [digestOf(new Uint8Array()), 'Transfer-Encoding: chunked']);
  const piece = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);
  function* endless() {
    for (let sent = 0; sent < 512; sent++) yield piece;
  }
  expect(statusOf(await sendRaw(head, endless()))).toBe(413);
  expect(residentMb() - before).toBeLessThanOrEqual(64);
}, 60_000);

test('U9: a length that says too much is refused before the body, one that lies is no chunk', async () => {
  const batch = await declare(50, 50);
  const bytes = await batch.chunk(0);
  const huge = await headOf(batch, [digestOf(bytes), 'Content-Length: 9000000000']);
  expect(statusOf(await sendRaw(huge, [bytes]))).toBe(413);
  const short = await headOf(batch, [digestOf(bytes), `Content-Length: ${bytes.length - 1}`]);
  expect(statusOf(await sendRaw(short, [bytes.subarray(0, -1)]))).toBe(422);
  // It waits for the byte that never comes, and nothing is stored.
  const long = await headOf(batch, [digestOf(bytes), `Content-Length: ${bytes.length + 1}`]);
  expect(await sendRaw(long, [bytes])).toBe('');
  const nonsense = await headOf(batch, [digestOf(bytes), 'Content-Length: many']);
  expect(statusOf(await sendRaw(nonsense, [bytes]))).toBe(400);
  expect((await detailOf(batch)).stored).toBe(0);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
}, 60_000);
