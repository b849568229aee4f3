import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Revocation, RevocationInput, SealReason } from '../../../core/api/batch.ts';
import { countSeqs, mergeRanges } from '../../../core/chunk/seq-ranges.ts';
import { ProblemError } from '../../problem.ts';
import type { BatchStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { getBatchRow, REMOVED_USER } from './batch-row.ts';
import { getEvent } from './events.ts';
import type { RevocationTable, Tables } from './schema.ts';

export function revocationStore(db: Kysely<Tables>): Pick<BatchStore, 'revoke' | 'listRevocations' | 'undoRevocation'> {
  return {
    revoke: (eventId, input, actorId) =>
      db.transaction().execute(async (transaction) => {
        const { batch, from, to, reason, nonce = null } = input;
        const made = await findMade(transaction, eventId, input);
        if (made !== undefined) return made;
        const { count } = await getBatchRow(transaction, eventId, batch);
        if (to > count) throw new ProblemError('not-valid', { field: 'to', reason: `expected at most ${count}` });
        const { id } = await transaction
          .insertInto('revocation')
          .values({
            event_id: eventId,
            batch_id: batch,
            from_serial: from,
            to_serial: to,
            reason,
            by_seal: 0,
            created_at: Date.now(),
            created_by: actorId,
            undone_at: null,
            nonce,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        await updateRevoked(transaction, batch);
        const details = { revocation: id, from, to };
        await appendAudit(transaction, { actorId, action: 'tickets.revoke', subject: batch, details });
        return getRevocation(transaction, eventId, id);
      }),
    async listRevocations(eventId) {
      await getEvent(db, eventId);
      const rows = await revocationsWithNames(db)
        .where('revocation.event_id', '=', eventId)
        .orderBy('revocation.id')
        .execute();
      return rows.map(revocationOf);
    },
    undoRevocation: (eventId, revocationId, actorId) =>
      db.transaction().execute(async (transaction) => {
        const row = await getRevocationRow(transaction, eventId, revocationId);
        if (row.by_seal === 1)
          throw new ProblemError('batch-sealed', { detail: 'What a seal revoked cannot be taken back.' });
        if (row.undone_at !== null) return revocationOf(row);
        await transaction
          .updateTable('revocation')
          .set({ undone_at: Date.now() })
          .where('id', '=', revocationId)
          .execute();
        await updateRevoked(transaction, row.batch_id);
        const details = { revocation: revocationId, from: row.from_serial, to: row.to_serial };
        await appendAudit(transaction, { actorId, action: 'tickets.unrevoke', subject: row.batch_id, details });
        return getRevocation(transaction, eventId, revocationId);
      }),
  };
}

/** The revocation that was made under this nonce before. @throws `not-valid` when it is another one */
async function findMade(
  transaction: Transaction<Tables>,
  eventId: string,
  { batch, from, to, nonce }: RevocationInput,
): Promise<Revocation | undefined> {
  if (nonce === undefined) return undefined;
  const row = await revocationsWithNames(transaction).where('nonce', '=', nonce).executeTakeFirst();
  if (row === undefined) return undefined;
  const isSame = row.event_id === eventId && row.batch_id === batch && row.from_serial === from && row.to_serial === to;
  if (!isSame) throw new ProblemError('not-valid', { field: 'nonce', reason: 'expected one that is not taken' });
  return revocationOf(row);
}

/** How many serials of a batch are revoked: ranges may overlap, a serial counts once. */
export async function countRevoked(transaction: Transaction<Tables>, batchId: string): Promise<number> {
  const rows = await transaction
    .selectFrom('revocation')
    .select(['from_serial', 'to_serial'])
    .where('batch_id', '=', batchId)
    .where('undone_at', 'is', null)
    .execute();
  return countSeqs(mergeRanges(rows.map((row) => [row.from_serial, row.to_serial])));
}

async function updateRevoked(transaction: Transaction<Tables>, batchId: string): Promise<void> {
  const revoked = await countRevoked(transaction, batchId);
  await transaction.updateTable('batch').set({ revoked }).where('id', '=', batchId).execute();
}

function revocationsWithNames(db: Kysely<Tables> | Transaction<Tables>) {
  return db
    .selectFrom('revocation')
    .leftJoin('user', 'user.id', 'revocation.created_by')
    .innerJoin('batch', 'batch.id', 'revocation.batch_id')
    .selectAll('revocation')
    .select(['user.name as created_by_name', 'batch.seal_reason']);
}

interface NamedRow extends Selectable<RevocationTable> {
  created_by_name: string | null;
  seal_reason: SealReason | null;
}

async function getRevocationRow(transaction: Transaction<Tables>, eventId: string, id: number): Promise<NamedRow> {
  const row = await revocationsWithNames(transaction)
    .where('revocation.id', '=', id)
    .where('revocation.event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return row;
}

async function getRevocation(transaction: Transaction<Tables>, eventId: string, id: number): Promise<Revocation> {
  return revocationOf(await getRevocationRow(transaction, eventId, id));
}

function revocationOf(row: NamedRow): Revocation {
  return {
    id: row.id,
    batch: row.batch_id,
    from: row.from_serial,
    to: row.to_serial,
    reason: row.reason,
    createdAt: row.created_at,
    createdBy: row.created_by_name ?? REMOVED_USER,
    undoneAt: row.undone_at,
    ...(row.nonce === null ? {} : { nonce: row.nonce }),
    ...(row.by_seal === 0 || row.seal_reason === null ? {} : { seal: row.seal_reason }),
  };
}
