import type { Kysely, Selectable, Transaction } from 'kysely';
import {
  type AdmissionRules,
  type ForeignBatch,
  type GateBatch,
  type GateSetup,
  type GateSync,
  STANDARD_ADMISSION_RULES,
} from '../../../core/api/gate.ts';
import { mergeRanges } from '../../../core/chunk/seq-ranges.ts';
import type { TicketId } from '../../../core/gate/decide.ts';
import { getEvent } from './events.ts';
import { gateOf } from './gates.ts';
import type { BatchTable, Tables } from './schema.ts';

type Reader = Kysely<Tables> | Transaction<Tables>;

/** Batches of events that ended longer before are not known at a gate. */
const FOREIGN_MS = 31 * 24 * 60 * 60 * 1_000;

export async function readRules(db: Reader, eventId: string): Promise<AdmissionRules> {
  const row = await db.selectFrom('admission_rules').selectAll().where('event_id', '=', eventId).executeTakeFirst();
  if (row === undefined) return STANDARD_ADMISSION_RULES;
  return { capacity: row.capacity, earlyMs: row.early_ms, lateMs: row.late_ms };
}

/** @throws {ProblemError} `event-not-found` */
export async function readSetup(db: Reader, eventId: string): Promise<GateSetup> {
  const { id, name, timeZone, startsAt, endsAt, demo, gateNames } = await getEvent(db, eventId);
  const types = await db
    .selectFrom('ticket_type')
    .select(['type_index as index', 'name', 'colour', 'not_before as notBefore', 'not_after as notAfter'])
    .where('event_id', '=', eventId)
    .orderBy('type_index')
    .execute();
  const gates = await db.selectFrom('gate').selectAll().where('event_id', '=', eventId).orderBy('created_at').execute();
  return {
    event: { id, name, timeZone, startsAt, endsAt, demo: demo === true },
    types,
    gates: gates.map(gateOf).map(({ createdAt: _, ...gate }) => gate),
    rules: await readRules(db, eventId),
    ...(gateNames === true ? { names: true } : {}),
  };
}

/** @param ids which batches; without it all of the event. Of those that nobody approved, gates get no more than the id. */
export async function readBatches(
  db: Reader,
  eventId: string,
  ids?: readonly string[],
): Promise<Required<Pick<GateSync, 'batches' | 'withheld'>>> {
  let query = db.selectFrom('batch').selectAll().where('event_id', '=', eventId).orderBy('id');
  if (ids !== undefined) query = query.where('id', 'in', ids);
  const [batches, withheld]: [GateBatch[], string[]] = [[], []];
  for (const row of await query.execute()) {
    if (row.approved_at === null) withheld.push(row.id);
    else batches.push({ ...gateBatchOf(row), revoked: await readRevoked(db, row) });
  }
  return { batches, withheld };
}

/** What was revoked, by people and by seals, and the chunks that failed verification. */
async function readRevoked(
  db: Reader,
  { id, quarantined }: { readonly id: string; readonly quarantined: number },
): Promise<[number, number][]> {
  const revoked = await db
    .selectFrom('revocation')
    .select(['from_serial as first', 'to_serial as last'])
    .where('batch_id', '=', id)
    .where('undone_at', 'is', null)
    .execute();
  const bad = quarantined === 0 ? [] : await badChunks(db, id).execute();
  const pairs = [
    ...revoked.map(({ first, last }): [number, number] => [first, last]),
    ...bad.map(({ first_serial, count }): [number, number] => [first_serial, first_serial + count - 1]),
  ];
  return mergeRanges(pairs).map(([first, last]) => [first, last]);
}

function badChunks(db: Reader, batchId: string) {
  return db
    .selectFrom('chunk')
    .innerJoin('chunk_verification', 'chunk_verification.chunk_id', 'chunk.id')
    .select(['first_serial', 'count'])
    .where('batch_id', '=', batchId)
    .where('bad_serials', 'is not', null);
}

/** A batch with what was revoked of one ticket only: what one decision takes. `withheld` while nobody has approved it. */
export async function readBatchOf(
  db: Reader,
  eventId: string,
  { batch, serial }: TicketId,
): Promise<GateBatch | 'withheld' | undefined> {
  const row = await db
    .selectFrom('batch')
    .selectAll()
    .where('id', '=', batch)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.approved_at === null) return 'withheld';
  const revocation = await db
    .selectFrom('revocation')
    .select('id')
    .where('batch_id', '=', batch)
    .where('from_serial', '<=', serial)
    .where('to_serial', '>=', serial)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  const seq = Math.floor((serial - 1) / row.chunk_size);
  const bad = row.quarantined > 0 ? await badChunks(db, batch).where('seq', '=', seq).executeTakeFirst() : undefined;
  return { ...gateBatchOf(row), revoked: revocation === undefined && bad === undefined ? [] : [[serial, serial]] };
}

function gateBatchOf(row: Selectable<BatchTable>): Omit<GateBatch, 'revoked'> {
  return {
    id: row.id,
    publicKey: row.public_key,
    typeIndex: row.type_index,
    count: row.count,
    notBefore: row.not_before,
    notAfter: row.not_after,
    rehearsal: row.rehearsal === 1,
  };
}

/** @param ids which batches; without it all of other events that are not long over. */
export async function readForeign(
  db: Reader,
  { id, startsAt }: Pick<GateSetup['event'], 'id' | 'startsAt'>,
  ids?: readonly string[],
): Promise<ForeignBatch[]> {
  let query = db
    .selectFrom('batch')
    .innerJoin('event', 'event.id', 'batch.event_id')
    .select(['batch.id', 'batch.public_key as publicKey', 'event.name as eventName'])
    .where('event.id', '!=', id)
    .where('event.ends_at', '>=', startsAt - FOREIGN_MS)
    .orderBy('batch.id');
  if (ids !== undefined) query = query.where('batch.id', 'in', ids);
  return query.execute();
}
