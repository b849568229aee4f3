import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Correction, CorrectionInput } from '../../../core/api/batch.ts';
import { ProblemError } from '../../problem.ts';
import type { BatchStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { getBatchRow, REMOVED_USER } from './batch-row.ts';
import type { CorrectionTable, Tables } from './schema.ts';

export function correctionStore(db: Kysely<Tables>): Pick<BatchStore, 'correct' | 'listCorrections'> {
  return {
    correct: (eventId, batchId, input, actorId) =>
      db.transaction().execute(async (transaction) => {
        const { count } = await getBatchRow(transaction, eventId, batchId);
        const made = await findMade(transaction, batchId, input);
        if (made !== undefined) return made;
        if (input.serial > count)
          throw new ProblemError('not-valid', { field: 'serial', reason: `expected at most ${count}` });
        await refuseConflict(transaction, batchId, input);
        const { id } = await transaction
          .insertInto('correction')
          .values({
            batch_id: batchId,
            serial: input.serial,
            column_name: input.column,
            value: input.value,
            created_at: Date.now(),
            created_by: actorId,
            nonce: input.nonce ?? null,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        // The value itself may be personal, and an audit line can never be erased.
        const details = { serial: input.serial, column: input.column };
        await appendAudit(transaction, { actorId, action: 'ticket.correct', subject: batchId, details });
        return correctionOf(
          await correctionsWithNames(transaction).where('correction.id', '=', id).executeTakeFirstOrThrow(),
        );
      }),
    async listCorrections(eventId, batchId) {
      await getBatchRow(db, eventId, batchId);
      const rows = await correctionsWithNames(db).where('batch_id', '=', batchId).orderBy('correction.id').execute();
      return rows.map(correctionOf);
    },
  };
}

/** The correction that was made under this nonce before. @throws `not-valid` when it is another one */
async function findMade(
  transaction: Transaction<Tables>,
  batchId: string,
  { nonce, serial, column, value }: CorrectionInput,
): Promise<Correction | undefined> {
  if (nonce === undefined) return undefined;
  const row = await correctionsWithNames(transaction).where('nonce', '=', nonce).executeTakeFirst();
  if (row === undefined) return undefined;
  const isSame = row.batch_id === batchId && row.serial === serial && row.column_name === column && row.value === value;
  if (!isSame) throw new ProblemError('not-valid', { field: 'nonce', reason: 'expected one that is not taken' });
  return correctionOf(row);
}

/** A field that somebody else corrected since the person looked at it is not overwritten without a word. */
async function refuseConflict(
  transaction: Transaction<Tables>,
  batchId: string,
  { serial, column, basedOn }: CorrectionInput,
): Promise<void> {
  if (basedOn === undefined) return;
  const newest = await transaction
    .selectFrom('correction')
    .select('created_at')
    .where('batch_id', '=', batchId)
    .where('serial', '=', serial)
    .where('column_name', '=', column)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if ((newest?.created_at ?? null) !== basedOn) throw new ProblemError('correction-conflict');
}

function correctionsWithNames(db: Kysely<Tables> | Transaction<Tables>) {
  return db
    .selectFrom('correction')
    .leftJoin('user', 'user.id', 'correction.created_by')
    .selectAll('correction')
    .select('user.name as created_by_name');
}

function correctionOf(row: Selectable<CorrectionTable> & { created_by_name: string | null }): Correction {
  return {
    batch: row.batch_id,
    serial: row.serial,
    column: row.column_name,
    value: row.value,
    createdAt: row.created_at,
    createdBy: row.created_by_name ?? REMOVED_USER,
    ...(row.nonce === null ? {} : { nonce: row.nonce }),
  };
}
