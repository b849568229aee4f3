import type { DBCore, Dexie, Middleware } from 'dexie';

/** Connections that are opened ahead, besides Dexie's own: as many transactions as a worker commonly has under way. */
const OPENED_AHEAD = 3;
/** Beyond these, transactions share. */
const MAX_OPENED = 12;

/** Whether this is a worker of WebKit's; nothing but the engine's name tells its bug. */
export const isWebKitWorker =
  'WorkerGlobalScope' in globalThis && /AppleWebKit\//.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

/**
 * Gives transactions that overlap a connection each. In WebKit (2.50; bug 324094) a worker that ends, by itself or with its
 * page, while one connection of its has two transactions under way may leave the database unable to begin another, in
 * every later page, until the browser ends: measured at one in five reloads. With one transaction a connection it never was.
 */
export function connectionPool(database: Dexie): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'connection-pool',
    // Called for each connection of Dexie's, and the others go with it.
    create(core) {
      const pool = new Pool(database.name);
      const close = () => {
        database.on('close').unsubscribe(close);
        pool.close();
      };
      database.on('close').subscribe(close);
      let underWay = 0;
      return {
        ...core,
        transaction(stores, mode, options) {
          const other = underWay === 0 ? undefined : pool.begin(stores, mode, options);
          if (other !== undefined) return other;
          const transaction = core.transaction(stores, mode, options) as IDBTransaction;
          underWay++;
          whenDone(transaction, () => underWay--);
          return transaction;
        },
      };
    },
  };
}

class Pool {
  readonly #name: string;
  readonly #idle: IDBDatabase[] = [];
  readonly #all = new Set<IDBDatabase>();
  #opening = 0;
  #isClosed = false;

  constructor(name: string) {
    this.#name = name;
    for (let count = 0; count < OPENED_AHEAD; count++) this.#open();
  }

  /** @returns undefined where no connection is free; another is opened then, for next time. */
  begin(stores: string[], mode: IDBTransactionMode, options?: IDBTransactionOptions): IDBTransaction | undefined {
    for (let database = this.#idle.pop(); database !== undefined; database = this.#idle.pop()) {
      const transaction = this.#tryBegin(database, stores, mode, options);
      if (transaction !== undefined) return transaction;
    }
    if (this.#all.size + this.#opening < MAX_OPENED) this.#open();
    return undefined;
  }

  close(): void {
    this.#isClosed = true;
    for (const database of [...this.#all]) this.#drop(database);
  }

  #tryBegin(
    database: IDBDatabase,
    ...[stores, mode, options]: Parameters<IDBDatabase['transaction']>
  ): IDBTransaction | undefined {
    try {
      const transaction = database.transaction(stores, mode, options);
      whenDone(transaction, () => this.#all.has(database) && this.#idle.push(database));
      return transaction;
    } catch (error) {
      // Its end was not told yet. What is wrong in the call itself, Dexie's own connection says.
      if (!(error instanceof DOMException)) throw error;
      this.#drop(database);
      return undefined;
    }
  }

  #open(): void {
    this.#opening++;
    const request = indexedDB.open(this.#name);
    // It was deleted meanwhile: an empty one must not come in its place.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => {
      this.#opening--;
    };
    request.onsuccess = () => {
      const database = request.result;
      this.#opening--;
      if (this.#isClosed) return database.close();
      this.#all.add(database);
      this.#idle.push(database);
      database.onclose = () => this.#drop(database);
      // As Dexie's own: never in the way of a newer version of the application.
      database.onversionchange = () => this.#drop(database);
    };
  }

  #drop(database: IDBDatabase): void {
    this.#all.delete(database);
    const index = this.#idle.indexOf(database);
    if (index >= 0) this.#idle.splice(index, 1);
    database.close();
  }
}

function whenDone(transaction: IDBTransaction, done: () => void): void {
  transaction.addEventListener('complete', done, { once: true });
  transaction.addEventListener('abort', done, { once: true });
}
