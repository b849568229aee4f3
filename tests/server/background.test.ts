import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchDetail, TicketSearch } from '../../core/api/batch.ts';
import { decodeTrustedChunk, encodeChunk } from '../../core/chunk/chunk.ts';
import { shortCodeOf } from '../../core/ticket/short-code.ts';
import { encodeToken } from '../../core/ticket/token.ts';
import type { MintedBatch } from '../support/minted-batch.ts';
import { batchPath, json, openServer, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;
beforeEach(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const detailOf = ({ id }: { id: string }) =>
  json<BatchDetail>(fixture.as('coordinator', 'GET', batchPath(eventId, id)));
const search = (query: string, event = eventId) =>
  json<TicketSearch>(fixture.as('coordinator', 'GET', `/api/events/${event}/tickets?q=${encodeURIComponent(query)}`));
const serialsOf = async (query: string) => (await search(query)).hits.map(({ serial }) => serial);

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isDone()) return;
    await sleep(50);
  }
  throw new Error('it did not happen in time');
}
const untilVerified = (batch: MintedBatch) =>
  until(async () => {
    const { stored, verified, quarantined } = await detailOf(batch);
    return verified + quarantined === stored;
  });
const untilIndexed = () => until(async () => (await search('x')).notYetIndexed === 0);

async function upload(batch: MintedBatch): Promise<void> {
  for (let seq = 0; seq < batch.chunks; seq++)
    await json(fixture.put({ eventId, id: batch.id }, seq, await batch.chunk(seq)), 201);
}

async function restart(beforeStart: () => void = () => {}): Promise<void> {
  const { dataFolder } = fixture;
  await fixture.server.close();
  beforeStart();
  fixture = await openServer({}, { dataFolder });
}

const PEOPLE = ['Asha Kumar', 'Zoë Ångström', 'मीना शर्मा', null, 'Lakshmi Kumaraswamy'];
const personalised = () =>
  fixture.declare({
    eventId,
    count: 100,
    chunkSize: 50,
    fieldsOf: ({ firstSerial, count }) => ({
      holder: Array.from({ length: count }, (_, index) => PEOPLE[(firstSerial + index - 1) % 5] ?? null),
      email: Array.from({ length: count }, (_, index) => `guest${firstSerial + index}@mail.example.org`),
      seat: Array.from(
        { length: count },
        (_, index) => `A-${Math.ceil((firstSerial + index) / 10)}-${firstSerial + index}`,
      ),
      ref: Array.from({ length: count }, (_, index) => `ORD${1_000 + firstSerial + index}`),
      notes: Array.from({ length: count }, () => 'vegetarian'),
    }),
  });

describe('the verification of all signatures', () => {
  test('reaches every stored ticket after its acknowledgement', async () => {
    const batch = await fixture.declare({ eventId, count: 1_020, chunkSize: 500 });
    await upload(batch);
    await untilVerified(batch);
    expect(await detailOf(batch)).toMatchObject({ stored: 1_020, verified: 1_020, quarantined: 0 });
  });

  test('quarantines a whole chunk for one bad signature that the sample missed', async () => {
    const batch = await fixture.declare({ eventId, count: 1_500, chunkSize: 500 });
    const chunk = decodeTrustedChunk(await batch.chunk(1));
    const signatures = chunk.signatures.slice();
    signatures[64 * 321] = (signatures[64 * 321] as number) ^ 1;
    // A sample of 3 in 500 misses one bad ticket nearly always; another try has another sample.
    await until(async () => {
      const answer = await fixture.put({ eventId, id: batch.id }, 1, encodeChunk({ ...chunk, signatures }));
      return answer.status === 201;
    });
    await json(fixture.put({ eventId, id: batch.id }, 0, await batch.chunk(0)), 201);
    await untilVerified(batch);
    expect(await detailOf(batch)).toMatchObject({ verified: 500, quarantined: 500 });
    expect(fixture.log.join('')).toContain('quarantined');
  });

  test('goes on after a restart where it stood', async () => {
    const batch = await fixture.declare({ eventId, count: 3_000, chunkSize: 500 });
    await upload(batch);
    await restart();
    await untilVerified(batch);
    expect(await detailOf(batch)).toMatchObject({ stored: 3_000, verified: 3_000 });
    await restart();
    await sleep(200);
    expect(await detailOf(batch)).toMatchObject({ stored: 3_000, verified: 3_000 });
  });
});

