import type { Kysely, Selectable } from 'kysely';
import type { BatchStatus } from '../../../core/api/batch.ts';
import type { EventRecord } from '../../../core/api/event.ts';
import type { BatchStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { getBatchRow, REMOVED_USER } from './batch-row.ts';
import type { BatchTable, Tables } from './schema.ts';

/** Who decides, and since when gates have the batch, or that they do not. Either change is told at gates' next sync. */
export function approvalStore(db: Kysely<Tables>): Pick<BatchStore, 'approve' | 'withdrawApproval'> {
  const set = (eventId: string, batchId: string, actorId: string, isApproved: boolean) =>
    db.transaction().execute(async (transaction) => {
      const { approved_at, type_index, count } = await getBatchRow(transaction, eventId, batchId);
      if ((approved_at !== null) === isApproved) return;
      await transaction
        .updateTable('batch')
        .set({ approved_at: isApproved ? Date.now() : null, approved_by: isApproved ? actorId : null })
        .where('id', '=', batchId)
        .execute();
      const action = isApproved ? 'batch.approve' : 'batch.withdraw-approval';
      const details = { event: eventId, type: type_index, count };
      await appendAudit(transaction, { actorId, action, subject: batchId, details });
    });
  return {
    approve: (eventId, batchId, actorId) => set(eventId, batchId, actorId, true),
    withdrawApproval: (eventId, batchId, actorId) => set(eventId, batchId, actorId, false),
  };
}

/** Whether any gate may let its tickets in: those of a rehearsal pass at demo events only. */
export function isInEarnest({ demo }: EventRecord, isRehearsal: boolean): boolean {
  return !isRehearsal || demo === true;
}

export function approvalOf(
  { approved_at, approved_by }: Pick<Selectable<BatchTable>, 'approved_at' | 'approved_by'>,
  name: string | null,
): Pick<BatchStatus, 'approval'> {
  if (approved_at === null) return { approval: null };
  return approved_by === null ? {} : { approval: { at: approved_at, by: name ?? REMOVED_USER } };
}
