import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchManifest, CorrectionInput } from '../../../core/api/batch.ts';
import type { EventInput, TicketTypeInput } from '../../../core/api/event.ts';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { chunkRange } from '../../../core/chunk/chunk.ts';
import type { ProblemError } from '../../../server/problem.ts';
import type { NewChunk, Store } from '../../../server/store/store.ts';
import { codeOf } from './refusal-code.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Closes it and opens what was written again. */
  reopen(): Promise<Store>;
  /** Closes it and removes what was written. */
  remove(): Promise<void>;
}

const EVENT: EventInput = {
  name: 'Diwali Night',
  place: 'Town Hall',
  timeZone: 'Asia/Kolkata',
  startsAt: 1_000,
  endsAt: 2_000,
  currency: 'INR',
  language: 'hi',
};
const TYPE: TicketTypeInput = {
  name: 'General',
  priceMinor: 50_000,
  colour: 'teal',
  capacity: 1_000,
  notBefore: null,
  notAfter: null,
};
const ACTOR = 'user-1';

function manifestOf(name: string, overrides: Partial<BatchManifest> = {}): BatchManifest {
  return {
    publicKey: createHash('sha256').update(name).digest('base64url'),
    typeIndex: 0,
    count: 120,
    chunkSize: 50,
    notBefore: null,
    notAfter: null,
    runId: '0'.repeat(32),
    keyProtection: 'webcrypto',
    proof: 'A'.repeat(86),
    ...overrides,
  };
}

/** The store looks into no body, so any bytes serve. */
function chunkOf(batchId: string, seq: number, content = `${batchId} ${seq}`): NewChunk {
  const body = Buffer.from(content);
  const range = chunkRange({ count: 120, chunkSize: 50 }, seq);
  const contentSha256 = createHash('sha256').update(body).digest();
  return { batchId, seq, ...range, personalised: false, contentSha256, body };
}

