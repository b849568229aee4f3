import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import {
  type BatchDetail,
  type BatchManifest,
  type BatchStatus,
  batchManifestSchema,
} from '../../../core/api/batch.ts';
import { type BatchShape, chunkCountOf, chunkRange } from '../../../core/chunk/chunk.ts';
import { missingRanges, type SeqRanges } from '../../../core/chunk/seq-ranges.ts';
import { ProblemError } from '../../problem.ts';
import type { BatchStore } from '../store.ts';
import { appendAudit } from './audit.ts';
import { approvalOf, isInEarnest } from './batch-approvals.ts';
import { getBatchRow, REMOVED_USER } from './batch-row.ts';
import { getEvent } from './events.ts';
import { countRevoked } from './revocations.ts';
import type { BatchTable, Tables } from './schema.ts';
import { addDeclared, getType } from './types.ts';

export function batchStore(db: Kysely<Tables>): Pick<BatchStore, 'declare' | 'list' | 'get' | 'findFacts' | 'seal'> {
  return {
    declare: (eventId, batchId, manifest, actorId) =>
      db.transaction().execute((transaction) => declare(transaction, { eventId, batchId, manifest, actorId })),
    async list(eventId) {
      await getEvent(db, eventId);
      const rows = await batchesWithNames(db)
        .where('event_id', '=', eventId)
        .orderBy('declared_at', 'desc')
        .orderBy('batch.id')
        .execute();
      return rows.map(statusOf);
    },
    get: (eventId, batchId) => getBatch(db, eventId, batchId),
    findFacts: async (batchId) => {
      const row = await db.selectFrom('batch').selectAll().where('id', '=', batchId).executeTakeFirst();
      if (row === undefined) return undefined;
      const { event_id, public_key, type_index, count, chunk_size } = row;
      return { eventId: event_id, publicKey: public_key, typeIndex: type_index, count, chunkSize: chunk_size };
    },
    seal: (eventId, batchId, reason, actorId) =>
      db.transaction().execute(async (transaction) => {
        const row = await getBatchRow(transaction, eventId, batchId);
        if (row.state === 'open') await seal(transaction, row, { reason, actorId });
        return getBatch(transaction, eventId, batchId);
      }),
  };
}

interface Declaration {
  readonly eventId: string;
  readonly batchId: string;
  readonly manifest: BatchManifest;
  readonly actorId: string;
}

async function declare(
  transaction: Transaction<Tables>,
  { eventId, batchId, manifest, actorId }: Declaration,
): Promise<boolean> {
  const event = await getEvent(transaction, eventId);
  if (event.demo === true && manifest.rehearsal !== true)
    throw new ProblemError('not-valid', { field: 'rehearsal', reason: 'expected true in a demo event' });
  const existing = await transaction.selectFrom('batch').selectAll().where('id', '=', batchId).executeTakeFirst();
  if (existing !== undefined) {
    if (existing.event_id === eventId && isSameManifest(manifestOf(existing), manifest)) return false;
    throw new ProblemError('batch-conflict');
  }
  const { typeIndex, count } = manifest;
  const type = await getType(transaction, eventId, typeIndex);
  if (type.archivedAt !== null) throw new ProblemError('type-not-found', { detail: 'The ticket type is archived.' });
  const counts = isInEarnest(event, manifest.rehearsal === true);
  if (counts && type.capacity !== null && type.declared + count > type.capacity)
    throw new ProblemError('capacity-exceeded', {
      field: 'count',
      detail: `There is room for ${Math.max(0, type.capacity - type.declared)} more.`,
    });
  const approved_at = counts && event.approval === true ? null : Date.now();
  await transaction
    .insertInto('batch')
    .values({ ...newRow({ eventId, batchId, manifest, actorId }), approved_at })
    .execute();
  if (counts) await addDeclared(transaction, { eventId, typeIndex, count });
  const details = { event: eventId, type: typeIndex, count };
  await appendAudit(transaction, { actorId, action: 'batch.declare', subject: batchId, details });
  return true;
}

function isSameManifest(left: BatchManifest, right: BatchManifest): boolean {
  const names = Object.keys(batchManifestSchema.shape) as (keyof BatchManifest)[];
  return names.every((name) => left[name] === right[name]);
}

