import type { TicketTypeInput } from '../../core/api/event.ts';
import type { GateDevice } from '../../core/api/gate-device.ts';
import type { FieldColumns } from '../../core/chunk/chunk.ts';
import { chunkRequest, type MintedBatch, mintBatch } from './minted-batch.ts';
import { pairDevice } from './pair-device.ts';
import { seedScans } from './seed-scans.ts';
import type { TestServer } from './server.ts';

/** Two events as people have them: for pictures, and for tests of pages. */
export interface SeededEvents {
  readonly eventId: string;
  readonly emptyEventId: string;
  /** 10,000 plain tickets, complete. */
  readonly plainBatchId: string;
  /** 1,200 tickets with holders, one range revoked. */
  readonly namedBatchId: string;
}

const TYPES: readonly (readonly [
  name: string,
  colour: TicketTypeInput['colour'],
  price: number,
  capacity: number | null,
])[] = [
  ['General', 'blue', 150_000, 20_000],
  ['VIP', 'grape', 600_000, 1_500],
  ['Student', 'teal', 50_000, 5_000],
  ['Press', 'orange', 0, 200],
  ['Crew', 'gray', 0, null],
];

/** Makes two events over the API as a person would have: one that is empty, one with types, batches and a history. */
export async function seedEvents(server: TestServer): Promise<SeededEvents> {
  const startsAt = Date.UTC(2027, 2, 12, 12, 30);
  const event = {
    place: 'Palace Grounds, Bengaluru',
    timeZone: 'Asia/Kolkata',
    startsAt,
    endsAt: startsAt + 5 * 3_600_000,
    currency: 'INR',
  };
  const { id: eventId } = await post(server, '/api/events', { ...event, name: 'Monsoon Music Festival' });
  const { id: emptyEventId } = await post(server, '/api/events', {
    ...event,
    name: 'Founders’ Dinner',
    startsAt: startsAt + 7 * 86_400_000,
    endsAt: startsAt + 8 * 86_400_000,
  });
  for (const [name, colour, priceMinor, capacity] of TYPES)
    await post(server, `/api/events/${eventId}/types`, {
      name,
      colour,
      priceMinor,
      capacity,
      notBefore: null,
      notAfter: null,
    });
  const plain = await mintBatch({ eventId, count: 10_000, chunkSize: 500 });
  await upload(server, eventId, plain);
  const named = await mintBatch({ eventId, typeIndex: 1, count: 1_200, chunkSize: 200, fieldsOf: holders });
  await upload(server, eventId, named);
  await post(server, `/api/events/${eventId}/revocations`, {
    batch: named.id,
    from: 41,
    to: 60,
    reason: 'Sponsor withdrew',
  });
  await post(server, `/api/events/${eventId}/batches/${named.id}/corrections`, {
    serial: 7,
    column: 'holder',
    value: 'Meera Krishnamurthy',
  });
  const cancelled = await mintBatch({ eventId, typeIndex: 2, count: 3_000, chunkSize: 500 });
  await upload(server, eventId, cancelled, 4);
  await post(server, `/api/events/${eventId}/batches/${cancelled.id}/seal`, { reason: 'cancelled' });
  await addGates(server, eventId);
  const devices = (await (await server.fetch(`/api/events/${eventId}/gate-devices`)).json()) as GateDevice[];
  await seedScans(server, { eventId, batchId: named.id, devices });
  return { eventId, emptyEventId, plainBatchId: plain.id, namedBatchId: named.id };
}

async function addGates(server: TestServer, eventId: string): Promise<void> {
  const rules = { direction: 'both', reentry: true, capacity: null, undo: true };
  const addGate = (name: string, types: readonly number[] | null) =>
    post(server, `/api/events/${eventId}/gates`, { ...rules, name, types });
  const { id: gateId } = await addGate('Main door', null);
  const { id: loungeId } = await addGate('VIP lounge', [1, 3]);
  await pairDevice(server, { eventId, gateId }, 'Left lane');
  await pairDevice(server, { eventId, gateId: loungeId }, 'Lounge phone');
}

async function upload(server: TestServer, eventId: string, batch: MintedBatch, chunks = batch.chunks): Promise<void> {
  const path = `/api/events/${eventId}/batches/${batch.id}`;
  await send(server, path, { method: 'PUT', headers: JSON_BODY, body: JSON.stringify(batch.manifest) });
  for (let seq = 0; seq < chunks; seq++)
    await send(server, `${path}/chunks/${seq}`, chunkRequest(await batch.chunk(seq)));
  if (chunks === batch.chunks) await post(server, `${path}/seal`, { reason: 'complete' });
}

const FIRST = [
  'Aarav',
  'Diya',
  'Ishaan',
  'Meera',
  'Kabir',
  'Ananya',
  'Zoë',
  'Rohan',
  'Fatima',
  'Lakshmi',
  'José',
  'Анна',
];
const LAST = ['Sharma', 'Nair', 'Krishnan', 'Fernandes', 'Khan', 'Iyer', 'O’Brien', 'Banerjee', 'Singh', 'Müller'];

function holders({ firstSerial, count }: { firstSerial: number; count: number }): FieldColumns {
  const serials = Array.from({ length: count }, (_, index) => firstSerial + index);
  const nameOf = (serial: number) => [FIRST[serial % FIRST.length], LAST[(serial * 7) % LAST.length]];
  return {
    holder: serials.map((serial) => nameOf(serial).join(' ')),
    email: serials.map((serial) => `guest${serial}@example.org`),
    seat: serials.map((serial) => `A-${Math.ceil(serial / 30)}-${((serial - 1) % 30) + 1}`),
    ref: serials.map((serial) => `BK-${String(100_000 + serial)}`),
  };
}

const JSON_BODY = { 'Content-Type': 'application/json' };

async function post(server: TestServer, path: string, body: unknown): Promise<{ id: string }> {
  const response = await send(server, path, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) });
  return (await response.json()) as { id: string };
}

async function send(server: TestServer, path: string, init: RequestInit): Promise<Response> {
  const response = await server.fetch(path, init);
  if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}
