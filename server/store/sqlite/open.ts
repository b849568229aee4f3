import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Store } from '../store.ts';
import { auditStore } from './audit.ts';
import { approvalStore } from './batch-approvals.ts';
import { batchStore } from './batches.ts';
import { checkInStore } from './check-ins.ts';
import { chunkStore } from './chunks.ts';
import { correctionStore } from './corrections.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { eventStore } from './events.ts';
import { exportTemplateStore } from './export-templates.ts';
import { gateDeviceStore } from './gate-devices.ts';
import { gatePackStore } from './gate-packs.ts';
import { gatePairingStore } from './gate-pairings.ts';
import { gateStore } from './gates.ts';
import { migrate, SCHEMA_VERSION } from './migrate.ts';
import { revocationStore } from './revocations.ts';
import type { Tables } from './schema.ts';
import { typeStore } from './types.ts';

/** How long a statement waits for another process's lock (a backup, say). */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the SQLite store, made and migrated as needed. This is the only connection of the process that writes the file;
 * every commit is on disk before it is acknowledged (WAL with `synchronous=FULL`).
 * @param file made with mode 0600, its folder with 0700, where they are missing.
 */
export function openSqliteStore(file: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // Only a new file takes it: larger pages cost less for rows of 32 kB. A checkpoint then moves some 4 MB.
    database.exec('PRAGMA page_size = 8192');
    database.exec('PRAGMA wal_autocheckpoint = 500');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA journal_size_limit = 67108864');
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
  const chunks = chunkStore(db);
  const checkIns = checkInStore(db);
  return {
    auth: { db: db as unknown as Kysely<never>, type: 'sqlite' },
    events: { ...eventStore(db), ...typeStore(db) },
    batches: { ...batchStore(db), ...approvalStore(db), ...revocationStore(db), ...correctionStore(db) },
    chunks,
    exportTemplates: exportTemplateStore(db),
    gates: gateStore(db),
    gateDevices: gateDeviceStore(db),
    gatePairings: gatePairingStore(db),
    gatePacks: gatePackStore(db),
    checkIns,
    audit: auditStore(db),
    async isReady() {
      const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(db);
      return rows[0]?.user_version === SCHEMA_VERSION;
    },
    async close() {
      await chunks.drain();
      await checkIns.drain();
      // Kysely closes only what it has opened by a first query, so the file is closed here.
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}
