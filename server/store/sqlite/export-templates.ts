import type { Kysely, Selectable, Transaction } from 'kysely';
import { type ExportPlan, type ExportTemplate, MAX_EXPORT_TEMPLATES } from '../../../core/api/export-template.ts';
import { ProblemError } from '../../problem.ts';
import type { ExportTemplateStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { REMOVED_USER } from './batch-row.ts';
import { getEvent } from './events.ts';
import type { ExportTemplateTable, Tables } from './schema.ts';

export function exportTemplateStore(db: Kysely<Tables>): ExportTemplateStore {
  return {
    async list(eventId) {
      await getEvent(db, eventId);
      const rows = await templatesWithNames(db)
        .where('event_id', '=', eventId)
        .orderBy('export_template.name')
        .execute();
      return rows.map(templateOf);
    },
    put: (eventId, id, { name, plan }, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getEvent(transaction, eventId);
        const isNew = !(await exists(transaction, eventId, id));
        if (isNew) await checkRoom(transaction, eventId);
        const change = { name, plan: JSON.stringify(plan), updated_at: Date.now(), updated_by: actorId };
        await transaction
          .insertInto('export_template')
          .values({ event_id: eventId, id, ...change })
          .onConflict((conflict) => conflict.columns(['event_id', 'id']).doUpdateSet(change))
          .execute();
        // Whoever named it may have written a person's name, and an audit line can never be erased.
        const action = isNew ? 'export-template.create' : 'export-template.update';
        await appendAudit(transaction, { actorId, action, subject: eventId, details: { template: id } });
        const row = templatesWithNames(transaction)
          .where('event_id', '=', eventId)
          .where('export_template.id', '=', id);
        return templateOf(await row.executeTakeFirstOrThrow());
      }),
    remove: (eventId, id, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getEvent(transaction, eventId);
        if (!(await exists(transaction, eventId, id))) return;
        await transaction.deleteFrom('export_template').where('event_id', '=', eventId).where('id', '=', id).execute();
        const details = { template: id };
        await appendAudit(transaction, { actorId, action: 'export-template.delete', subject: eventId, details });
      }),
  };
}

async function exists(db: Transaction<Tables>, eventId: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('export_template')
    .select('id')
    .where('event_id', '=', eventId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

async function checkRoom(db: Transaction<Tables>, eventId: string): Promise<void> {
  const { count } = await db
    .selectFrom('export_template')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  if (count >= MAX_EXPORT_TEMPLATES) {
    const reason = `expected at most ${MAX_EXPORT_TEMPLATES} templates an event`;
    throw new ProblemError('not-valid', { field: 'template', reason });
  }
}

function templatesWithNames(db: Kysely<Tables> | Transaction<Tables>) {
  return db
    .selectFrom('export_template')
    .leftJoin('user', 'user.id', 'export_template.updated_by')
    .selectAll('export_template')
    .select('user.name as updated_by_name');
}

function templateOf(row: Selectable<ExportTemplateTable> & { updated_by_name: string | null }): ExportTemplate {
  return {
    id: row.id,
    name: row.name,
    plan: JSON.parse(row.plan) as ExportPlan,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by_name ?? REMOVED_USER,
  };
}
