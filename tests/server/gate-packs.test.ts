import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeLookupAnswer, CodePackPart, NamePackPart } from '../../core/api/gate-pack.ts';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { CodePack } from '../../core/gate/code-pack.ts';
import { decodeCodePackPart, decodeNamePackPart } from '../../core/gate/gate-pack.ts';
import { decodeGateSync } from '../../core/gate/gate-sync.ts';
import { NAME_RECORD_BYTES, openNameRecord, type TicketNames } from '../../core/gate/name-pack.ts';
import { shortCodeOf } from '../../core/ticket/short-code.ts';
import type { MintedBatch } from '../support/minted-batch.ts';
import { batchPath, json, openServer, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;
let device: string;
let path: string;
beforeAll(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent();
  device = await fixture.pairDevice(eventId);
  path = `/api/events/${eventId}`;
});
afterAll(() => fixture[Symbol.asyncDispose]());

const holders = ({ firstSerial, count }: { firstSerial: number; count: number }) => ({
  email: Array.from({ length: count }, () => 'canary@example.org'),
  holder: Array.from({ length: count }, (_, index) => `Guest ${firstSerial + index}`),
  seat: Array.from({ length: count }, (_, index) => (index % 2 === 0 ? `Row ${firstSerial + index}` : null)),
});

async function addBatch({ of = eventId, count = 150 } = {}): Promise<MintedBatch> {
  const batch = await fixture.declare({ eventId: of, count, chunkSize: 50, fieldsOf: holders });
  for (let seq = 0; seq < batch.chunks; seq++)
    await json(fixture.put({ eventId: of, id: batch.id }, seq, await batch.chunk(seq)), 201);
  return batch;
}

const get = async (what: string, after?: string) => {
  const response = await fixture.asDevice(device, 'GET', `${path}/gate-packs/${what}${after ? `?after=${after}` : ''}`);
  if (response.status !== 200) throw new Error(await response.text());
  return new Uint8Array(await response.arrayBuffer());
};
const codes = async (after?: string): Promise<CodePackPart> => decodeCodePackPart(await get('codes', after));
const names = async (after?: string): Promise<NamePackPart> => decodeNamePackPart(await get('names', after));
const showNames = (gateNames: boolean) => json(fixture.as('admin', 'PATCH', path, { gateNames }));

const signatureOf = async (batch: MintedBatch, serial: number) => {
  const { signatures } = decodeTrustedChunk(await batch.chunk(Math.floor((serial - 1) / 50)));
  const at = ((serial - 1) % 50) * 64;
  return signatures.slice(at, at + 64);
};

/** What a gate would show, from the newest record that came. */
async function opened(parts: readonly NamePackPart[], batch: MintedBatch, serial: number): Promise<TicketNames> {
  const pages = parts.flatMap((part) => part.pages).filter((page) => page.batch === batch.id);
  const newest = pages.findLast(
    ({ firstSerial, records }) => firstSerial <= serial && serial < firstSerial + records.length / NAME_RECORD_BYTES,
  );
  const at = (serial - (newest?.firstSerial ?? 0)) * NAME_RECORD_BYTES;
  const record = newest?.records.slice(at, at + NAME_RECORD_BYTES) ?? new Uint8Array();
  const signature = await signatureOf(batch, serial);
  return openNameRecord(record as Uint8Array<ArrayBuffer>, { batchId: batch.id, serial, typeIndex: 0, signature });
}

describe('the code pack', () => {
  test('has the code of every stored ticket, then only those of chunks that came since', async () => {
    const batch = await addBatch();
    const first = await codes();
    expect(first).toMatchObject({ complete: true, more: false });
    const pack = new CodePack();
    for (const page of first.pages) pack.add(page);
    for (const serial of [1, 50, 51, 150])
      expect(pack.find(shortCodeOf(await signatureOf(batch, serial)))).toEqual([{ batch: batch.id, serial }]);
    expect(await codes(first.cursor)).toMatchObject({ complete: false, more: false, pages: [], cursor: first.cursor });
    const later = await addBatch({ count: 50 });
    const next = await codes(first.cursor);
    expect(next.pages.map((page) => [page.batch, page.firstSerial, page.codes.length])).toEqual([[later.id, 1, 400]]);
  });

  test('begins anew after a cursor of another store', async () => {
    const { cursor } = await codes();
    const [chunk, , correction] = cursor.split('.');
    for (const odd of [`${chunk}.00000000.${correction}`, `999999.12345678.0`, '0.00000000.999'])
      expect((await codes(odd)).complete).toBe(true);
    expect(await problemOf(fixture.asDevice(device, 'GET', `${path}/gate-packs/codes?after=x`))).toBe('422 not-valid');
  });
});

