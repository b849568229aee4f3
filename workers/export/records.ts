import type { ExportOutcome, ExportRequest } from '../../core/export/job.ts';
import { relaxedDatabase, strictDatabase } from '../../src/database/database.ts';
import { hasStaging, removeStaged, stagedFile, stagedNames } from './staging.ts';

/** Held while an export runs, in whichever tab: a record that says `running` and has no holder was left by a crash. */
export function exportLock(id: string): string {
  return `ticketmint-export-${id}`;
}

export async function recordStart({ id, eventId, formatId, fileName }: ExportRequest): Promise<void> {
  await strictDatabase().exports.put({
    id,
    eventId,
    formatId,
    fileName,
    state: 'running',
    startedAt: Date.now(),
    finishedAt: null,
    manifest: null,
    stagedName: null,
    failure: null,
  });
}

/** The one place that calls an export completed: after its file is closed and has the size that its manifest says. */
export async function recordCompletion(id: string, { manifest, stagedName }: ExportOutcome): Promise<void> {
  const { fileName } = manifest;
  const change = { state: 'completed', finishedAt: Date.now(), manifest, fileName, stagedName } as const;
  await strictDatabase().exports.update(id, change);
}

export async function recordEnd(id: string, state: 'failed' | 'cancelled', failure: string | null): Promise<void> {
  await strictDatabase().exports.update(id, { state, failure, finishedAt: Date.now() });
}

/**
 * Puts in order what crashes left: running exports that nobody runs become failed, staged files without a finished
 * export are removed, and finished ones whose staged file is gone say so.
 */
export async function sweepExports(): Promise<void> {
  const exports = await relaxedDatabase().exports.toArray();
  for (const { id, state } of exports)
    if (state === 'running')
      await navigator.locks.request(exportLock(id), { ifAvailable: true }, async (lock) => {
        if (lock !== null) await recordEnd(id, 'failed', 'The browser was closed before it was done.');
      });
  if (hasStaging()) await sweepStaging();
}

async function sweepStaging(): Promise<void> {
  const exports = await relaxedDatabase().exports.toArray();
  const kept = new Set(exports.flatMap(({ state, stagedName }) => (state === 'completed' ? (stagedName ?? []) : [])));
  const running = exports.filter(({ state }) => state === 'running').map(({ id }) => id);
  for (const name of await stagedNames())
    if (!kept.has(name) && !running.some((id) => name.startsWith(id))) await removeStaged(name);
  for (const { id, stagedName, manifest } of exports) {
    if (stagedName === null) continue;
    const file = await stagedFile(stagedName);
    if (file?.size !== manifest?.bytes) await relaxedDatabase().exports.update(id, { stagedName: null });
  }
}

/** Takes an export off the list, with its staged file. */
export async function forgetExport(id: string): Promise<void> {
  const record = await relaxedDatabase().exports.get(id);
  if (record?.stagedName != null) await removeStaged(record.stagedName);
  await strictDatabase().exports.delete(id);
}
