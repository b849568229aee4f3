import type { Page } from '@playwright/test';

/**
 * The keys of every table of the application's local database, read past the program; the page must be of its origin.
 * Rejects where the database cannot be read.
 */
export function storedKeys(page: Page): Promise<Record<string, readonly unknown[]>> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('ticketmint');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const tables = [...opening.result.objectStoreNames];
          const transaction = opening.result.transaction(tables);
          const readings = tables.map((table) => [table, transaction.objectStore(table).getAllKeys()] as const);
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(Object.fromEntries(readings.map(([table, { result }]) => [table, result])));
          };
        };
      }),
  );
}
