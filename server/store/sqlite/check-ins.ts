import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type {
  ConflictCursor,
  Entry,
  RecordedScan,
  Scan,
  ScanConflicts,
  ScanResult,
  ScanTotals,
} from '../../../core/api/gate.ts';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import type { CheckInStore } from '../check-in-store.ts';
import { countConflicts, readAdmissions } from './admissions.ts';
import { appendAudit } from './audit.ts';
import { CLAIMS_A_TURN, decideClaims } from './claim-desk.ts';
import { getEvent } from './events.ts';
import { readRules } from './gate-knowledge.ts';
import { readSync } from './gate-sync.ts';
import { GroupCommit } from './group-commit.ts';
import { scanOf } from './scan-row.ts';
import { ScanWriter } from './scan-writer.ts';
import type { Tables } from './schema.ts';

/** Scans in one transaction: some 10 ms, in which no other request is answered. */
const SCANS_A_TURN = 50;
/** Numbers of scans looked through before other requests are answered: some milliseconds. */
const SEQS_A_TURN = 100_000;

export function checkInStore(db: Kysely<Tables>): CheckInStore & { drain(): Promise<void> } {
  const claims = new GroupCommit(db, decideClaims, CLAIMS_A_TURN);
  return {
    drain: () => claims.drain(),
    async getRules(eventId) {
      await getEvent(db, eventId);
      return readRules(db, eventId);
    },
    setRules: (eventId, rules, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getEvent(transaction, eventId);
        const row = { capacity: rules.capacity, early_ms: rules.earlyMs, late_ms: rules.lateMs };
        await transaction
          .insertInto('admission_rules')
          .values({ event_id: eventId, ...row })
          .onConflict((conflict) => conflict.column('event_id').doUpdateSet(row))
          .execute();
        const details = { ...rules };
        await appendAudit(transaction, { actorId, action: 'admission-rules.update', subject: eventId, details });
        return rules;
      }),
    add: (eventId, scans, from) => addScans(db, eventId, scans, from),
    async claim(eventId, scan, from) {
      await getEvent(db, eventId);
      return claims.put({ eventId, scan, from });
    },
    sync: (eventId, cursor) => readSync(db, eventId, cursor),
    list: (eventId, after, limit) => listScans(db, eventId, after, limit),
    conflicts: (eventId, limit, after) => readConflicts(db, eventId, limit, after),
    totals: (eventId) => readTotals(db, eventId),
    admissions: (eventId, since) => readAdmissions(db, eventId, since),
  };
}

async function addScans(
  db: Kysely<Tables>,
  eventId: string,
  scans: readonly Scan[],
  from: string,
): Promise<ScanResult[]> {
  await getEvent(db, eventId);
  const results: ScanResult[] = [];
  for (let start = 0; start < scans.length; start += SCANS_A_TURN) {
    if (start > 0) await nextTurn();
    const group = scans.slice(start, start + SCANS_A_TURN);
    const added = await db.transaction().execute(async (transaction) => {
      const writer = new ScanWriter(transaction, eventId);
      const outcomes: ScanResult[] = [];
      for (const scan of group) outcomes.push(await writer.add(scan, from));
      await writer.flush();
      return outcomes;
    });
    results.push(...added);
  }
  return results;
}

async function listScans(db: Kysely<Tables>, eventId: string, after: number, limit: number): Promise<RecordedScan[]> {
  await getEvent(db, eventId);
  const rows = await db
    .selectFrom('scan')
    .leftJoin('scan_conflict', 'scan_conflict.nonce', 'scan.nonce')
    // As the fold has it: by the same device, of the same ticket, within a minute.
    .leftJoin('scan as undo', (join) =>
      join
        .onRef('undo.batch_id', '=', 'scan.batch_id')
        .onRef('undo.serial', '=', 'scan.serial')
        .onRef('undo.undoes', '=', 'scan.nonce')
        .onRef('undo.device', '=', 'scan.device')
        .on(sql<boolean>`undo.at BETWEEN scan.at AND scan.at + ${UNDO_MS}`),
    )
    .selectAll('scan')
    .select(['scan_conflict.nonce as double', sql<string | null>`max(undo.nonce)`.as('undone')])
    .where('scan.event_id', '=', eventId)
    .where('scan.seq', '>', after)
    .groupBy('scan.seq')
    .orderBy('scan.seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...scanOf(row),
    seq: row.seq,
    receivedAt: row.received_at,
    effect: row.undone !== null ? 'undone' : row.double !== null ? 'double' : 'counted',
  }));
}

async function readTotals(db: Kysely<Tables>, eventId: string): Promise<ScanTotals> {
  await getEvent(db, eventId);
  const scans = db.selectFrom('scan').where('event_id', '=', eventId);
  const { lastSeq } = await scans
    .select(({ fn, val }) => fn.coalesce(fn.max<number>('seq'), val(0)).as('lastSeq'))
    .executeTakeFirstOrThrow();
  let count = 0;
  for (let after = 0; after < lastSeq; after += SEQS_A_TURN) {
    if (after > 0) await nextTurn();
    const part = await scans
      .where('seq', '>', after)
      .where('seq', '<=', Math.min(lastSeq, after + SEQS_A_TURN))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    count += part.count;
  }
  return { count, lastSeq };
}

async function readConflicts(
  db: Kysely<Tables>,
  eventId: string,
  limit: number,
  after: ConflictCursor | undefined,
): Promise<ScanConflicts> {
  await getEvent(db, eventId);
  const all = db.selectFrom('scan_conflict').selectAll().where('event_id', '=', eventId);
  const following =
    after === undefined
      ? all
      : all.where(({ eb, and, or }) =>
          or([eb('at', '<', after.afterAt), and([eb('at', '=', after.afterAt), eb('nonce', '>', after.afterNonce)])]),
        );
  const rows = await following.orderBy('at', 'desc').orderBy('nonce').limit(limit).execute();
  const conflicts = rows.map((row) => ({
    batch: row.batch_id,
    serial: row.serial,
    kept: JSON.parse(row.kept) as Entry,
    doubled: JSON.parse(row.doubled) as Entry,
  }));
  return { total: await countConflicts(db, eventId), conflicts };
}
