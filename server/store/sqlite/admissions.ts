import { type Kysely, sql } from 'kysely';
import type { Admissions } from '../../../core/api/gate.ts';
import { countBits } from '../../../core/gate/used-set.ts';
import { getEvent } from './events.ts';
import type { Tables } from './schema.ts';

/** Minutes of one answer: two days. */
const MAX_MINUTES = 2_880;

export async function countConflicts(db: Kysely<Tables>, eventId: string): Promise<number> {
  const { count } = await db
    .selectFrom('scan_conflict')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  return count;
}

/** @param since minutes from this time on, ms since epoch. @throws {ProblemError} `event-not-found` */
export async function readAdmissions(db: Kysely<Tables>, eventId: string, since: number): Promise<Admissions> {
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
  const tickets = await readTickets(db, eventId);
  const used = await readUsed(db, eventId);
  const sums = flowOf(rows);
  const byType = Map.groupBy(rows, ({ type_index }) => type_index);
  return {
    at: Date.now(),
    ...sums,
    inside: sums.admitted - sums.exited,
    conflicts: await countConflicts(db, eventId),
    tickets: sumOf(tickets),
    used: sumOf(used),
    gates: [...Map.groupBy(rows, ({ gate }) => gate)].map(([gate, group]) => ({ gate, ...flowOf(group) })),
    types: [...new Set([...tickets.keys(), ...byType.keys()])]
      .sort((left, right) => left - right)
      .map((typeIndex) => ({
        typeIndex,
        tickets: tickets.get(typeIndex) ?? 0,
        used: used.get(typeIndex) ?? 0,
        ...flowOf(byType.get(typeIndex) ?? []),
      })),
    minutes: minutes.reverse(),
  };
}

/**
 * Tickets by type, those of batches that nobody approved left out. A rehearsal's are let in at a demo event only, as its
 * scans count there only.
 */
async function readTickets(db: Kysely<Tables>, eventId: string): Promise<ReadonlyMap<number, number>> {
  const { demo } = await getEvent(db, eventId);
  const all = db.selectFrom('batch').where('event_id', '=', eventId).where('approved_at', 'is not', null);
  const rows = await (demo === true ? all : all.where('rehearsal', '=', 0))
    .groupBy('type_index')
    .select(['type_index', sql<number>`sum("count" - revoked)`.as('tickets')])
    .execute();
  return new Map(rows.map(({ type_index, tickets }) => [type_index, tickets]));
}

/** Tickets that were let in, by type: the bits of the kept used sets, 125 kB for a million. */
async function readUsed(db: Kysely<Tables>, eventId: string): Promise<ReadonlyMap<number, number>> {
  const pages = await db
    .selectFrom('used_page')
    .innerJoin('batch', 'batch.id', 'used_page.batch_id')
    .select(['batch.type_index', 'used'])
    .where('batch.event_id', '=', eventId)
    .execute();
  const counts = new Map<number, number>();
  for (const { type_index, used } of pages) counts.set(type_index, (counts.get(type_index) ?? 0) + countBits(used));
  return counts;
}

function sumOf(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function flowOf(rows: readonly { readonly admitted: number; readonly exited: number }[]) {
  return {
    admitted: rows.reduce((sum, { admitted }) => sum + admitted, 0),
    exited: rows.reduce((sum, { exited }) => sum + exited, 0),
  };
}
