import type { Kysely, Selectable, Transaction } from 'kysely';
import { ProblemError } from '../../problem.ts';
import type { BatchTable, Tables } from './schema.ts';

/** Shown where the user who acted is gone. */
export const REMOVED_USER = '(removed)';

/** @throws {ProblemError} `batch-not-declared` */
export async function getBatchRow(
  db: Kysely<Tables> | Transaction<Tables>,
  eventId: string,
  batchId: string,
): Promise<Selectable<BatchTable>> {
  const row = await db
    .selectFrom('batch')
    .selectAll()
    .where('id', '=', batchId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('batch-not-declared');
  return row;
}
