import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchDetail } from '../../core/api/batch.ts';
import { decodeTrustedChunk, encodeChunk } from '../../core/chunk/chunk.ts';
import { chunkRequest, type MintedBatch, mintBatch } from '../support/minted-batch.ts';
import { batchPath, json, openServer, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;

beforeAll(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent();
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** A batch of 120 tickets in three chunks, the last one shorter. */
const declare = (): Promise<MintedBatch> => fixture.declare({ eventId, count: 120, chunkSize: 50 });
const detailOf = ({ id }: { id: string }) =>
  json<BatchDetail>(fixture.as('coordinator', 'GET', batchPath(eventId, id)));
const put = ({ id }: { id: string }, seq: number, bytes: Uint8Array<ArrayBuffer>, gzip?: boolean) =>
  fixture.put({ eventId, id }, seq, bytes, gzip);

async function putWith(batch: MintedBatch, change: (headers: Headers) => void): Promise<Response> {
  const request = chunkRequest(await batch.chunk(0));
  const headers = new Headers(request.headers);
  headers.set('Cookie', await fixture.cookieOf('coordinator'));
  headers.set('Sec-Fetch-Site', 'same-origin');
  change(headers);
  return fixture.raw(`${batchPath(eventId, batch.id)}/chunks/0`, { ...request, headers });
}

describe('a chunk', () => {
  test('that is new is stored: 201', async () => {
    const batch = await declare();
    const receipt = await json(put(batch, 2, await batch.chunk(2)), 201);
    expect(receipt).toEqual({ batch: batch.id, seq: 2, count: 20 });
    expect(await detailOf(batch)).toMatchObject({ stored: 20, acknowledged: [[2, 2]], personalised: false });
  });

  test('that was stored before is acknowledged again: 200, and counted once', async () => {
    const batch = await declare();
    const bytes = await batch.chunk(0);
    await json(put(batch, 0, bytes), 201);
    await json(put(batch, 0, bytes), 200);
    // Compressed in transit, it is the same content.
    await json(put(batch, 0, bytes, true), 200);
    expect(await detailOf(batch)).toMatchObject({ stored: 50, acknowledged: [[0, 0]] });
  });

  test('with personal fields is stored gzipped in transit and read back as it was minted', async () => {
    const batch = await fixture.declare({
      eventId,
      count: 60,
      chunkSize: 60,
      fieldsOf: ({ count }) => ({
        holder: new Array<string>(count).fill('मीना शर्मा'),
        'x-shoe': new Array<null>(count).fill(null),
      }),
    });
    const bytes = await batch.chunk(0);
    await json(put(batch, 0, bytes, true), 201);
    const response = await fixture.as('coordinator', 'GET', `${batchPath(eventId, batch.id)}/chunks/0`);
    expect(response.headers.get('Content-Type')).toBe('application/cbor');
    expect(response.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await detailOf(batch)).toMatchObject({ personalised: true });
    const etag = response.headers.get('ETag') as string;
    expect(etag).toBe(`"${createHash('sha256').update(bytes).digest('base64url')}"`);
    const again = await fixture.as('coordinator', 'GET', `${batchPath(eventId, batch.id)}/chunks/0`, undefined, {
      'If-None-Match': etag,
    });
    expect(again.status).toBe(304);
  });

  test('of the largest size is stored without holding up the event loop for 50 ms', async () => {
    const columns = Array.from({ length: 40 }, (_, column) => `x-${column}`);
    const fieldsOf = ({ count }: { count: number }) =>
      Object.fromEntries(
        columns.map((name) => [name, Array.from({ length: count }, (_, row) => `${name} of row ${row}, nothing more`)]),
      );
    const batch = await fixture.declare({ eventId, count: 5_000, chunkSize: 5_000, fieldsOf });
    const bytes = await batch.chunk(0);
    expect(bytes.length).toBeGreaterThan(5_000_000);
    const cpuMs = () => process.threadCpuUsage().user / 1_000;
    let longest = 0;
    let before = cpuMs();
    const timer = setInterval(() => {
      longest = Math.max(longest, cpuMs() - before);
      before = cpuMs();
    }, 1);
    await json(put(batch, 0, bytes), 201);
    clearInterval(timer);
    // In processor time, as other tests run beside it.
    expect(longest).toBeLessThan(50);
    expect(await detailOf(batch)).toMatchObject({ stored: 5_000, personalised: true });
    const { mintedAt, ...chunk } = decodeTrustedChunk(bytes);
    const invalid = encodeChunk({ ...chunk, mintedAt, count: 4_999 });
    expect(await (await put(batch, 0, invalid)).json()).toMatchObject({ code: 'chunk-invalid', field: 'signatures' });
  });

  test('of an undeclared batch is refused: 404', async () => {
    const batch = await mintBatch({ eventId, count: 50, chunkSize: 50 });
    expect(await problemOf(put(batch, 0, await batch.chunk(0)))).toBe('404 batch-not-declared');
  });

  test('sent to another event is refused: 404', async () => {
    const batch = await declare();
    const other = await fixture.makeEvent();
    const answer = fixture.put({ eventId: other, id: batch.id }, 0, await batch.chunk(0));
    expect(await problemOf(answer)).toBe('404 batch-not-declared');
  });

  test('with other content under the same number is refused: 409, and the first stays', async () => {
    const batch = await declare();
    const bytes = await batch.chunk(0);
    await json(put(batch, 0, bytes), 201);
    const { mintedAt, ...chunk } = decodeTrustedChunk(bytes);
    expect(await problemOf(put(batch, 0, encodeChunk({ ...chunk, mintedAt: mintedAt + 1 })))).toBe(
      '409 chunk-conflict',
    );
    const stored = await fixture.as('coordinator', 'GET', `${batchPath(eventId, batch.id)}/chunks/0`);
    expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('of a sealed batch is refused: 410, unless it was stored before: 200', async () => {
    const batch = await declare();
    await json(put(batch, 0, await batch.chunk(0)), 201);
    await json(fixture.as('coordinator', 'POST', `${batchPath(eventId, batch.id)}/seal`, { reason: 'lost' }));
    expect(await problemOf(put(batch, 1, await batch.chunk(1)))).toBe('410 batch-sealed');
    await json(put(batch, 0, await batch.chunk(0)), 200);
  });

  test('larger than 8 MiB is refused: 413', async () => {
    const batch = await declare();
    expect(await problemOf(put(batch, 0, new Uint8Array(8 * 1024 * 1024 + 1)))).toBe('413 too-large');
  });

  test('that inflates to more than 8 MiB is refused: 413', async () => {
    const batch = await declare();
    expect(await problemOf(put(batch, 0, new Uint8Array(9 * 1024 * 1024), true))).toBe('413 too-large');
  });

  test('whose digest is another is refused: 422 digest-mismatch', async () => {
    const batch = await declare();
    const other = createHash('sha256').update('other').digest('base64');
    const answer = putWith(batch, (headers) => headers.set('Content-Digest', `sha-256=:${other}:`));
    expect(await problemOf(answer)).toBe('422 digest-mismatch');
  });

  test('whose digest stands among others is stored', async () => {
    const batch = await declare();
    const answer = await putWith(batch, (headers) =>
      headers.set('Content-Digest', `md5=:AAAA:, ${headers.get('Content-Digest')}`),
    );
    expect(answer.status).toBe(201);
  });

  test.each([null, 'sha-512=:AAAA:', 'sha-256=AAAA'])(
    'with the digest %s is refused: 400 digest-required',
    async (digest) => {
      const batch = await declare();
      const answer = putWith(batch, (headers) =>
        digest === null ? headers.delete('Content-Digest') : headers.set('Content-Digest', digest),
      );
      expect(await problemOf(answer)).toBe('400 digest-required');
    },
  );

  test('of another media type is refused: 415', async () => {
    const batch = await declare();
    const answer = putWith(batch, (headers) => headers.set('Content-Type', 'application/json'));
    expect(await problemOf(answer)).toBe('415 unsupported-media-type');
  });

  test('of another encoding is refused: 415', async () => {
    const batch = await declare();
    const answer = putWith(batch, (headers) => headers.set('Content-Encoding', 'br'));
    expect(await problemOf(answer)).toBe('415 unsupported-encoding');
  });

  test('that is not gzip though it says so is refused: 422', async () => {
    const batch = await declare();
    const answer = putWith(batch, (headers) => headers.set('Content-Encoding', 'gzip'));
    expect(await problemOf(answer)).toBe('422 chunk-invalid');
  });

  test('without a session is refused: 401', async () => {
    const batch = await declare();
    expect(await problemOf(putWith(batch, (headers) => headers.delete('Cookie')))).toBe('401 not-signed-in');
  });

  test('is refused while the server holds too much: 503 with Retry-After', async () => {
    const batch = await declare();
    const { uploads } = fixture.server.services;
    uploads.take(32 * 1024 * 1024);
    const answer = await put(batch, 0, await batch.chunk(0));
    uploads.giveBack(32 * 1024 * 1024);
    expect(answer.headers.get('Retry-After')).toBe('1');
    expect(await problemOf(answer)).toBe('503 overloaded');
    await json(put(batch, 0, await batch.chunk(0)), 201);
  });
});

describe('a chunk that is not valid is refused whole, with field and reason: 422', () => {
  type Change = Partial<ReturnType<typeof decodeTrustedChunk>>;
  const cases: [string, number, (chunk: ReturnType<typeof decodeTrustedChunk>) => Change, string][] = [
    ['of another batch', 0, () => ({ batchId: '000000000000' }), 'batch'],
    ['of another number', 0, () => ({ seq: 1 }), 'seq'],
    ['of a number past the end', 3, () => ({ seq: 3, firstSerial: 151 }), 'seq'],
    ['of another range', 1, () => ({ firstSerial: 50 }), 'firstSerial'],
    ['with a ticket less', 0, (chunk) => ({ count: 49, signatures: chunk.signatures.slice(64) }), 'count'],
    [
      'with a ticket more than the last may have',
      2,
      (chunk) => ({ count: 21, signatures: new Uint8Array([...chunk.signatures, ...chunk.signatures.slice(64 * 19)]) }),
      'count',
    ],
    ['with a column that is too short', 0, () => ({ fields: { holder: ['one'] } }), 'fields.holder'],
    ['with an unknown column', 0, (chunk) => ({ fields: { shoe: new Array<null>(chunk.count).fill(null) } }), 'fields'],
  ];
  test.each(cases)('%s', async (_name, seq, change, field) => {
    const batch = await declare();
    const chunk = decodeTrustedChunk(await batch.chunk(Math.min(seq, 2)));
    const answer = await put(batch, seq, encodeChunk({ ...chunk, ...change(chunk) }));
    expect(await answer.json()).toMatchObject({
      status: 422,
      code: 'chunk-invalid',
      field,
      reason: expect.any(String),
    });
    expect(await detailOf(batch)).toMatchObject({ stored: 0, acknowledged: [] });
  });

  test('signed by another key: signature-invalid', async () => {
    const batch = await declare();
    const other = await mintBatch({ eventId, count: 120, chunkSize: 50 });
    const forged = decodeTrustedChunk(await other.chunk(0));
    expect(await problemOf(put(batch, 0, encodeChunk({ ...forged, batchId: batch.id })))).toBe('422 signature-invalid');
  });

  test('of another ticket type than declared: signature-invalid', async () => {
    const batch = await mintBatch({ eventId, count: 50, chunkSize: 50, typeIndex: 7 });
    const { proof: _, ...declaration } = batch.manifest;
    // The holder of the key declares type 0 and signs tickets of type 7.
    const { declarationMessage } = await import('../../core/api/batch.ts');
    const lied = { ...declaration, typeIndex: 0 };
    const proof = Buffer.from(await batch.signer.signAll([declarationMessage(eventId, lied)])).toString('base64url');
    await json(fixture.as('coordinator', 'PUT', batchPath(eventId, batch.id), { ...lied, proof }), 201);
    expect(await problemOf(put(batch, 0, await batch.chunk(0)))).toBe('422 signature-invalid');
  });
});

describe('a number that is not there', () => {
  test('is answered 404 chunk-not-found', async () => {
    const batch = await declare();
    expect(await problemOf(fixture.as('coordinator', 'GET', `${batchPath(eventId, batch.id)}/chunks/0`))).toBe(
      '404 chunk-not-found',
    );
  });

  test.each(['01', '-1', '1e0', '4294967296'])('or cannot be (%s) is answered 404', async (seq) => {
    const batch = await declare();
    expect(await problemOf(fixture.as('coordinator', 'GET', `${batchPath(eventId, batch.id)}/chunks/${seq}`))).toBe(
      '404 not-found',
    );
  });
});