async function seal(
  transaction: Transaction<Tables>,
  row: Selectable<BatchTable>,
  { reason, actorId }: { reason: NonNullable<BatchTable['seal_reason']>; actorId: string },
): Promise<void> {
  const shape = { count: row.count, chunkSize: row.chunk_size };
  const missing = missingRanges(await acknowledgedSeqs(transaction, row.id), chunkCountOf(shape));
  for (const range of missing)
    await transaction
      .insertInto('revocation')
      .values({
        event_id: row.event_id,
        batch_id: row.id,
        ...serialsOf(shape, range),
        reason: `sealed as ${reason}`,
        by_seal: 1,
        created_at: Date.now(),
        created_by: actorId,
        undone_at: null,
      })
      .execute();
  await transaction
    .updateTable('batch')
    .set({
      state: 'sealed',
      seal_reason: reason,
      sealed_at: Date.now(),
      revoked: await countRevoked(transaction, row.id),
    })
    .where('id', '=', row.id)
    .execute();
  // What was never stored can no longer come: its share of the capacity is free again.
  if (isInEarnest(await getEvent(transaction, row.event_id), row.rehearsal === 1))
    await addDeclared(transaction, { eventId: row.event_id, typeIndex: row.type_index, count: row.stored - row.count });
  const details = { reason, stored: row.stored, count: row.count };
  await appendAudit(transaction, { actorId, action: 'batch.seal', subject: row.id, details });
}

function serialsOf(shape: BatchShape, [first, last]: SeqRanges[number]): { from_serial: number; to_serial: number } {
  const end = chunkRange(shape, last);
  return { from_serial: chunkRange(shape, first).firstSerial, to_serial: end.firstSerial + end.count - 1 };
}

/** Found in the index alone; one row a range, however many chunks there are. */
async function acknowledgedSeqs(db: Kysely<Tables> | Transaction<Tables>, batchId: string): Promise<SeqRanges> {
  const { rows } = await sql<{ first: number; last: number }>`
    SELECT min(seq) AS first, max(seq) AS last
    FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS island FROM chunk WHERE batch_id = ${batchId})
    GROUP BY island ORDER BY first`.execute(db);
  return rows.map(({ first, last }) => [first, last]);
}

function batchesWithNames(db: Kysely<Tables> | Transaction<Tables>) {
  return db
    .selectFrom('batch')
    .leftJoin('user', 'user.id', 'batch.declared_by')
    .leftJoin('user as approver', 'approver.id', 'batch.approved_by')
    .selectAll('batch')
    .select(['user.name as declared_by_name', 'approver.name as approved_by_name']);
}

async function getBatch(
  db: Kysely<Tables> | Transaction<Tables>,
  eventId: string,
  batchId: string,
): Promise<BatchDetail> {
  const row = await batchesWithNames(db)
    .where('batch.id', '=', batchId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('batch-not-declared');
  return {
    ...statusOf(row),
    acknowledged: (await acknowledgedSeqs(db, batchId)).map(([first, last]) => [first, last]),
  };
}

function newRow({ eventId, batchId, manifest, actorId }: Declaration) {
  const now = Date.now();
  return {
    id: batchId,
    event_id: eventId,
    type_index: manifest.typeIndex,
    public_key: manifest.publicKey,
    count: manifest.count,
    chunk_size: manifest.chunkSize,
    not_before: manifest.notBefore,
    not_after: manifest.notAfter,
    run_id: manifest.runId,
    key_protection: manifest.keyProtection,
    proof: manifest.proof,
    state: 'open' as const,
    seal_reason: null,
    sealed_at: null,
    declared_at: now,
    declared_by: actorId,
    active_at: now,
    stored: 0,
    verified: 0,
    quarantined: 0,
    revoked: 0,
    personalised: 0,
    rehearsal: manifest.rehearsal === true ? 1 : 0,
    approved_by: null,
  };
}

function manifestOf(row: Selectable<BatchTable>): BatchManifest {
  return {
    publicKey: row.public_key,
    typeIndex: row.type_index,
    count: row.count,
    chunkSize: row.chunk_size,
    notBefore: row.not_before,
    notAfter: row.not_after,
    runId: row.run_id,
    keyProtection: row.key_protection,
    proof: row.proof,
    ...(row.rehearsal === 1 ? { rehearsal: true } : {}),
  };
}

function statusOf(
  row: Selectable<BatchTable> & { declared_by_name: string | null; approved_by_name: string | null },
): BatchStatus {
  const { proof: _, ...declaration } = manifestOf(row);
  return {
    id: row.id,
    ...declaration,
    state: row.state,
    sealReason: row.seal_reason,
    sealedAt: row.sealed_at,
    declaredAt: row.declared_at,
    declaredBy: row.declared_by_name ?? REMOVED_USER,
    ...approvalOf(row, row.approved_by_name),
    activeAt: row.active_at,
    stored: row.stored,
    verified: row.verified,
    quarantined: row.quarantined,
    revoked: row.revoked,
    personalised: row.personalised === 1,
  };
}
