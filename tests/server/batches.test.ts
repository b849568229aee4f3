import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BatchDetail, type BatchManifest, declarationMessage, type Revocation } from '../../core/api/batch.ts';
import type { EventRecord, EventSummary, TicketType } from '../../core/api/event.ts';
import { type MintedBatch, mintBatch } from '../support/minted-batch.ts';
import { batchPath, EVENT, json, openServer, problemOf, type ServerFixture, TYPE } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;
beforeAll(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent({ capacity: 1_000_000 });
});
afterAll(() => fixture[Symbol.asyncDispose]());

const declare = (batch: MintedBatch, manifest: unknown = batch.manifest, event = eventId) =>
  fixture.as('coordinator', 'PUT', batchPath(event, batch.id), manifest);
const mint = (count = 100) => mintBatch({ eventId, count, chunkSize: 50 });
const seal = (batch: MintedBatch, reason: string) =>
  fixture.as('coordinator', 'POST', `${batchPath(eventId, batch.id)}/seal`, { reason });

async function proven(batch: MintedBatch, change: Partial<BatchManifest>): Promise<BatchManifest> {
  const { proof: _, ...declaration } = { ...batch.manifest, ...change };
  const proof = await batch.signer.signAll([declarationMessage(eventId, declaration)]);
  return { ...declaration, proof: Buffer.from(proof).toString('base64url') };
}

describe('declaring a batch', () => {
  test('is answered 201, and 200 when the same is declared again', async () => {
    const batch = await mint();
    const declared = await json<BatchDetail>(declare(batch), 201);
    expect(declared).toMatchObject({
      id: batch.id,
      state: 'open',
      stored: 0,
      acknowledged: [],
      declaredBy: 'The coordinator',
    });
    expect(declared.activeAt).toBe(declared.declaredAt);
    expect(await json(declare(batch), 200)).toEqual(declared);
    const list = await json<BatchDetail[]>(fixture.as('coordinator', 'GET', `/api/events/${eventId}/batches`));
    expect(list.find(({ id }) => id === batch.id)).toMatchObject({ count: 100, declaredBy: 'The coordinator' });
  });

  test('with another manifest under the same id is refused: 409', async () => {
    const batch = await mint();
    await json(declare(batch), 201);
    expect(await problemOf(declare(batch, await proven(batch, { count: 99 })))).toBe('409 batch-conflict');
  });

  test('in another event does not carry over: the proof names the event', async () => {
    const batch = await mint();
    const other = await fixture.makeEvent();
    expect(await problemOf(declare(batch, batch.manifest, other))).toBe('422 not-valid');
  });

  test('above the capacity is refused: 409', async () => {
    const batch = await mint(1_000_001);
    expect(await problemOf(declare(batch))).toBe('409 capacity-exceeded');
  });

  test('of an unknown ticket type is refused: 404', async () => {
    const batch = await mint();
    expect(await problemOf(declare(batch, await proven(batch, { typeIndex: 9 })))).toBe('404 type-not-found');
  });

  test.each([
    ['publicKey', { publicKey: 'A'.repeat(43) }],
    ['proof', { proof: 'A'.repeat(86) }],
    ['proof', { count: 101 }],
    ['count', { count: 0 }],
    ['chunkSize', { chunkSize: 49 }],
    ['runId', { runId: 'XY' }],
    ['notAfter', { notBefore: 5, notAfter: 5 }],
  ])('with a wrong %s is refused with the field: 422', async (field, change) => {
    const batch = await mint();
    const manifest =
      field === 'notAfter' ? await proven(batch, change as Partial<BatchManifest>) : { ...batch.manifest, ...change };
    expect(await (await declare(batch, manifest)).json()).toMatchObject({ status: 422, code: 'not-valid', field });
  });

  test('under an id that is not the hash of its key is refused', async () => {
    const [batch, other] = [await mint(), await mint()];
    const answer = fixture.as('coordinator', 'PUT', batchPath(eventId, other.id), batch.manifest);
    expect(await (await answer).json()).toMatchObject({ status: 422, field: 'publicKey' });
  });
});

describe('sealing a batch', () => {
  test('revokes all that was not stored, and says so again when asked again', async () => {
    const batch = await mint(160);
    await json(declare(batch), 201);
    for (const seq of [0, 2]) await json(fixture.put({ eventId, id: batch.id }, seq, await batch.chunk(seq)), 201);
    const sealed = await json<BatchDetail>(seal(batch, 'lost'));
    expect(sealed).toMatchObject({
      state: 'sealed',
      sealReason: 'lost',
      stored: 100,
      revoked: 60,
      acknowledged: [
        [0, 0],
        [2, 2],
      ],
    });
    expect(await json(seal(batch, 'complete'))).toEqual(sealed);
    const all = await json<Revocation[]>(fixture.as('coordinator', 'GET', `/api/events/${eventId}/revocations`));
    const ranges = all.filter((revocation) => revocation.batch === batch.id).map(({ from, to }) => [from, to]);
    expect(ranges).toEqual([
      [51, 100],
      [151, 160],
    ]);
  });

  test('needs a reason that is known, and a batch that is', async () => {
    const batch = await mint();
    expect(await problemOf(seal(batch, 'complete'))).toBe('404 batch-not-declared');
    await json(declare(batch), 201);
    expect(await problemOf(seal(batch, 'done'))).toBe('422 not-valid');
  });
});

