import type { ExportRecord } from '../../src/database/database.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { deleteRecord, deleteRequest, exportLock, finishedParts } from '../../src/database/export-records.ts';
import { hasOwnFiles } from '../../src/database/own-files.ts';
import { ownerOf, removeStaged, stagedFiles, stagedNameOf, stagedNames } from './staging.ts';

/** For so long a saved export can be saved again, and one that failed be tried again. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** Copies of saved exports take no more of what the browser offers. */
const MAX_QUOTA_SHARE = 0.1;

/**
 * Puts in order what crashes left, and clears what is old: files that belong to no export or to a part that was not
 * finished; copies of exports that were saved, after seven days, or the oldest ones when they take more than a tenth of
 * the quota. An export that was not saved yet is never cleared.
 */
export async function sweepExports(now = Date.now()): Promise<void> {
  // In this order: what begins meanwhile has its record before its file.
  const names = (await hasOwnFiles()) ? await stagedNames() : [];
  const exports = await relaxedDatabase().exports.toArray();
  const running = await runningIds();
  await removeDebris(names, exports, running);
  for (const record of exports) {
    const isOver = record.finishedAt !== null && !running.has(record.id);
    if (isOver && (record.finishedAt ?? now) < now - KEPT_MS) await clearOld(record);
    else if (record.staged.length > 0 && (await stagedFiles(record.staged)).length === 0) await clearStaged(record);
  }
  await clearBeyondQuota();
}

async function runningIds(): Promise<Set<string>> {
  const { held = [] } = await navigator.locks.query();
  const prefix = exportLock('');
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? name.slice(prefix.length) : [])));
}

async function removeDebris(
  names: readonly string[],
  exports: readonly ExportRecord[],
  running: ReadonlySet<string>,
): Promise<void> {
  const kept = new Set<string>();
  for (const { id, state, staged } of exports) {
    for (const { name } of staged) kept.add(name);
    if (state === 'completed' || state === 'cancelled') continue;
    for (const [index, { fileName }] of (await finishedParts(id)).entries())
      kept.add(stagedNameOf(id, index + 1, fileName));
  }
  // What something still writes to cannot be removed; the next sweep finds it.
  for (const name of names)
    if (!kept.has(name) && !running.has(ownerOf(name)?.exportId ?? '')) await removeStaged(name).catch(() => {});
}

async function clearOld(record: ExportRecord): Promise<void> {
  if (record.state === 'completed') {
    if (record.savedAt !== null) await clearStaged(record);
    return;
  }
  await deleteRequest(record.id);
}

async function clearStaged({ id, staged }: ExportRecord): Promise<void> {
  await relaxedDatabase().exports.update(id, { staged: [] });
  for (const { name } of staged) await removeStaged(name);
}

async function clearBeyondQuota(): Promise<void> {
  const { quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota === undefined) return;
  let left = MAX_QUOTA_SHARE * quota;
  for (const record of (await savedExports()).toReversed()) {
    left -= bytesOf(record);
    if (left < 0) await clearStaged(record);
  }
}

/** Clears all copies of exports that were saved. @returns how many bytes they took. */
export async function freeSavedFiles(): Promise<number> {
  let freed = 0;
  for (const record of await savedExports()) {
    await clearStaged(record);
    freed += bytesOf(record);
  }
  return freed;
}

/** With copies here, the oldest first. */
async function savedExports(): Promise<ExportRecord[]> {
  const exports = await relaxedDatabase().exports.where('state').equals('completed').toArray();
  const saved = exports.filter(({ savedAt, staged }) => savedAt !== null && staged.length > 0);
  return saved.sort((left, right) => (left.savedAt ?? 0) - (right.savedAt ?? 0));
}

function bytesOf({ staged }: ExportRecord): number {
  return staged.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Takes an export off the list, with what it staged. */
export async function forgetExport(id: string): Promise<void> {
  const record = await relaxedDatabase().exports.get(id);
  await deleteRecord(id);
  for (const { name } of record?.staged ?? []) await removeStaged(name);
}