describe('a short code', () => {
  const ask = (code: string, cookie = device) => fixture.asDevice(cookie, 'POST', `${path}/ticket-codes`, { code });

  test('is found as it is typed, and nothing is said but which ticket it is', async () => {
    const batch = await addBatch();
    const code = shortCodeOf(await signatureOf(batch, 77)).toLowerCase();
    await expect
      .poll(() => json<CodeLookupAnswer>(ask(code)), { timeout: 20_000 })
      .toEqual({ tickets: [{ batch: batch.id, serial: 77 }], notYetIndexed: 0 });
  });

  test('of another event is not found, and nothing else is searched', async () => {
    const batch = await addBatch({ of: await fixture.makeEvent() });
    const code = shortCodeOf(await signatureOf(batch, 1));
    expect(await json<CodeLookupAnswer>(ask(code))).toMatchObject({ tickets: [] });
    expect(await problemOf(ask('Guest 1'))).toBe('422 not-valid');
  });

  test('that nobody has may be asked for 60 times by a gate', async () => {
    const cookie = await fixture.pairDevice(eventId);
    for (let time = 0; time < 60; time++) await json(ask('ZZZZ-ZZZZ-ZZZZ', cookie));
    expect(await problemOf(ask('ZZZZ-ZZZZ-ZZZZ', cookie))).toBe('429 rate-limited');
    expect(await json<CodeLookupAnswer>(ask('ZZZZ-ZZZZ-ZZZY'))).toMatchObject({ tickets: [] });
  });
});

describe('the name pack', () => {
  test('is there only where an admin has names shown, which every gate learns', async () => {
    const setupNames = async () => {
      const response = await fixture.asDevice(device, 'GET', `${path}/gate-sync`);
      return decodeGateSync(new Uint8Array(await response.arrayBuffer())).setup?.names;
    };
    expect(await problemOf(fixture.asDevice(device, 'GET', `${path}/gate-packs/names`))).toBe('404 not-found');
    expect(await setupNames()).toBeUndefined();
    expect(await problemOf(fixture.as('coordinator', 'PATCH', path, { gateNames: true }))).toBe('403 forbidden');
    await showNames(true);
    expect(await setupNames()).toBe(true);
    const [line] = await json<{ action: string; details: object }[]>(fixture.as('admin', 'GET', '/api/audit?limit=1'));
    expect(line).toMatchObject({ action: 'event.update', details: { fields: 'gateNames' } });
  });

  test('has a record for each ticket that opens with its token only, corrections laid over', async () => {
    await showNames(true);
    const batch = await addBatch();
    const correct = (serial: number, column: string, value: string | null) =>
      json(
        fixture.as('coordinator', 'POST', `${batchPath(eventId, batch.id)}/corrections`, { serial, column, value }),
        201,
      );
    await correct(3, 'holder', 'Corrected before');
    const first = await names();
    expect(first).toMatchObject({ complete: true, more: false, recordBytes: NAME_RECORD_BYTES });
    expect(await opened([first], batch, 1)).toEqual({ holder: 'Guest 1', seat: 'Row 1' });
    expect(await opened([first], batch, 2)).toEqual({ holder: 'Guest 2' });
    expect(await opened([first], batch, 3)).toEqual({ holder: 'Corrected before', seat: 'Row 3' });
    await correct(3, 'seat', null);
    await correct(4, 'holder', 'Corrected since');
    await correct(4, 'email', 'other@example.org');
    const next = await names(first.cursor);
    expect(next).toMatchObject({ complete: false, more: false });
    expect(next.pages.map(({ firstSerial, records }) => [firstSerial, records.length])).toEqual([
      [3, NAME_RECORD_BYTES],
      [4, NAME_RECORD_BYTES],
    ]);
    expect(await opened([first, next], batch, 3)).toEqual({ holder: 'Corrected before' });
    expect(await opened([first, next], batch, 4)).toEqual({ holder: 'Corrected since' });
    expect((await names(next.cursor)).pages).toEqual([]);
    expect(await opened([await names()], batch, 4)).toEqual({ holder: 'Corrected since' });
  });

  test('bears no name in the clear, in no log either', async () => {
    await showNames(true);
    const bytes = Buffer.from(await get('names'));
    for (const word of ['Guest', 'Row ', 'canary']) {
      expect(bytes.includes(word)).toBe(false);
      expect(fixture.log.join('\n')).not.toContain(word);
    }
  });

  test('is for paired devices of the event, and ends when it is switched off', async () => {
    await showNames(true);
    expect(await problemOf(fixture.as('admin', 'GET', `${path}/gate-packs/names`))).toBe('403 forbidden');
    const other = await fixture.makeEvent();
    const stranger = await fixture.pairDevice(other);
    expect(await problemOf(fixture.asDevice(stranger, 'GET', `${path}/gate-packs/names`))).toBe('403 forbidden');
    await showNames(false);
    expect(await problemOf(fixture.asDevice(device, 'GET', `${path}/gate-packs/names`))).toBe('404 not-found');
  });
});
