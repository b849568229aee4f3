import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { AuditEntry } from '../../../core/api/audit.ts';
import type { AuditStore } from '../store.ts';
import type { Tables } from './schema.ts';

const BEFORE_THE_FIRST = '0'.repeat(64);

export interface AuditLine {
  readonly actorId: string;
  readonly action: string;
  readonly subject: string;
  readonly details?: AuditEntry['details'];
}

/** Adds a line to the chain, in the transaction of the act that it records. */
export async function appendAudit(transaction: Transaction<Tables>, line: AuditLine): Promise<void> {
  const last = await transaction
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: Date.now(),
    actor_id: line.actorId,
    action: line.action,
    subject: line.subject,
    details: JSON.stringify(line.details ?? {}),
    previous_hash: last?.hash ?? BEFORE_THE_FIRST,
  };
  await transaction
    .insertInto('audit')
    .values({ ...entry, hash: hashOf(entry) })
    .execute();
}

function hashOf(entry: Omit<Tables['audit'], 'hash'>): string {
  const { seq, at, actor_id, action, subject, details, previous_hash } = entry;
  const text = JSON.stringify([seq, at, actor_id, action, subject, details, previous_hash]);
  return createHash('sha256').update(text).digest('hex');
}

async function findBroken(db: Kysely<Tables>): Promise<number | undefined> {
  let previous: { seq: number; hash: string } = { seq: 0, hash: BEFORE_THE_FIRST };
  for (;;) {
    const page = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', previous.seq)
      .orderBy('seq')
      .limit(1_000)
      .execute();
    for (const entry of page) {
      const isNext = entry.seq === previous.seq + 1 && entry.previous_hash === previous.hash;
      if (!isNext || entry.hash !== hashOf(entry)) return entry.seq;
      previous = entry;
    }
    if (page.length === 0) return undefined;
    // Requests go on between pages.
    await nextTurn();
  }
}

export function auditStore(db: Kysely<Tables>): AuditStore {
  return {
    append: (line) => db.transaction().execute((transaction) => appendAudit(transaction, line)),
    async list({ before, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
      if (before !== undefined) query = query.where('seq', '<', before);
      return (await query.execute()).map(auditEntryOf);
    },
    findBroken: () => findBroken(db),
  };
}

function auditEntryOf(row: Tables['audit']): AuditEntry {
  return {
    seq: row.seq,
    at: row.at,
    actorId: row.actor_id,
    action: row.action,
    subject: row.subject,
    details: JSON.parse(row.details) as AuditEntry['details'],
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
