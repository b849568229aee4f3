import type { Kysely } from 'kysely';
import type { GatePackStore } from '../gate-pack-store.ts';
import { getEvent } from './events.ts';
import type { Tables } from './schema.ts';

export function gatePackStore(db: Kysely<Tables>): GatePackStore {
  return {
    async listChunks(eventId, after, limit) {
      await getEvent(db, eventId);
      return chunksOf(db)
        .where('batch.event_id', '=', eventId)
        .where('chunk.id', '>', after)
        .orderBy('chunk.id')
        .limit(limit)
        .execute();
    },
    findChunk: (eventId, id) =>
      chunksOf(db).where('batch.event_id', '=', eventId).where('chunk.id', '=', id).executeTakeFirst(),
    findChunkOf: (batch, serial) =>
      chunksOf(db)
        .where('chunk.batch_id', '=', batch)
        .where('first_serial', '<=', serial)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
        .then((chunk) => (chunk !== undefined && serial < chunk.firstSerial + chunk.count ? chunk : undefined)),
    async readBody(id) {
      return (await db.selectFrom('chunk').select('body').where('id', '=', id).executeTakeFirst())?.body;
    },
    listCorrectionsOf: ({ batch, firstSerial, count }) =>
      db
        .selectFrom('correction')
        .select(['id', 'serial', 'column_name as column', 'value'])
        .where('batch_id', '=', batch)
        .where('serial', '>=', firstSerial)
        .where('serial', '<', firstSerial + count)
        .orderBy('id')
        .execute(),
    listCorrected: (eventId, after, limit) =>
      correctionsOf(db, eventId)
        .select(({ fn }) => [fn.max('correction.id').as('id'), 'batch_id as batch', 'serial'])
        .where('correction.id', '>', after)
        .groupBy(['batch_id', 'serial'])
        .orderBy('id')
        .limit(limit)
        .execute(),
    async newestCorrection(eventId) {
      const newest = correctionsOf(db, eventId).select(({ fn }) => fn.max<number | null>('correction.id').as('id'));
      return (await newest.executeTakeFirst())?.id ?? 0;
    },
  };
}

function chunksOf(db: Kysely<Tables>) {
  return db
    .selectFrom('chunk')
    .innerJoin('batch', 'batch.id', 'chunk.batch_id')
    .select([
      'chunk.id',
      'batch_id as batch',
      'type_index as typeIndex',
      'first_serial as firstSerial',
      'chunk.count',
      'content_sha256 as contentSha256',
    ]);
}

function correctionsOf(db: Kysely<Tables>, eventId: string) {
  return db.selectFrom('correction').innerJoin('batch', 'batch.id', 'batch_id').where('event_id', '=', eventId);
}
