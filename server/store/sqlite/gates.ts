import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Gate } from '../../../core/api/gate-device.ts';
import { ProblemError } from '../../problem.ts';
import type { GateStore } from '../gate-store.ts';
import { appendAudit } from './audit.ts';
import { getEvent } from './events.ts';
import type { GateTable } from './gate-tables.ts';
import { newRecordId } from './record-id.ts';
import type { Tables } from './schema.ts';
import { getType } from './types.ts';

/** An event's gates, at most. */
const MAX_GATES = 100;

export function gateStore(db: Kysely<Tables>): GateStore {
  return {
    async list(eventId) {
      await getEvent(db, eventId);
      const rows = await db
        .selectFrom('gate')
        .selectAll()
        .where('event_id', '=', eventId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(gateOf);
    },
    create: (eventId, input, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getEvent(transaction, eventId);
        const known = await findGate(transaction, eventId, input.id);
        if (known !== undefined) return known;
        await checkTypes(transaction, eventId, input.types);
        await checkRoom(transaction, eventId);
        const gate: Gate = { ...input, id: input.id ?? newRecordId(), createdAt: Date.now(), archivedAt: null };
        await transaction.insertInto('gate').values(rowOf(eventId, gate)).execute();
        await appendAudit(transaction, {
          actorId,
          action: 'gate.create',
          subject: eventId,
          details: { gate: gate.id },
        });
        return gate;
      }),
    update: (eventId, gateId, { archived, ...patch }, actorId) =>
      db.transaction().execute(async (transaction) => {
        const before = gateOf(await getGateRow(transaction, eventId, gateId));
        if (patch.types !== undefined) await checkTypes(transaction, eventId, patch.types);
        if (archived === true && before.archivedAt === null) await checkUnused(transaction, gateId);
        const archivedAt =
          archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? Date.now()) : null;
        const gate: Gate = { ...before, ...withoutUndefined(patch), archivedAt };
        await transaction.updateTable('gate').set(rowOf(eventId, gate)).where('id', '=', gateId).execute();
        const fields = [...Object.keys(patch), ...(archived === undefined ? [] : ['archived'])].join(' ');
        await appendAudit(transaction, {
          actorId,
          action: 'gate.update',
          subject: eventId,
          details: { gate: gateId, fields },
        });
        return gate;
      }),
  };
}

/** @throws {ProblemError} `gate-not-found` */
export async function getGateRow(
  db: Kysely<Tables> | Transaction<Tables>,
  eventId: string,
  gateId: string,
): Promise<Selectable<GateTable>> {
  const row = await db
    .selectFrom('gate')
    .selectAll()
    .where('id', '=', gateId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('gate-not-found');
  return row;
}

/** A gate that was made before under an id of its maker's. */
async function findGate(db: Transaction<Tables>, eventId: string, id: string | undefined): Promise<Gate | undefined> {
  if (id === undefined) return undefined;
  const row = await db.selectFrom('gate').selectAll().where('id', '=', id).executeTakeFirst();
  if (row !== undefined && row.event_id !== eventId)
    throw new ProblemError('not-valid', { field: 'id', reason: 'expected an id of its own' });
  return row === undefined ? undefined : gateOf(row);
}

async function checkTypes(db: Transaction<Tables>, eventId: string, types: Gate['types']): Promise<void> {
  for (const index of types ?? []) await getType(db, eventId, index);
}

async function checkRoom(db: Transaction<Tables>, eventId: string): Promise<void> {
  const { count } = await db
    .selectFrom('gate')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  if (count >= MAX_GATES)
    throw new ProblemError('not-valid', { field: 'gate', reason: `expected at most ${MAX_GATES} gates an event` });
}

async function checkUnused(db: Transaction<Tables>, gateId: string): Promise<void> {
  const device = await db
    .selectFrom('gate_device')
    .select('id')
    .where('gate_id', '=', gateId)
    .where('revoked_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (device !== undefined) throw new ProblemError('gate-in-use', { detail: 'Revoke the devices of this gate first.' });
}

/** What a schema parsed as absent is not to be written. */
function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}

export function gateOf(row: Selectable<GateTable>): Gate {
  return {
    id: row.id,
    name: row.name,
    types: row.types === null ? null : (JSON.parse(row.types) as number[]),
    direction: row.direction,
    reentry: row.reentry === 1,
    capacity: row.capacity,
    undo: row.undo === 1,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
  };
}

function rowOf(eventId: string, gate: Gate): GateTable {
  return {
    id: gate.id,
    event_id: eventId,
    name: gate.name,
    types: gate.types === null ? null : JSON.stringify(gate.types),
    direction: gate.direction,
    reentry: gate.reentry ? 1 : 0,
    capacity: gate.capacity,
    undo: gate.undo ? 1 : 0,
    created_at: gate.createdAt,
    archived_at: gate.archivedAt,
  };
}