describe('the search', () => {
  test('finds a ticket by short code, serial and token', async () => {
    const batch = await fixture.declare({ eventId, count: 120, chunkSize: 50 });
    await upload(batch);
    await untilIndexed();
    const { signatures } = decodeTrustedChunk(await batch.chunk(1));
    const hit = (matched: string) => ({ hits: [{ batch: batch.id, serial: 77, matched }], notYetIndexed: 0 });
    const code = shortCodeOf(signatures, 26 * 64);
    expect(await search(code)).toEqual(hit('code'));
    expect(await search(code.toLowerCase().replaceAll('-', ' '))).toEqual(hit('code'));
    expect(await search('77')).toEqual(hit('serial'));
    expect((await search('121')).hits).toEqual([]);
    const signature = signatures.slice(26 * 64, 27 * 64);
    const token = encodeToken({ batchId: batch.id, typeIndex: 0, serial: 77 }, signature);
    expect(await search(token)).toEqual(hit('token'));
    expect(await search(token.toLowerCase().replace(/(.{40})/g, '$1 '))).toEqual(hit('token'));
    signature[40] = (signature[40] as number) ^ 1;
    const forged = encodeToken({ batchId: batch.id, typeIndex: 0, serial: 77 }, signature);
    expect((await search(forged)).hits).toEqual([]);
  });

  test('finds tickets by the beginnings of names, seats, e-mails and references, in any case and script', async () => {
    const batch = await personalised();
    await upload(batch);
    await untilIndexed();
    expect(await serialsOf('guest42@')).toEqual([42]);
    expect(await serialsOf('ord1042')).toEqual([42]);
    expect(await serialsOf('A-5-42')).toEqual([42]);
    expect((await serialsOf('KUMAR')).slice(0, 4)).toEqual([1, 5, 6, 10]);
    expect((await serialsOf('kumar lakshmi')).slice(0, 2)).toEqual([5, 10]);
    expect((await serialsOf('zoe angstrom')).slice(0, 2)).toEqual([2, 7]);
    expect((await serialsOf('मीना')).slice(0, 2)).toEqual([3, 8]);
    expect((await serialsOf('शर्')).slice(0, 2)).toEqual([3, 8]);
    expect(await serialsOf('vegetarian')).toEqual([]);
    expect((await search('kumar')).hits[0]).toEqual({ batch: batch.id, serial: 1, matched: 'text' });
  });

  test('stays within the event', async () => {
    await upload(await personalised());
    await untilIndexed();
    const other = await fixture.makeEvent();
    for (const query of ['kumar', '42', eventId, `event${eventId}`])
      expect((await search(query, other)).hits).toEqual([]);
  });

  test('is not confused by what a query language would mean', async () => {
    await upload(await personalised());
    await untilIndexed();
    for (const query of ['"', '*', 'a OR b', 'NEAR(', 'text:kumar', "'; DROP TABLE code; --", '()', '-', '^kumar', '%'])
      expect(await search(query)).toMatchObject({ notYetIndexed: 0 });
    expect((await serialsOf('^kumar')).length).toBeGreaterThan(0);
  });

  test('finds a corrected field by its new value only', async () => {
    const batch = await personalised();
    await upload(batch);
    await untilIndexed();
    const correct = (serial: number, column: string, value: string | null) =>
      json(
        fixture.as('coordinator', 'POST', `${batchPath(eventId, batch.id)}/corrections`, { serial, column, value }),
        201,
      );
    await correct(42, 'holder', 'Rukmini Devi');
    await correct(42, 'email', null);
    await until(async () => (await serialsOf('rukmini')).includes(42));
    await until(async () => (await serialsOf('guest42@')).length === 0);
    expect(await serialsOf('ord1042')).toEqual([42]);
  });

  test('makes its index anew when it is gone or damaged', async () => {
    const batch = await personalised();
    await upload(batch);
    await untilIndexed();
    const file = () => join(fixture.dataFolder, 'search.sqlite');
    await restart(() => rmSync(file()));
    await untilIndexed();
    expect(await serialsOf('guest42@')).toEqual([42]);
    await restart(() => writeFileSync(file(), 'no database at all'.repeat(1_000)));
    await untilIndexed();
    expect(await serialsOf('guest42@')).toEqual([42]);
  });

  test('needs something to search for', async () => {
    const answer = await fixture.as('coordinator', 'GET', `/api/events/${eventId}/tickets?q=%20`);
    expect(await answer.json()).toMatchObject({ status: 422, field: 'q' });
  });
});
