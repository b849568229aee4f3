import { type Kysely, sql, type Transaction } from 'kysely';
import type { ProblemCode } from '../../../core/api/problem-codes.ts';
import { ProblemError } from '../../problem.ts';
import type { ChunkStore, ChunkVerification, NewChunk } from '../store.ts';
import { getBatchRow } from './batch-row.ts';
import { GroupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';

type Refusal = Extract<ProblemCode, 'batch-not-declared' | 'batch-sealed' | 'chunk-conflict'>;
type Outcome = 'stored' | 'same' | Refusal;

export interface SqliteChunkStore extends ChunkStore {
  /** Resolves when nothing waits for its commit. */
  drain(): Promise<void>;
}

export function chunkStore(db: Kysely<Tables>): SqliteChunkStore {
  const commits = new GroupCommit(db, storeChunks);
  return {
    async put(chunk) {
      const outcome = await commits.put(chunk);
      if (outcome !== 'stored' && outcome !== 'same') throw new ProblemError(outcome);
      return outcome;
    },
    drain: () => commits.drain(),
    async get(eventId, batchId, seq) {
      await getBatchRow(db, eventId, batchId);
      const row = await db
        .selectFrom('chunk')
        .select(['content_sha256', 'body'])
        .where('batch_id', '=', batchId)
        .where('seq', '=', seq)
        .executeTakeFirst();
      if (row === undefined) throw new ProblemError('chunk-not-found');
      return { contentSha256: row.content_sha256, body: row.body };
    },
    recordVerifications: (results) =>
      withoutFlush(db, async (transaction) => {
        for (const result of results) await recordVerification(transaction, result);
      }),
  };
}

/**
 * A transaction that a power cut may undo, though never tear: for what can be found out again. It spares the event loop
 * the wait for the disk; the next durable commit carries it along.
 */
function withoutFlush(db: Kysely<Tables>, work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
  return db.connection().execute(async (connection) => {
    await sql`PRAGMA synchronous = NORMAL`.execute(connection);
    try {
      await connection.transaction().execute(work);
    } finally {
      await sql`PRAGMA synchronous = FULL`.execute(connection);
    }
  });
}

async function storeChunks(transaction: Transaction<Tables>, chunks: readonly NewChunk[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const added = new Map<string, { stored: number; personalised: boolean }>();
  for (const chunk of chunks) {
    const outcome = await storeChunk(transaction, chunk);
    outcomes.push(outcome);
    if (outcome !== 'stored') continue;
    const before = added.get(chunk.batchId);
    added.set(chunk.batchId, {
      stored: (before?.stored ?? 0) + chunk.count,
      personalised: (before?.personalised ?? false) || chunk.personalised,
    });
  }
  for (const [batchId, { stored, personalised }] of added)
    await transaction
      .updateTable('batch')
      .set((column) => ({
        stored: column('stored', '+', stored),
        active_at: Date.now(),
        ...(personalised ? { personalised: 1 } : {}),
      }))
      .where('id', '=', batchId)
      .execute();
  return outcomes;
}

async function storeChunk(transaction: Transaction<Tables>, chunk: NewChunk): Promise<Outcome> {
  const known = await transaction
    .selectFrom('batch')
    .leftJoin('chunk', (join) => join.onRef('chunk.batch_id', '=', 'batch.id').on('chunk.seq', '=', chunk.seq))
    .select(['batch.state', 'chunk.content_sha256'])
    .where('batch.id', '=', chunk.batchId)
    .executeTakeFirst();
  if (known === undefined) return 'batch-not-declared';
  // First of all: a lost acknowledgement is given again, also after the batch was sealed.
  if (known.content_sha256 !== null)
    return Buffer.compare(known.content_sha256, chunk.contentSha256) === 0 ? 'same' : 'chunk-conflict';
  if (known.state === 'sealed') return 'batch-sealed';
  await transaction
    .insertInto('chunk')
    .values({
      batch_id: chunk.batchId,
      seq: chunk.seq,
      first_serial: chunk.firstSerial,
      count: chunk.count,
      stored_at: Date.now(),
      content_sha256: chunk.contentSha256,
      body: chunk.body,
    })
    .execute();
  return 'stored';
}

async function recordVerification(transaction: Transaction<Tables>, result: ChunkVerification): Promise<void> {
  const chunk = await transaction
    .selectFrom('chunk')
    .select(['batch_id', 'count'])
    .where('id', '=', result.chunkId)
    .executeTakeFirst();
  // Removed with its event while it was verified.
  if (chunk === undefined) return;
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('chunk_verification')
    .values({
      chunk_id: result.chunkId,
      verified_at: Date.now(),
      bad_serials: result.badSerials.length === 0 ? null : JSON.stringify(result.badSerials),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) return;
  const counter = result.badSerials.length === 0 ? 'verified' : 'quarantined';
  await transaction
    .updateTable('batch')
    .set((column) => ({ [counter]: column(counter, '+', chunk.count) }))
    .where('id', '=', chunk.batch_id)
    .execute();
}