describe('revoking', () => {
  test('a range and taking it back moves the counters', async () => {
    const batch = await mint();
    await json(declare(batch), 201);
    const body = { batch: batch.id, from: 11, to: 20, reason: 'Sold twice' };
    const made = await json<Revocation>(
      fixture.as('coordinator', 'POST', `/api/events/${eventId}/revocations`, body),
      201,
    );
    expect(made).toMatchObject({ ...body, undoneAt: null, createdBy: 'The coordinator' });
    expect(await json(fixture.as('coordinator', 'GET', batchPath(eventId, batch.id)))).toMatchObject({ revoked: 10 });
    const path = `/api/events/${eventId}/revocations/${made.id}`;
    const undone = await json<Revocation>(fixture.as('coordinator', 'DELETE', path));
    expect(undone.undoneAt).toBeGreaterThanOrEqual(made.createdAt);
    expect(await json(fixture.as('coordinator', 'GET', batchPath(eventId, batch.id)))).toMatchObject({ revoked: 0 });
  });

  test('backwards or past the end is refused with the field', async () => {
    const batch = await mint();
    await json(declare(batch), 201);
    for (const range of [
      { from: 20, to: 11 },
      { from: 90, to: 101 },
    ]) {
      const body = { batch: batch.id, ...range, reason: 'x' };
      const answer = await fixture.as('coordinator', 'POST', `/api/events/${eventId}/revocations`, body);
      expect(await answer.json()).toMatchObject({ status: 422, field: 'to' });
    }
  });
});

describe('events and types', () => {
  test('an event’s tickets and messages have a language, which no other change touches', async () => {
    const { id, language } = await json<EventRecord>(
      fixture.as('admin', 'POST', '/api/events', { ...EVENT, language: 'ar' }),
      201,
    );
    expect(language).toBe('ar');
    const patch = (change: object) => fixture.as('admin', 'PATCH', `/api/events/${id}`, change);
    expect(await json(patch({ name: 'Holi Night' }))).toMatchObject({ name: 'Holi Night', language: 'ar' });
    expect(await json(patch({ language: 'hi' }))).toMatchObject({ name: 'Holi Night', language: 'hi' });
    expect(await problemOf(patch({ language: 'tlh' }))).toBe('422 not-valid');
  });

  test('are changed, and an archived type takes no new batches', async () => {
    const event = await fixture.makeEvent();
    const patched = await json(fixture.as('admin', 'PATCH', `/api/events/${event}`, { name: 'Holi Night' }));
    const known = { language: 'en', id: event, createdAt: expect.any(Number) };
    expect(patched).toEqual({ ...EVENT, ...known, name: 'Holi Night' });
    const path = `/api/events/${event}/types`;
    const vip = await json<TicketType>(fixture.as('admin', 'POST', path, { ...TYPE, name: 'VIP' }), 201);
    expect(vip).toMatchObject({ index: 1, declared: 0, archivedAt: null });
    await json(fixture.as('admin', 'PATCH', `${path}/1`, { archived: true, priceMinor: 500 }));
    const types = await json<TicketType[]>(fixture.as('coordinator', 'GET', path));
    expect(types).toMatchObject([{ index: 0 }, { index: 1, priceMinor: 500, archivedAt: expect.any(Number) }]);
    const batch = await mintBatch({ eventId: event, count: 50, chunkSize: 50, typeIndex: 1 });
    const answer = fixture.as('coordinator', 'PUT', batchPath(event, batch.id), batch.manifest);
    expect(await problemOf(answer)).toBe('404 type-not-found');
  });

  test('have a summary from kept counters', async () => {
    const event = await fixture.makeEvent();
    const batch = await fixture.declare({ eventId: event, count: 100, chunkSize: 50 });
    await json(fixture.put({ eventId: event, id: batch.id }, 0, await batch.chunk(0)), 201);
    const summary = await json<EventSummary>(fixture.as('coordinator', 'GET', `/api/events/${event}/summary`));
    expect(summary).toMatchObject({
      batches: 1,
      openBatches: 1,
      declared: 100,
      stored: 50,
      quarantined: 0,
      revoked: 0,
    });
  });
});
