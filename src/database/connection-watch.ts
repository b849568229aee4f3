import type { DBCore, DBCoreTable, Dexie, Middleware } from 'dexie';
import { isDeadConnection } from './storage-error.ts';

/**
 * Closes a connection on which a call has failed as calls do when the browser's storage process has gone, or has thrown the
 * store away (WebKit says so for each call until the page is loaded anew; Chromium closes it by itself): the next call
 * opens another. The call itself fails: whoever made it tries again, or says that it failed.
 */
export function connectionWatch(database: Dexie): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'connection-watch',
    // Called for each connection: calls of an old one that fail late must not close the new one.
    create(core) {
      let isDead = false;
      const onFailure = (error: unknown): never => {
        if (!isDead && isDeadConnection(error)) {
          isDead = true;
          database.close({ disableAutoOpen: false });
        }
        throw error;
      };
      return { ...core, table: (name) => watchTable(core.table(name), onFailure) };
    },
  };
}

/**
 * Does `work` once more where it found its connection dead: the second time has another one. To be given only what comes to
 * the same when the first time was committed and but its answer was lost.
 */
export async function onLiveConnection<Result>(work: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isDeadConnection(error)) throw error;
    return work();
  }
}

function watchTable(table: DBCoreTable, onFailure: (error: unknown) => never): DBCoreTable {
  return {
    ...table,
    mutate: (request) => table.mutate(request).catch(onFailure),
    get: (request) => table.get(request).catch(onFailure),
    getMany: (request) => table.getMany(request).catch(onFailure),
    query: (request) => table.query(request).catch(onFailure),
    openCursor: (request) => table.openCursor(request).catch(onFailure),
    count: (request) => table.count(request).catch(onFailure),
  };
}
