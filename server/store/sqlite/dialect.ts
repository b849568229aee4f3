import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { ProblemError } from '../../problem.ts';

/** Far more than the server's distinct statements; beyond it the cache starts anew. */
const MAX_CACHED_STATEMENTS = 500;

/**
 * Kysely's SQLite dialect over `node:sqlite`. Statements are prepared once and kept: Kysely runs one at a time on its
 * single connection, and each is read to its end before the next.
 */
export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: new CachingDatabase(database) });
}

class CachingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  prepare(sql: string): SqliteStatement {
    // After an error such as a full disk SQLite has rolled back by itself, and a second rollback would hide its error.
    if (sql === 'rollback' && !this.#database.isTransaction) return NOTHING;
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear();
      statement = adaptStatement(this.#database.prepare(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => refusing(() => statement.all(...(parameters as SQLInputValue[]))),
    run: (parameters) => refusing(() => statement.run(...(parameters as SQLInputValue[]))),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}

/** A full disk (13), a file-size limit (778, a failed write) and a -shm that cannot grow (4874) are one thing to people. */
const STORAGE_FULL: readonly unknown[] = [13, 778, 4874];
/** How long a client should leave a full disk alone. */
const FULL_RETRY_SECONDS = 30;

function refusing<Result>(execute: () => Result): Result {
  try {
    return execute();
  } catch (cause) {
    if (cause instanceof Error && 'errcode' in cause && STORAGE_FULL.includes(cause.errcode))
      throw new ProblemError('storage-full', { retryAfterSeconds: FULL_RETRY_SECONDS, cause });
    throw cause;
  }
}
