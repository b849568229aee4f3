/**
 * Test files of one browser session share an origin: each begins without what those before it have kept, or it would
 * depend on their order.
 */
for (const { name } of await indexedDB.databases())
  await new Promise<void>((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase(name ?? '');
    deletion.onsuccess = () => resolve();
    deletion.onerror = () => reject(deletion.error);
  });
localStorage.clear();

export {};
