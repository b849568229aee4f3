import type { Kysely, Selectable, Transaction } from 'kysely';
import { type TicketType, type TicketTypeInput, ticketTypeInputSchema } from '../../../core/api/event.ts';
import { MAX_TYPE_INDEX } from '../../../core/ticket/type-index.ts';
import { ProblemError } from '../../problem.ts';
import { notValid } from '../../validation.ts';
import type { EventStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { getEvent } from './events.ts';
import type { Tables, TicketTypeTable } from './schema.ts';

export function typeStore(db: Kysely<Tables>): Pick<EventStore, 'listTypes' | 'createType' | 'updateType'> {
  return {
    async listTypes(eventId) {
      await getEvent(db, eventId);
      const rows = await db
        .selectFrom('ticket_type')
        .selectAll()
        .where('event_id', '=', eventId)
        .orderBy('type_index')
        .execute();
      return rows.map(typeOf);
    },
    createType: (eventId, input, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getEvent(transaction, eventId);
        const index = await nextTypeIndex(transaction, eventId);
        const type = { ...input, index, declared: 0, archivedAt: null };
        await transaction.insertInto('ticket_type').values(rowOf(eventId, type)).execute();
        const details = { type: index };
        await appendAudit(transaction, { actorId, action: 'type.create', subject: eventId, details });
        return type;
      }),
    updateType: (eventId, index, { archived, ...patch }, actorId) =>
      db.transaction().execute(async (transaction) => {
        const before = await getType(transaction, eventId, index);
        const type = { ...before, ...patchedInput(before, patch), archivedAt: archivedAt(before, archived) };
        if (type.capacity !== null && type.capacity < type.declared)
          throw new ProblemError('capacity-exceeded', {
            field: 'capacity',
            detail: `${type.declared} tickets of this type exist already.`,
          });
        await transaction
          .updateTable('ticket_type')
          .set(rowOf(eventId, type))
          .where('event_id', '=', eventId)
          .where('type_index', '=', index)
          .execute();
        const fields = [...Object.keys(patch), ...(archived === undefined ? [] : ['archived'])].join(' ');
        const details = { type: index, fields };
        await appendAudit(transaction, { actorId, action: 'type.update', subject: eventId, details });
        return type;
      }),
  };
}

/** @throws {ProblemError} `type-not-found` */
export async function getType(transaction: Transaction<Tables>, eventId: string, index: number): Promise<TicketType> {
  const row = await transaction
    .selectFrom('ticket_type')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('type_index', '=', index)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('type-not-found');
  return typeOf(row);
}

/** Moves the number of tickets that count against a type's capacity. */
export async function addDeclared(
  transaction: Transaction<Tables>,
  { eventId, typeIndex, count }: { eventId: string; typeIndex: number; count: number },
): Promise<void> {
  await transaction
    .updateTable('ticket_type')
    .set((column) => ({ declared: column('declared', '+', count) }))
    .where('event_id', '=', eventId)
    .where('type_index', '=', typeIndex)
    .execute();
}

/** Types are archived, never deleted, so the next index was never used. */
async function nextTypeIndex(transaction: Transaction<Tables>, eventId: string): Promise<number> {
  const { highest } = await transaction
    .selectFrom('ticket_type')
    .select(({ fn }) => fn.max('type_index').as('highest'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  const index = highest === null ? 0 : Number(highest) + 1;
  if (index > MAX_TYPE_INDEX)
    throw new ProblemError('not-valid', { field: 'index', reason: `expected at most ${MAX_TYPE_INDEX + 1} types` });
  return index;
}

function patchedInput(before: TicketType, patch: object): TicketTypeInput {
  const parsed = ticketTypeInputSchema.safeParse({ ...before, ...patch });
  if (!parsed.success) throw notValid(parsed.error);
  return parsed.data;
}

function archivedAt(before: TicketType, archived: boolean | undefined): number | null {
  if (archived === undefined) return before.archivedAt;
  return archived ? (before.archivedAt ?? Date.now()) : null;
}

function typeOf(row: Selectable<TicketTypeTable>): TicketType {
  return {
    index: row.type_index,
    name: row.name,
    priceMinor: row.price_minor,
    colour: row.colour,
    capacity: row.capacity,
    notBefore: row.not_before,
    notAfter: row.not_after,
    declared: row.declared,
    archivedAt: row.archived_at,
  };
}

function rowOf(eventId: string, type: TicketType): TicketTypeTable {
  return {
    event_id: eventId,
    type_index: type.index,
    name: type.name,
    price_minor: type.priceMinor,
    colour: type.colour,
    capacity: type.capacity,
    not_before: type.notBefore,
    not_after: type.notAfter,
    declared: type.declared,
    archived_at: type.archivedAt,
  };
}
