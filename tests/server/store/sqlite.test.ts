import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { auditStore } from '../../../server/store/sqlite/audit.ts';
import { nodeSqliteDialect } from '../../../server/store/sqlite/dialect.ts';
import { openSqliteStore } from '../../../server/store/sqlite/open.ts';
import type { Tables } from '../../../server/store/sqlite/schema.ts';
import type { NewChunk } from '../../../server/store/store.ts';
import { testApprovals } from './approval-contract.ts';
import { testCheckInStore } from './check-in-store-contract.ts';
import { testGateStores } from './gate-store-contract.ts';
import { type StoreUnderTest, testStore } from './store-contract.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ticketmint-'));
  file = join(folder, 'ticketmint.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openStore(): Promise<StoreUnderTest> {
  let store = openSqliteStore(file);
  return {
    store,
    async reopen() {
      await store.close();
      store = openSqliteStore(file);
      return store;
    },
    remove: () => store.close(),
  };
}

describe('the SQLite store', () => {
  testStore(openStore);
});

describe('the SQLite store of gates', () => {
  testGateStores(openStore);
});

describe('the SQLite store of check-ins', () => {
  testCheckInStore(openStore);
});

describe('the SQLite store of batches that wait for approval', () => {
  testApprovals(openStore);
});

describe('the SQLite file', () => {
  const BATCH = 'aaaaaaaaaaaa';
  let eventId: string;

  async function storeWithBatch() {
    const store = openSqliteStore(file);
    const dates = { startsAt: 1, endsAt: 2, timeZone: 'Asia/Kolkata' };
    eventId = (await store.events.create({ name: 'A', place: 'B', currency: 'INR', language: 'en', ...dates }, 'user'))
      .id;
    const none = { capacity: null, notBefore: null, notAfter: null };
    await store.events.createType(eventId, { name: 'A', priceMinor: 0, colour: 'red', ...none }, 'user');
    await store.batches.declare(
      eventId,
      BATCH,
      {
        publicKey: 'A'.repeat(43),
        typeIndex: 0,
        count: 1_000_000,
        chunkSize: 500,
        notBefore: null,
        notAfter: null,
        runId: '0'.repeat(32),
        keyProtection: 'webcrypto',
        proof: 'A'.repeat(86),
      },
      'user',
    );
    return store;
  }

  function chunk(seq: number): NewChunk {
    const body = randomBytes(32_000);
    const contentSha256 = createHash('sha256').update(body).digest();
    return { batchId: BATCH, seq, firstSerial: 1 + 500 * seq, count: 500, personalised: false, contentSha256, body };
  }

  test('has STRICT tables only, a WAL, and passes its integrity check', async () => {
    await openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    const tables = database.prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").all();
    const loose = tables.filter(({ name, strict }) => strict === 0 && !String(name).startsWith('sqlite_'));
    expect(loose).toEqual([]);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('is committed with synchronous=FULL, foreign keys and a busy timeout', async () => {
    const store = openSqliteStore(file);
    for (const [name, value] of [
      ['synchronous', 2],
      ['foreign_keys', 1],
      ['busy_timeout', 5_000],
    ] as const) {
      const { rows } = await sql<Record<string, number>>`PRAGMA ${sql.raw(name)}`.execute(store.auth.db);
      expect([name, Object.values(rows[0] ?? {})[0]]).toEqual([name, value]);
    }
    await store.close();
  });

  test('is durable again after verifications were recorded without a flush', async () => {
    const store = await storeWithBatch();
    await store.chunks.put(chunk(0));
    await store.chunks.recordVerifications([{ chunkId: 1, badSerials: [] }]);
    await store.chunks.recordVerifications([{ chunkId: 99, badSerials: [] }]).catch(() => {});
    const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(store.auth.db);
    expect(rows).toEqual([{ synchronous: 2 }]);
    await store.close();
  });

  test('takes chunks that come together in one commit', async () => {
    const store = await storeWithBatch();
    const run = vi.spyOn(StatementSync.prototype, 'run');
    await Promise.all(Array.from({ length: 20 }, (_, seq) => store.chunks.put(chunk(seq))));
    const commits = run.mock.contexts.filter((statement) => (statement as StatementSync).sourceSQL === 'commit');
    run.mockRestore();
    expect(commits).toHaveLength(1);
    await store.close();
  });

  test('that is full refuses, loses nothing that was acknowledged, and heals', async () => {
    const store = await storeWithBatch();
    const limit = (pages: number) => sql`PRAGMA max_page_count = ${sql.raw(String(pages))}`.execute(store.auth.db);
    // The file's own size leaves out what still stands in the WAL.
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(store.auth.db);
    await limit((rows[0]?.page_count ?? 0) + 60);
    let acknowledged = 0;
    const refusal = await (async () => {
      for (; ; acknowledged++) await store.chunks.put(chunk(acknowledged));
    })().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'storage-full', status: 503 });
    expect(acknowledged).toBeGreaterThan(0);
    await limit(1_000_000);
    expect(await store.chunks.put(chunk(acknowledged))).toBe('stored');
    const last = acknowledged;
    expect((await store.batches.get(eventId, BATCH)).acknowledged).toEqual([[0, last]]);
    await store.close();
  });

  test('of the version before says when its batches were last heard of', async () => {
    const store = await storeWithBatch();
    await store.chunks.put(chunk(0));
    await store.close();
    const database = new DatabaseSync(file);
    for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${name}`);
    database.exec(`
      UPDATE chunk SET stored_at = 1234;
      DROP TABLE scan; DROP TABLE ticket_use; DROP TABLE used_page; DROP TABLE scan_conflict; DROP TABLE gate_change;
      DROP TABLE admission; DROP TABLE admission_minute; DROP TABLE admission_rules;
      DROP INDEX revocation_nonce; ALTER TABLE revocation DROP COLUMN nonce;
      DROP INDEX correction_nonce; ALTER TABLE correction DROP COLUMN nonce;
      ALTER TABLE batch DROP COLUMN active_at; ALTER TABLE batch DROP COLUMN rehearsal;
      ALTER TABLE batch DROP COLUMN approved_at; ALTER TABLE batch DROP COLUMN approved_by;
      ALTER TABLE event DROP COLUMN demo; ALTER TABLE event DROP COLUMN language; ALTER TABLE event DROP COLUMN approval;
      ALTER TABLE event DROP COLUMN gate_names;
      DROP TABLE gate_pairing; DROP TABLE gate_device; DROP TABLE gate;
      PRAGMA user_version = 2;
    `);
    database.close();
    const newer = openSqliteStore(file);
    const batch = await newer.batches.get(eventId, BATCH);
    expect(batch).toMatchObject({ activeAt: 1234, stored: 500 });
    // Gates know it already: nobody was to approve it.
    expect(batch).not.toHaveProperty('approval');
    expect((await newer.checkIns.sync(eventId)).batches).toMatchObject([{ id: BATCH }]);
    expect(await newer.events.get(eventId)).toMatchObject({ language: 'en' });
    const before = Date.now();
    await newer.chunks.put(chunk(1));
    expect((await newer.batches.get(eventId, BATCH)).activeAt).toBeGreaterThanOrEqual(before);
    await newer.close();
  });

  test('is refused when a newer program wrote it', async () => {
    await openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openSqliteStore(file)).toThrow('version 99');
  });
});

describe('the audit chain (S9)', () => {
  const LINES = 12;
  let db: Kysely<Tables>;
  beforeEach(async () => {
    const store = openSqliteStore(file);
    for (let line = 1; line <= LINES; line++)
      await store.audit.append({ actorId: 'user', action: 'event.update', subject: `event ${line}` });
    await store.close();
    db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(file)) });
  });
  afterEach(() => db.destroy());

  test('is whole when nobody touched it', async () => {
    expect(await auditStore(db).findBroken()).toBeUndefined();
  });

  test('breaks at any line that was edited', async () => {
    for (let seq = 1; seq <= LINES; seq++) {
      for (const column of ['at', 'actor_id', 'action', 'subject', 'details', 'previous_hash', 'hash'] as const) {
        const before = await db.selectFrom('audit').select(column).where('seq', '=', seq).executeTakeFirstOrThrow();
        await db
          .updateTable('audit')
          .set({ [column]: column === 'at' ? 1 : 'x' })
          .where('seq', '=', seq)
          .execute();
        expect(await auditStore(db).findBroken()).toBe(seq);
        await db.updateTable('audit').set(before).where('seq', '=', seq).execute();
      }
    }
  });

  test('breaks after any line that was deleted before the last', async () => {
    for (let seq = 1; seq < LINES; seq++) {
      const line = await db.deleteFrom('audit').where('seq', '=', seq).returningAll().executeTakeFirstOrThrow();
      expect(await auditStore(db).findBroken()).toBe(seq + 1);
      await db.insertInto('audit').values(line).execute();
    }
  });

  test('breaks where two lines changed places', async () => {
    const swap = (from: number, to: number) =>
      db.updateTable('audit').set({ seq: to }).where('seq', '=', from).execute();
    await swap(5, 99);
    await swap(6, 5);
    await swap(99, 6);
    expect(await auditStore(db).findBroken()).toBe(5);
  });
});
