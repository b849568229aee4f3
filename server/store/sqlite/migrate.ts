import type { DatabaseSync } from 'node:sqlite';
import { initial } from './migrations/001-initial.ts';
import { exportTemplates } from './migrations/002-export-templates.ts';
import { batchActivity } from './migrations/003-batch-activity.ts';
import { changeNonces } from './migrations/004-change-nonces.ts';
import { demoEvents } from './migrations/005-demo-events.ts';
import { eventLanguage } from './migrations/006-event-language.ts';
import { gates } from './migrations/007-gates.ts';
import { checkIns } from './migrations/008-check-ins.ts';
import { batchApproval } from './migrations/009-batch-approval.ts';
import { gatePacks } from './migrations/010-gate-packs.ts';

/** In order; a migration that was released is never changed. */
const MIGRATIONS: readonly string[] = [
  initial,
  exportTemplates,
  batchActivity,
  changeNonces,
  demoEvents,
  eventLanguage,
  gates,
  checkIns,
  batchApproval,
  gatePacks,
];

/** How many migrations this program knows: what `user_version` is when all are applied. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Which migrations the database has; kept by SQLite in the file's header. */
function schemaVersionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

/**
 * Brings the tables up to date, each migration in a transaction of its own.
 * @throws {Error} when the file was written by a newer program.
 */
export function migrate(database: DatabaseSync): void {
  const applied = schemaVersionOf(database);
  if (applied > SCHEMA_VERSION)
    throw new Error(`The database is of version ${applied}; this program knows ${SCHEMA_VERSION}. Run a newer one.`);
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < applied) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
