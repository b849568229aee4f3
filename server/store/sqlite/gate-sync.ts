import { type Kysely, sql, type Transaction } from 'kysely';
import type { GateCursor, GateSync } from '../../../core/api/gate.ts';
import type { TicketUseTable } from './check-in-tables.ts';
import { getEvent } from './events.ts';
import { readBatches, readForeign, readSetup } from './gate-knowledge.ts';
import type { Tables } from './schema.ts';
import { readUsedSets } from './used-pages.ts';

/** Tickets whose use changed, in one answer at most. */
const MAX_USES = 2_000;
/** With more than so many changes, all of it is smaller. */
const MAX_BEHIND = 20_000;

type What = Omit<GateSync, 'v' | 'at' | 'inside'>;

/** In one transaction, so that all of it is of one moment. */
export function readSync(db: Kysely<Tables>, eventId: string, cursor: GateCursor | undefined): Promise<GateSync> {
  return db.transaction().execute(async (transaction) => {
    await getEvent(transaction, eventId);
    const newest = await newestCursor(transaction);
    const isUsable = cursor !== undefined && (await canFollow(transaction, eventId, cursor, newest));
    const what = isUsable
      ? await readChanges(transaction, eventId, cursor, newest)
      : await readAll(transaction, eventId, newest);
    return { v: 1, at: Date.now(), ...what, inside: await readInside(transaction, eventId) };
  });
}

/** SQLite's own count of rows ever made: it does not shrink when an event is removed. */
async function newestCursor(transaction: Transaction<Tables>): Promise<GateCursor> {
  const { rows } = await sql<{ name: string; seq: number }>`
    SELECT name, seq FROM sqlite_sequence WHERE name IN ('gate_change', 'scan')`.execute(transaction);
  const seqOf = (table: string) => rows.find(({ name }) => name === table)?.seq ?? 0;
  return { changes: seqOf('gate_change'), scans: seqOf('scan') };
}

/** A cursor ahead of everything is another store's: this one was restored from a backup, say. */
async function canFollow(
  transaction: Transaction<Tables>,
  eventId: string,
  cursor: GateCursor,
  newest: GateCursor,
): Promise<boolean> {
  if (cursor.changes > newest.changes || cursor.scans > newest.scans) return false;
  const distant = await transaction
    .selectFrom('ticket_use')
    .select('seq')
    .where('event_id', '=', eventId)
    .where('seq', '>', cursor.scans)
    .offset(MAX_BEHIND)
    .limit(1)
    .executeTakeFirst();
  return distant === undefined;
}

async function readAll(transaction: Transaction<Tables>, eventId: string, cursor: GateCursor): Promise<What> {
  const setup = await readSetup(transaction, eventId);
  return {
    complete: true,
    more: false,
    cursor,
    setup,
    ...(await readBatches(transaction, eventId)),
    revoked: [],
    foreign: await readForeign(transaction, setup.event),
    used: await readUsedSets(transaction, eventId),
    // Bitmaps say no times; of the newest they are told, as those are shown twice most often.
    uses: (await usesOf(transaction, eventId).orderBy('seq', 'desc').execute()).map(useTuple),
  };
}

async function readChanges(
  transaction: Transaction<Tables>,
  eventId: string,
  cursor: GateCursor,
  newest: GateCursor,
): Promise<What> {
  const uses = await usesOf(transaction, eventId).where('seq', '>', cursor.scans).orderBy('seq').execute();
  const more = uses.length === MAX_USES;
  return {
    complete: false,
    more,
    cursor: { changes: newest.changes, scans: more ? (uses.at(-1)?.seq ?? newest.scans) : newest.scans },
    ...(await readKnowledgeChanges(transaction, eventId, cursor)),
    used: [],
    uses: uses.map(useTuple),
  };
}

async function readKnowledgeChanges(
  transaction: Transaction<Tables>,
  eventId: string,
  cursor: GateCursor,
): Promise<Pick<What, 'setup' | 'batches' | 'withheld' | 'revoked' | 'foreign'>> {
  const changes = await transaction
    .selectFrom('gate_change')
    .leftJoin('revocation', 'revocation.id', 'gate_change.revocation_id')
    .select(['gate_change.event_id', 'gate_change.batch_id', 'revocation_id', 'from_serial', 'to_serial'])
    .where('seq', '>', cursor.changes)
    .execute();
  const own = changes.filter(({ event_id }) => event_id === eventId);
  const whole = idsOf(own.filter(({ revocation_id }) => revocation_id === null));
  const foreign = idsOf(changes.filter((change) => change.event_id !== eventId && change.revocation_id === null));
  const revoked = Map.groupBy(
    own.filter(({ revocation_id, batch_id }) => revocation_id !== null && !whole.includes(batch_id ?? '')),
    ({ batch_id }) => batch_id as string,
  );
  return {
    ...(own.some(({ batch_id }) => batch_id === null) ? { setup: await readSetup(transaction, eventId) } : {}),
    ...(whole.length === 0 ? { batches: [] } : await readBatches(transaction, eventId, whole)),
    revoked: [...revoked].map(([batch, rows]) => ({
      batch,
      ranges: rows.flatMap(({ from_serial: first, to_serial: last }): [number, number][] =>
        first === null || last === null ? [] : [[first, last]],
      ),
    })),
    foreign: foreign.length === 0 ? [] : await readForeign(transaction, await getEvent(transaction, eventId), foreign),
  };
}

function idsOf(changes: readonly { readonly batch_id: string | null }[]): string[] {
  return [...new Set(changes.flatMap(({ batch_id }) => batch_id ?? []))];
}

function usesOf(transaction: Transaction<Tables>, eventId: string) {
  return transaction
    .selectFrom('ticket_use')
    .select(['batch_id', 'serial', 'state', 'at', 'gate', 'seq'])
    .where('event_id', '=', eventId)
    .limit(MAX_USES);
}

function useTuple({ batch_id, serial, state, at, gate }: Omit<TicketUseTable, 'event_id'>): GateSync['uses'][number] {
  return [batch_id, serial, state, at, gate];
}

/** From kept counters. */
export async function readInside(db: Kysely<Tables>, eventId: string): Promise<GateSync['inside']> {
  const rows = await db
    .selectFrom('admission')
    .select(({ fn }) => ['gate', fn.sum<number>('admitted').as('admitted'), fn.sum<number>('exited').as('exited')])
    .where('event_id', '=', eventId)
    .groupBy('gate')
    .execute();
  const gates = rows.map(({ gate, admitted, exited }): [string, number] => [gate, admitted - exited]);
  return { total: gates.reduce((sum, [, inside]) => sum + inside, 0), gates };
}
