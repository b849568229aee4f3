import type { Kysely, Selectable, Transaction } from 'kysely';
import { type EventRecord, eventInputSchema } from '../../../core/api/event.ts';
import { ProblemError } from '../../problem.ts';
import { notValid } from '../../validation.ts';
import type { EventStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { newRecordId } from './record-id.ts';
import { deleteEvent } from './remove-event.ts';
import type { EventTable, Tables } from './schema.ts';

export function eventStore(
  db: Kysely<Tables>,
): Pick<EventStore, 'list' | 'get' | 'create' | 'update' | 'remove' | 'summarize'> {
  return {
    async list() {
      return (await db.selectFrom('event').selectAll().orderBy('starts_at', 'desc').execute()).map(eventOf);
    },
    get: (eventId) => getEvent(db, eventId),
    create: (input, actorId) =>
      db.transaction().execute(async (transaction) => {
        const event = { ...input, id: newRecordId(), createdAt: Date.now() };
        await transaction.insertInto('event').values(rowOf(event)).execute();
        await appendAudit(transaction, { actorId, action: 'event.create', subject: event.id });
        return event;
      }),
    update: (eventId, patch, actorId) =>
      db.transaction().execute(async (transaction) => {
        const before = await getEvent(transaction, eventId);
        const parsed = eventInputSchema.safeParse({ ...before, ...patch });
        if (!parsed.success) throw notValid(parsed.error);
        const { approval = before.approval, gateNames = before.gateNames } = patch;
        const event = { ...before, ...parsed.data, approval, gateNames };
        await transaction.updateTable('event').set(rowOf(event)).where('id', '=', eventId).execute();
        const details = { fields: Object.keys(patch).join(' ') };
        await appendAudit(transaction, { actorId, action: 'event.update', subject: eventId, details });
        return event;
      }),
    remove: (eventId, actorId) =>
      db.transaction().execute(async (transaction) => {
        const { demo } = await getEvent(transaction, eventId);
        if (demo !== true) throw new ProblemError('not-valid', { field: 'demo', reason: 'expected a demo event' });
        await deleteEvent(transaction, eventId);
        await appendAudit(transaction, { actorId, action: 'event.remove', subject: eventId });
      }),
    summarize: (eventId) => summarize(db, eventId),
  };
}

export async function getEvent(db: Kysely<Tables> | Transaction<Tables>, eventId: string): Promise<EventRecord> {
  const row = await db.selectFrom('event').selectAll().where('id', '=', eventId).executeTakeFirst();
  if (row === undefined) throw new ProblemError('event-not-found');
  return eventOf(row);
}

async function summarize(db: Kysely<Tables>, eventId: string) {
  await getEvent(db, eventId);
  const totals = await db
    .selectFrom('batch')
    .select(({ fn, val }) => [
      fn.countAll<number>().as('batches'),
      fn.countAll<number>().filterWhere('state', '=', 'open').as('openBatches'),
      fn.coalesce(fn.sum<number>('stored'), val(0)).as('stored'),
      fn.coalesce(fn.sum<number>('verified'), val(0)).as('verified'),
      fn.coalesce(fn.sum<number>('quarantined'), val(0)).as('quarantined'),
      fn.coalesce(fn.sum<number>('revoked'), val(0)).as('revoked'),
    ])
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  const { declared } = await db
    .selectFrom('ticket_type')
    .select(({ fn, val }) => fn.coalesce(fn.sum<number>('declared'), val(0)).as('declared'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  return { ...totals, declared };
}

function eventOf(row: Selectable<EventTable>): EventRecord {
  return {
    id: row.id,
    name: row.name,
    place: row.place,
    timeZone: row.time_zone,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    currency: row.currency,
    language: row.language,
    createdAt: row.created_at,
    ...(row.demo === 1 ? { demo: true } : {}),
    ...(row.approval === 1 ? { approval: true } : {}),
    ...(row.gate_names === 1 ? { gateNames: true } : {}),
  };
}

function rowOf(event: EventRecord): EventTable {
  return {
    id: event.id,
    name: event.name,
    place: event.place,
    time_zone: event.timeZone,
    starts_at: event.startsAt,
    ends_at: event.endsAt,
    currency: event.currency,
    language: event.language,
    created_at: event.createdAt,
    demo: event.demo === true ? 1 : 0,
    approval: event.approval === true ? 1 : 0,
    gate_names: event.gateNames === true ? 1 : 0,
  };
}
