import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectionPool } from '../../../src/database/connection-pool.ts';

const NAME = 'pooled';

describe('transactions that overlap have a connection each', () => {
  const begin = IDBDatabase.prototype.transaction;
  const underWay = new Map<IDBDatabase, number>();
  let mostOnOne = 0;
  let database: Dexie;

  const change = (connection: IDBDatabase, by: number) => {
    const count = (underWay.get(connection) ?? 0) + by;
    underWay.set(connection, count);
    mostOnOne = Math.max(mostOnOne, count);
  };
  const rows = () => database.table('rows');
  const write = (id: number) => database.transaction('rw', rows(), () => rows().put({ id }));
  /** The connections that the pool opens ahead are there. */
  const untilOpened = () =>
    vi.waitFor(async () => {
      await Promise.all([1, 2, 3, 4].map(write));
      expect(underWay.size).toBe(4);
    });

  beforeEach(async () => {
    await Dexie.delete(NAME);
    underWay.clear();
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      const transaction = begin.apply(this, args);
      change(this, 1);
      for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => change(this, -1));
      return transaction;
    });
    database = new Dexie(NAME);
    database.use(connectionPool(database));
    database.version(1).stores({ rows: 'id', others: 'id' });
    await database.open();
    await untilOpened();
    mostOnOne = 0;
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    database.close();
    await Dexie.delete(NAME);
  });

  test('reads and writes at once, each transaction alone on its connection', async () => {
    const others = () => database.table('others');
    await Promise.all([
      write(5),
      rows().count(),
      database.transaction('r', rows(), others(), () => Promise.all([rows().count(), others().count()])),
      others().put({ id: 1 }),
    ]);
    expect(mostOnOne).toBe(1);
    expect(await rows().toCollection().primaryKeys()).toEqual([1, 2, 3, 4, 5]);
  });

  test('an aborted transaction frees its connection', async () => {
    const abort = () =>
      database.transaction('rw', rows(), async () => {
        await rows().put({ id: 9 });
        throw new RangeError('no');
      });
    for (let round = 0; round < 5; round++) {
      const results = await Promise.allSettled([abort(), abort(), abort(), abort()]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    }
    expect(mostOnOne).toBe(1);
    expect(await rows().get(9)).toBeUndefined();
  });

  test('more than there are connections share one, and open others for the next time', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, id) => write(id)));
    expect(mostOnOne).toBeGreaterThan(1);
    await expect
      .poll(async () => {
        mostOnOne = 0;
        await Promise.all(Array.from({ length: 8 }, (_, id) => write(id)));
        return mostOnOne;
      })
      .toBe(1);
    expect(await rows().toCollection().primaryKeys()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('none stands in the way of a newer version, and what is closed is left out', async () => {
    const newer = new Dexie(NAME);
    newer.version(2).stores({ rows: 'id', others: 'id', added: 'id' });
    await newer.open();
    expect(newer.verno).toBe(2);
    newer.close();
    const again = new Dexie(NAME);
    again.use(connectionPool(again));
    await again.open();
    await Promise.all([1, 2, 3, 4].map((id) => again.table('rows').put({ id })));
    expect(await again.table('rows').count()).toBe(4);
    again.close();
  });

  test('a connection that the browser closed gives way to another', async () => {
    for (const connection of underWay.keys()) connection.close();
    database.close();
    await database.open();
    await Promise.all([6, 7, 8, 9].map(write));
    expect(await rows().count()).toBe(8);
  });
});
