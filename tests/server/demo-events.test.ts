import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchStatus, TicketSearch } from '../../core/api/batch.ts';
import type { EventRecord } from '../../core/api/event.ts';
import { batchPath, EVENT, json, openServer, problemOf, type ServerFixture, TYPE } from './server-fixture.ts';

let fixture: ServerFixture;
beforeEach(async () => {
  fixture = await openServer();
});
afterEach(() => fixture[Symbol.asyncDispose]());

async function makeDemo(): Promise<string> {
  const { id, demo } = await json<EventRecord>(
    fixture.as('admin', 'POST', '/api/events', { ...EVENT, demo: true }),
    201,
  );
  expect(demo).toBe(true);
  await json(fixture.as('admin', 'POST', `/api/events/${id}/types`, TYPE), 201);
  return id;
}

const holders = ({ count }: { count: number }) => ({ holder: new Array<string>(count).fill('Asha Rao') });

/** A batch of 60 rehearsal tickets, on the server. */
async function mintRehearsal(eventId: string) {
  const minted = await fixture.declare({ eventId, count: 60, chunkSize: 50, rehearsal: true, fieldsOf: holders });
  const batch = { ...minted, eventId };
  for (const seq of [0, 1]) expect((await fixture.put(batch, seq, await batch.chunk(seq))).status).toBe(201);
  return batch;
}

async function findAsha(eventId: string): Promise<TicketSearch> {
  return json(fixture.as('admin', 'GET', `/api/events/${eventId}/tickets?q=asha`));
}

test('what is minted in a demo event says that it never passes in earnest, signed by its key', async () => {
  const eventId = await makeDemo();
  const earnest = fixture.declare({ eventId, count: 60, chunkSize: 50 });
  await expect(earnest).rejects.toThrow(/"field":"rehearsal"/);
  const { id, manifest } = await mintRehearsal(eventId);
  const [status] = await json<BatchStatus[]>(fixture.as('coordinator', 'GET', `/api/events/${eventId}/batches`));
  expect(status).toMatchObject({ id, rehearsal: true });
  // The mark cannot be taken off: the proof covers it.
  const { rehearsal: _, ...stripped } = manifest;
  const other = await fixture.makeEvent();
  expect(await problemOf(fixture.as('coordinator', 'PUT', batchPath(eventId, id), stripped))).toBe('422 not-valid');
  expect(await problemOf(fixture.as('coordinator', 'PUT', batchPath(other, id), stripped))).toBe('422 not-valid');
});

test('removing a demo event leaves nothing of it but lines of the audit log', async () => {
  const [kept, eventId] = [await fixture.makeEvent(), await makeDemo()];
  const other = await fixture.declare({ eventId: kept, count: 50, chunkSize: 50, fieldsOf: holders });
  await fixture.put({ ...other, eventId: kept }, 0, await other.chunk(0));
  const batch = await mintRehearsal(eventId);
  const path = batchPath(eventId, batch.id);
  const revocation = { batch: batch.id, from: 1, to: 2, reason: 'To see it' };
  await json(fixture.as('admin', 'POST', `/api/events/${eventId}/revocations`, revocation), 201);
  await json(fixture.as('admin', 'POST', `${path}/corrections`, { serial: 3, column: 'seat', value: 'A-1' }), 201);
  await expect.poll(async () => (await findAsha(eventId)).hits.length).toBeGreaterThan(0);

  expect(await problemOf(fixture.as('coordinator', 'DELETE', `/api/events/${eventId}`))).toBe('403 forbidden');
  expect(await problemOf(fixture.as('admin', 'DELETE', `/api/events/${kept}`))).toBe('422 not-valid');
  expect((await fixture.as('admin', 'DELETE', `/api/events/${eventId}`)).status).toBe(204);

  expect(await problemOf(fixture.as('admin', 'GET', `/api/events/${eventId}`))).toBe('404 event-not-found');
  expect(await problemOf(fixture.as('admin', 'DELETE', `/api/events/${eventId}`))).toBe('404 event-not-found');
  expect(await problemOf(fixture.put(batch, 0, await batch.chunk(0)))).toBe('404 batch-not-declared');
  expect((await findAsha(kept)).hits).toHaveLength(50);
  await fixture.server.close();
  expect(rowsOf('ticketmint.sqlite', eventId, batch.id)).toEqual(['audit']);
  expect(rowsOf('search.sqlite', eventId, batch.id)).toEqual([]);
  expect(countCodes()).toBe(50);
});

/** The tables in which a row names the event or the batch. */
function rowsOf(file: string, eventId: string, batchId: string): string[] {
  const database = new DatabaseSync(join(fixture.dataFolder, file), { readOnly: true, readBigInts: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  const found = tables.filter(({ name }) => {
    const rows = database.prepare(`SELECT * FROM "${name}"`).all();
    return rows.some((row) => Object.values(row).some((value) => value === eventId || value === batchId));
  });
  database.close();
  return found.map(({ name }) => name);
}

function countCodes(): number {
  const database = new DatabaseSync(join(fixture.dataFolder, 'search.sqlite'), { readOnly: true });
  const row = database.prepare('SELECT count(*) AS codes FROM code').get();
  database.close();
  return row?.codes as number;
}