/** What every adapter of the store must do; run against a real database. */
export function testStore(open: () => Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest;
  let store: Store;
  let eventId: string;

  beforeEach(async () => {
    subject = await open();
    store = subject.store;
    eventId = (await store.events.create(EVENT, ACTOR)).id;
    await store.events.createType(eventId, TYPE, ACTOR);
  });
  afterEach(() => subject.remove());

  const declare = (id: string, overrides: Partial<BatchManifest> = {}) =>
    store.batches.declare(eventId, id, manifestOf(id, overrides), ACTOR);

  describe('events', () => {
    test('are listed, found and changed', async () => {
      const later = await store.events.create({ ...EVENT, startsAt: 5_000, endsAt: 6_000 }, ACTOR);
      expect((await store.events.list()).map(({ id }) => id)).toEqual([later.id, eventId]);
      await store.events.update(eventId, { name: 'Holi Night' }, ACTOR);
      expect(await store.events.get(eventId)).toMatchObject({ ...EVENT, name: 'Holi Night' });
    });

    test('refuse a change that would end them before they start', async () => {
      expect(await codeOf(store.events.update(eventId, { endsAt: 500 }, ACTOR))).toBe('not-valid');
    });

    test('that do not exist are refused', async () => {
      expect(await codeOf(store.events.get('000000000000'))).toBe('event-not-found');
      expect(await codeOf(store.events.listTypes('000000000000'))).toBe('event-not-found');
      expect(await codeOf(store.batches.list('000000000000'))).toBe('event-not-found');
    });
  });

  describe('ticket types', () => {
    test('take the next index, also past archived ones', async () => {
      await store.events.updateType(eventId, 0, { archived: true }, ACTOR);
      const second = await store.events.createType(eventId, { ...TYPE, name: 'VIP' }, ACTOR);
      expect(second.index).toBe(1);
      const [first] = await store.events.listTypes(eventId);
      expect(first?.archivedAt).toEqual(expect.any(Number));
      expect((await store.events.updateType(eventId, 0, { archived: false }, ACTOR)).archivedAt).toBeNull();
    });

    test('end at 256', async () => {
      for (let index = 1; index < 256; index++) await store.events.createType(eventId, TYPE, ACTOR);
      expect(await codeOf(store.events.createType(eventId, TYPE, ACTOR))).toBe('not-valid');
    });

    test('keep a capacity that holds what is declared', async () => {
      await declare('aaaaaaaaaaaa');
      expect(await codeOf(store.events.updateType(eventId, 0, { capacity: 119 }, ACTOR))).toBe('capacity-exceeded');
      expect((await store.events.updateType(eventId, 0, { capacity: 120 }, ACTOR)).declared).toBe(120);
    });
  });

  describe('batches', () => {
    test('are declared once; the same again changes nothing', async () => {
      expect(await declare('aaaaaaaaaaaa')).toBe(true);
      expect(await declare('aaaaaaaaaaaa')).toBe(false);
      expect(await store.events.summarize(eventId)).toMatchObject({ batches: 1, openBatches: 1, declared: 120 });
    });

    test('refuse another manifest under the same id, also from another event', async () => {
      await declare('aaaaaaaaaaaa');
      expect(await codeOf(declare('aaaaaaaaaaaa', { count: 121 }))).toBe('batch-conflict');
      const other = (await store.events.create(EVENT, ACTOR)).id;
      const answer = store.batches.declare(other, 'aaaaaaaaaaaa', manifestOf('aaaaaaaaaaaa'), ACTOR);
      expect(await codeOf(answer)).toBe('batch-conflict');
    });

    test('refuse an unknown and an archived type', async () => {
      expect(await codeOf(declare('aaaaaaaaaaaa', { typeIndex: 1 }))).toBe('type-not-found');
      await store.events.updateType(eventId, 0, { archived: true }, ACTOR);
      expect(await codeOf(declare('aaaaaaaaaaaa'))).toBe('type-not-found');
    });

    test('fill the capacity to the last ticket, and a seal frees what was never stored', async () => {
      await declare('aaaaaaaaaaaa', { count: 900 });
      expect(await codeOf(declare('bbbbbbbbbbbb', { count: 101 }))).toBe('capacity-exceeded');
      await declare('cccccccccccc', { count: 100 });
      expect(await codeOf(declare('dddddddddddd', { count: 1 }))).toBe('capacity-exceeded');
      await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'lost', ACTOR);
      await declare('dddddddddddd', { count: 900 });
    });

    test('of two declared at once only what fits is taken', async () => {
      const ids = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc', 'dddddddddddd'];
      const results = await Promise.allSettled(ids.map((id) => declare(id, { count: 400 })));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(await store.events.summarize(eventId)).toMatchObject({ declared: 800 });
    });

    test('sealed, have every serial revoked that was not stored', async () => {
      await declare('aaaaaaaaaaaa');
      await store.chunks.put(chunkOf('aaaaaaaaaaaa', 1));
      const sealed = await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'cancelled', ACTOR);
      expect(sealed).toMatchObject({
        state: 'sealed',
        sealReason: 'cancelled',
        stored: 50,
        revoked: 70,
        acknowledged: [[1, 1]],
      });
      const ranges = (await store.batches.listRevocations(eventId)).map(({ from, to }) => [from, to]);
      expect(ranges).toEqual([
        [1, 50],
        [101, 120],
      ]);
      const again = await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'lost', ACTOR);
      expect(again).toEqual(sealed);
    });
  });

  describe('chunks', () => {
    beforeEach(() => declare('aaaaaaaaaaaa'));

    test('are stored, kept over a restart, and read back', async () => {
      const chunk = chunkOf('aaaaaaaaaaaa', 0);
      expect(await store.chunks.put(chunk)).toBe('stored');
      store = await subject.reopen();
      const stored = await store.chunks.get(eventId, 'aaaaaaaaaaaa', 0);
      expect(Buffer.compare(stored.body, chunk.body)).toBe(0);
      expect(Buffer.compare(stored.contentSha256, chunk.contentSha256)).toBe(0);
      expect(await store.chunks.put(chunk)).toBe('same');
    });

    test('that come together are judged one by one', async () => {
      const results = await Promise.allSettled([
        store.chunks.put(chunkOf('aaaaaaaaaaaa', 0)),
        store.chunks.put(chunkOf('aaaaaaaaaaaa', 0)),
        store.chunks.put(chunkOf('aaaaaaaaaaaa', 0, 'other')),
        store.chunks.put(chunkOf('ffffffffffff', 0)),
        store.chunks.put(chunkOf('aaaaaaaaaaaa', 2)),
      ]);
      const outcomes = results.map((result) =>
        result.status === 'fulfilled' ? result.value : (result.reason as ProblemError).code,
      );
      expect(outcomes).toEqual(['stored', 'same', 'chunk-conflict', 'batch-not-declared', 'stored']);
      const { stored, acknowledged } = await store.batches.get(eventId, 'aaaaaaaaaaaa');
      expect({ stored, acknowledged }).toEqual({
        stored: 70,
        acknowledged: [
          [0, 0],
          [2, 2],
        ],
      });
    });

    test('of a sealed batch are refused, and known ones acknowledged', async () => {
      await store.chunks.put(chunkOf('aaaaaaaaaaaa', 0));
      await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'complete', ACTOR);
      expect(await codeOf(store.chunks.put(chunkOf('aaaaaaaaaaaa', 1)))).toBe('batch-sealed');
      expect(await store.chunks.put(chunkOf('aaaaaaaaaaaa', 0))).toBe('same');
    });

    test('stored beside a seal are either acknowledged by it or refused', async () => {
      const [put, sealed] = await Promise.allSettled([
        store.chunks.put(chunkOf('aaaaaaaaaaaa', 0)),
        store.batches.seal(eventId, 'aaaaaaaaaaaa', 'lost', ACTOR),
      ]);
      expect(sealed.status).toBe('fulfilled');
      const { stored, revoked } = await store.batches.get(eventId, 'aaaaaaaaaaaa');
      expect({ stored, revoked }).toEqual(
        put.status === 'fulfilled' ? { stored: 50, revoked: 70 } : { stored: 0, revoked: 120 },
      );
    });

    test('are asked for by event, batch and number', async () => {
      expect(await codeOf(store.chunks.get(eventId, 'aaaaaaaaaaaa', 0))).toBe('chunk-not-found');
      expect(await codeOf(store.chunks.get('000000000000', 'aaaaaaaaaaaa', 0))).toBe('batch-not-declared');
    });

    test('move the counters once when their verification is recorded', async () => {
      await store.chunks.put(chunkOf('aaaaaaaaaaaa', 0));
      await store.chunks.put(chunkOf('aaaaaaaaaaaa', 2));
      const results = [
        { chunkId: 1, badSerials: [] },
        { chunkId: 2, badSerials: [103] },
      ];
      await store.chunks.recordVerifications(results);
      await store.chunks.recordVerifications(results);
      expect(await store.batches.get(eventId, 'aaaaaaaaaaaa')).toMatchObject({ verified: 50, quarantined: 20 });
    });
  });

  describe('revocations', () => {
    const range = (from: number, to: number) => ({ batch: 'aaaaaaaaaaaa', from, to, reason: 'stolen' });
    beforeEach(() => declare('aaaaaaaaaaaa'));

    test('count each serial once, and are taken back', async () => {
      await store.batches.revoke(eventId, range(1, 10), ACTOR);
      const second = await store.batches.revoke(eventId, range(6, 15), ACTOR);
      expect(await store.batches.get(eventId, 'aaaaaaaaaaaa')).toMatchObject({ revoked: 15 });
      const undone = await store.batches.undoRevocation(eventId, second.id, ACTOR);
      expect(undone.undoneAt).toEqual(expect.any(Number));
      expect(await store.batches.undoRevocation(eventId, second.id, ACTOR)).toEqual(undone);
      expect(await store.batches.get(eventId, 'aaaaaaaaaaaa')).toMatchObject({ revoked: 10 });
    });

    test('sent again under their nonce are made once', async () => {
      const input = { ...range(1, 10), nonce: '0'.repeat(32) };
      const made = await store.batches.revoke(eventId, input, ACTOR);
      expect(await store.batches.revoke(eventId, input, ACTOR)).toEqual(made);
      expect(await store.batches.listRevocations(eventId)).toEqual([made]);
      expect(await codeOf(store.batches.revoke(eventId, { ...input, to: 11 }, ACTOR))).toBe('not-valid');
    });

    test('stay within the batch', async () => {
      expect(await codeOf(store.batches.revoke(eventId, range(100, 121), ACTOR))).toBe('not-valid');
    });

    test('of a seal say so, and cannot be taken back', async () => {
      const byHand = await store.batches.revoke(eventId, range(1, 2), ACTOR);
      await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'lost', ACTOR);
      const [first, made] = await store.batches.listRevocations(eventId);
      expect(first).toEqual(byHand);
      expect(byHand).not.toHaveProperty('seal');
      expect(made).toMatchObject({ seal: 'lost' });
      expect(await codeOf(store.batches.undoRevocation(eventId, made?.id as number, ACTOR))).toBe('batch-sealed');
    });

    test('that do not exist are refused', async () => {
      expect(await codeOf(store.batches.undoRevocation(eventId, 99, ACTOR))).toBe('not-found');
    });
  });

  test('corrections are listed in the order they were made, within the batch', async () => {
    await declare('aaaaaaaaaaaa');
    await store.batches.correct(eventId, 'aaaaaaaaaaaa', { serial: 3, column: 'holder', value: 'Asha' }, ACTOR);
    await store.batches.correct(eventId, 'aaaaaaaaaaaa', { serial: 3, column: 'holder', value: null }, ACTOR);
    const corrections = await store.batches.listCorrections(eventId, 'aaaaaaaaaaaa');
    expect(corrections.map(({ serial, value }) => [serial, value])).toEqual([
      [3, 'Asha'],
      [3, null],
    ]);
    const outside = store.batches.correct(
      eventId,
      'aaaaaaaaaaaa',
      { serial: 121, column: 'holder', value: null },
      ACTOR,
    );
    expect(await codeOf(outside)).toBe('not-valid');
  });

  test('a correction is made once under its nonce, and overwrites nothing that its maker did not see', async () => {
    await declare('aaaaaaaaaaaa');
    const correct = (input: Partial<CorrectionInput>) =>
      store.batches.correct(eventId, 'aaaaaaaaaaaa', { serial: 3, column: 'holder', value: 'Asha', ...input }, ACTOR);
    const input = { nonce: '0'.repeat(32), basedOn: null };
    const made = await correct(input);
    expect(await correct(input)).toEqual(made);
    expect(await codeOf(correct({ ...input, value: 'Ravi' }))).toBe('not-valid');
    expect(await codeOf(correct({ value: 'Ravi', basedOn: null }))).toBe('correction-conflict');
    await correct({ value: 'Ravi', basedOn: made.createdAt });
    const values = (await store.batches.listCorrections(eventId, 'aaaaaaaaaaaa')).map(({ value }) => value);
    expect(values).toEqual(['Asha', 'Ravi']);
  });

  describe('export templates', () => {
    const plan: ExportPlan = {
      batches: null,
      formats: [{ id: 'csv', options: { delimiter: ';' } }],
      columns: [{ id: 'holder', title: 'Guest' }],
      filters: { kind: 'not', filter: { kind: 'status', statuses: ['revoked'] } },
      sort: null,
      fileName: null,
    };

    test('are kept over a restart, listed by name, replaced and removed', async () => {
      await store.exportTemplates.put(eventId, 'template0001', { name: 'Door list', plan }, ACTOR);
      await store.exportTemplates.put(eventId, 'template0002', { name: 'Accounts', plan }, ACTOR);
      store = await subject.reopen();
      const kept = await store.exportTemplates.list(eventId);
      expect(kept.map(({ id, name }) => [id, name])).toEqual([
        ['template0002', 'Accounts'],
        ['template0001', 'Door list'],
      ]);
      expect(kept[1]?.plan).toEqual(plan);
      await store.exportTemplates.put(eventId, 'template0001', { name: 'Guests', plan }, ACTOR);
      await store.exportTemplates.remove(eventId, 'template0002', ACTOR);
      await store.exportTemplates.remove(eventId, 'template0002', ACTOR);
      expect((await store.exportTemplates.list(eventId)).map(({ name }) => name)).toEqual(['Guests']);
      expect((await store.audit.list({ limit: 4 })).map(({ action }) => action)).toEqual([
        'export-template.delete',
        'export-template.update',
        'export-template.create',
        'export-template.create',
      ]);
    });

    test('belong to their event', async () => {
      const other = (await store.events.create(EVENT, ACTOR)).id;
      await store.exportTemplates.put(eventId, 'template0001', { name: 'Door list', plan }, ACTOR);
      await store.exportTemplates.remove(other, 'template0001', ACTOR);
      expect(await store.exportTemplates.list(other)).toEqual([]);
      expect(await store.exportTemplates.list(eventId)).toHaveLength(1);
      const nowhere = store.exportTemplates.put('000000000000', 'template0001', { name: 'x', plan }, ACTOR);
      expect(await codeOf(nowhere)).toBe('event-not-found');
    });

    test('end at 100 an event; those that exist can still be changed', async () => {
      const put = (number: number) =>
        store.exportTemplates.put(eventId, String(number).padStart(12, '0'), { name: `Nr ${number}`, plan }, ACTOR);
      for (let number = 1; number <= 100; number++) await put(number);
      expect(await codeOf(put(101))).toBe('not-valid');
      await put(100);
    });
  });

  test('the audit log has a line for every act, chained, without personal values', async () => {
    await declare('aaaaaaaaaaaa');
    await store.batches.correct(eventId, 'aaaaaaaaaaaa', { serial: 3, column: 'holder', value: 'Canary' }, ACTOR);
    await store.batches.revoke(eventId, { batch: 'aaaaaaaaaaaa', from: 1, to: 2, reason: 'Canary' }, ACTOR);
    await store.batches.seal(eventId, 'aaaaaaaaaaaa', 'cancelled', ACTOR);
    const lines = await store.audit.list({ limit: 100 });
    expect(lines.map(({ action }) => action)).toEqual([
      'batch.seal',
      'tickets.revoke',
      'ticket.correct',
      'batch.declare',
      'type.create',
      'event.create',
    ]);
    expect(JSON.stringify(lines)).not.toContain('Canary');
    for (const [index, line] of lines.slice(0, -1).entries()) expect(line.previousHash).toBe(lines[index + 1]?.hash);
    expect(await store.audit.list({ before: 3, limit: 1 })).toMatchObject([{ seq: 2 }]);
  });

  test('it is ready once it is open', async () => {
    expect(await store.isReady()).toBe(true);
  });
}
