/** For `EnginePage.run`: each is sent to the page as text, so that it uses nothing from outside itself. */

/** Waits for the first tickets on the device, then loads the page anew. @returns how many there were. */
export async function reloadOnceMinting(): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('ticketmint');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const ticketsHere = () =>
    new Promise<number>((resolve, reject) => {
      const reading = database.transaction('chunks').objectStore('chunks').count();
      reading.onsuccess = () => resolve(reading.result * 500);
      reading.onerror = () => reject(reading.error);
    });
  for (const startedAt = Date.now(); ; ) {
    const tickets = await ticketsHere();
    if (tickets > 0) {
      // After the answer has left the page.
      setTimeout(() => location.reload(), 0);
      return tickets;
    }
    if (Date.now() - startedAt > 30_000) throw new Error('no ticket was minted');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The keys of the answers that the device keeps, once the service worker has the page. */
export async function keptAnswers(): Promise<string[]> {
  if (navigator.serviceWorker.controller === null) return [];
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('ticketmint');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  return new Promise((resolve, reject) => {
    const reading = database.transaction('settings').objectStore('settings').getAllKeys();
    reading.onsuccess = () => {
      database.close();
      resolve(reading.result.map(String));
    };
    reading.onerror = () => reject(reading.error);
  });
}

/** Whether the browser asks where a file goes. */
export function canPickFile(): boolean {
  return 'showSaveFilePicker' in globalThis;
}
