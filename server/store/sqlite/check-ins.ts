import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Admissions, Entry, Scan, ScanConflicts, ScanResult, Verdict } from '../../../core/api/gate.ts';
import { judge } from '../../../core/gate/decide.ts';
import { foldTicket } from '../../../core/gate/fold.ts';
import { applyKnowledge } from '../../../core/gate/knowledge.ts';
import type { CheckInStore } from '../check-in-store.ts';
import { appendAudit } from './audit.ts';
import { getEvent } from './events.ts';
import { readBatches, readRules, readSetup } from './gate-knowledge.ts';
import { readInside, readSync } from './gate-sync.ts';
import { ScanWriter } from './scan-writer.ts';
import type { Tables } from './schema.ts';

/** Scans in one transaction: some 10 ms, in which no other request is answered. */
const SCANS_A_TURN = 50;
/** Minutes of one answer: two days. */
const MAX_MINUTES = 2_880;

export function checkInStore(db: Kysely<Tables>): CheckInStore {
  return {
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
        await appendAudit(transaction, { actorId, action: 'admission.rules', subject: eventId, details: { ...rules } });
        return rules;
      }),
    add: (eventId, scans, from) => addScans(db, eventId, scans, from),
    claim: (eventId, scan, from) => db.transaction().execute((transaction) => claim(transaction, eventId, scan, from)),
    sync: (eventId, cursor) => readSync(db, eventId, cursor),
    conflicts: (eventId, limit) => readConflicts(db, eventId, limit),
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
      const writer = new ScanWriter(transaction, eventId, from);
      const outcomes: ScanResult[] = [];
      for (const scan of group) outcomes.push(await writer.add(scan));
      await writer.flush();
      return outcomes;
    });
    results.push(...added);
  }
  return results;
}

async function claim(
  transaction: Transaction<Tables>,
  eventId: string,
  scan: Scan,
  from: string,
): Promise<{ verdict: Verdict; seq: number | null }> {
  const writer = new ScanWriter(transaction, eventId, from);
  const known = await writer.find(scan);
  if (typeof known === 'number') return { verdict: passed(scan), seq: known };
  const verdict = await decideHere(transaction, eventId, scan, writer);
  const isIn = verdict.kind === 'admitted';
  if (known === 'refused' || (!isIn && verdict.kind !== 'exited')) return { verdict, seq: null };
  const { again: _, ...plain } = scan;
  const { seq } = await writer.add(isIn && verdict.again ? { ...plain, again: true } : plain);
  await writer.flush();
  return { verdict, seq };
}

function passed(scan: Scan): Verdict {
  return scan.kind === 'exit' ? { kind: 'exited' } : { kind: 'admitted', again: scan.again === true };
}

/** The same code as at the gate, over what the store knows at this moment. */
async function decideHere(
  transaction: Transaction<Tables>,
  eventId: string,
  scan: Scan,
  writer: ScanWriter,
): Promise<Verdict> {
  const { batch, serial, gate, kind } = scan;
  const now = Date.now();
  const inside = await readInside(transaction, eventId);
  const knowledge = applyKnowledge(undefined, {
    v: 1,
    at: now,
    cursor: { changes: 0, scans: 0 },
    complete: true,
    more: false,
    setup: await readSetup(transaction, eventId),
    batches: await readBatches(transaction, eventId, [batch]),
    revoked: [],
    foreign: [],
    used: [],
    uses: [],
    inside,
  });
  if (knowledge === undefined) throw new TypeError('expected a setup');
  const { use } = foldTicket(await writer.scansOf({ batch, serial }));
  const insideOf = new Map(inside.gates);
  const uses = {
    stateOf: () => use,
    inside: () => inside.total,
    insideOf: (id: string) => insideOf.get(id) ?? 0,
  };
  const direction = kind === 'exit' ? 'exit' : 'enter';
  return judge({ batch, serial }, knowledge, uses, { gate, direction, now: { at: now, uncertaintyMs: 0 } });
}

async function readConflicts(db: Kysely<Tables>, eventId: string, limit: number): Promise<ScanConflicts> {
  await getEvent(db, eventId);
  const rows = await db
    .selectFrom('scan_conflict')
    .selectAll()
    .where('event_id', '=', eventId)
    .orderBy('at', 'desc')
    .orderBy('nonce')
    .limit(limit)
    .execute();
  const conflicts = rows.map((row) => ({
    batch: row.batch_id,
    serial: row.serial,
    kept: JSON.parse(row.kept) as Entry,
    doubled: JSON.parse(row.doubled) as Entry,
  }));
  return { total: await countConflicts(db, eventId), conflicts };
}

async function countConflicts(db: Kysely<Tables>, eventId: string): Promise<number> {
  const { count } = await db
    .selectFrom('scan_conflict')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  return count;
}

async function readAdmissions(db: Kysely<Tables>, eventId: string, since: number): Promise<Admissions> {
  await getEvent(db, eventId);
  const rows = await db.selectFrom('admission').selectAll().where('event_id', '=', eventId).execute();
  const minutes = await db
    .selectFrom('admission_minute')
    .select(['minute', 'admitted', 'exited'])
    .where('event_id', '=', eventId)
    .where('minute', '>=', since)
    .where((column) => column.or([column('admitted', '>', 0), column('exited', '>', 0)]))
    .orderBy('minute', 'desc')
    .limit(MAX_MINUTES)
    .execute();
  const sums = flowOf(rows);
  const by = <Key>(keyOf: (row: (typeof rows)[number]) => Key) =>
    [...Map.groupBy(rows, keyOf)].map(([key, group]) => ({ key, ...flowOf(group) }));
  return {
    at: Date.now(),
    ...sums,
    inside: sums.admitted - sums.exited,
    conflicts: await countConflicts(db, eventId),
    gates: by(({ gate }) => gate).map(({ key, ...flow }) => ({ gate: key, ...flow })),
    types: by(({ type_index }) => type_index).map(({ key, ...flow }) => ({ typeIndex: key, ...flow })),
    minutes: minutes.reverse(),
  };
}

function flowOf(rows: readonly { readonly admitted: number; readonly exited: number }[]) {
  return {
    admitted: rows.reduce((sum, { admitted }) => sum + admitted, 0),
    exited: rows.reduce((sum, { exited }) => sum + exited, 0),
  };
}
