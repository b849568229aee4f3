import { relaxedDatabase, strictDatabase } from './database.ts';

/** Among the settings, so that a page of an older version is not shut out by a change of the tables. */
const PREFIX = 'answer ';

/** Keeps what the server said, for when it cannot be reached. */
export async function putAnswer(name: string, value: unknown): Promise<void> {
  await relaxedDatabase().settings.put({ key: PREFIX + name, value });
}

/** What the server said last, as it was kept: callers check it by its schema. `undefined` when nothing was. */
export async function readAnswer(name: string): Promise<unknown> {
  return (await relaxedDatabase().settings.get(PREFIX + name))?.value;
}

/** All that is kept of what the server said. */
export async function keptAnswers(): Promise<{ readonly name: string; readonly value: unknown }[]> {
  const rows = await relaxedDatabase().settings.where('key').startsWith(PREFIX).toArray();
  return rows.map(({ key, value }) => ({ name: key.slice(PREFIX.length), value }));
}

/** Keeps an answer that came from elsewhere, unless this device has heard one itself; within a transaction of the caller's. */
export async function addAnswer(name: string, value: unknown): Promise<void> {
  const { settings } = strictDatabase();
  const key = PREFIX + name;
  if ((await settings.get(key)) === undefined) await settings.add({ key, value });
}

/** Nobody is signed in any more: nothing of what the server said stays. */
export async function deleteAnswers(): Promise<void> {
  await relaxedDatabase().settings.where('key').startsWith(PREFIX).delete();
}
