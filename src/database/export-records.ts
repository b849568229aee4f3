import type { ExportFault } from '../../core/export/fault.ts';
import {
  type ExportDestination,
  type ExportOutcome,
  type ExportRequest,
  formatIdOf,
  type StagedFile,
  titleOf,
} from '../../core/export/job.ts';
import type { ExportManifest, FinishedPart } from '../../core/export/manifest.ts';
import { type ExportRecord, relaxedDatabase, strictDatabase } from './database.ts';

/** Held by the tab that runs an export: an unfinished one that has no holder was left by a crash. */
export function exportLock(id: string): string {
  return `ticketmint-export-${id}`;
}

/** Keeps an export and what it was asked for on the disk, before anything of it is done. */
export async function recordRequest(request: ExportRequest): Promise<void> {
  const { id, eventId, createdAt, destination } = request;
  const record: ExportRecord = {
    id,
    eventId,
    formatId: formatIdOf(request),
    fileName: titleOf(request),
    state: 'queued',
    startedAt: createdAt,
    finishedAt: null,
    manifest: null,
    failure: null,
    attempts: 0,
    destination,
    staged: [],
    savedAt: null,
    unfinishedNames: [],
  };
  const database = strictDatabase();
  await database.transaction('rw', database.exports, database.exportRequests, async () => {
    await database.exports.put(record);
    await database.exportRequests.put({ id, request });
  });
}

/** What an unfinished export was asked for; `undefined` once it is completed or forgotten. */
export async function requestOf(id: string): Promise<ExportRequest | undefined> {
  return (await relaxedDatabase().exportRequests.get(id))?.request;
}

/** The request as it is run from now on, so that each attempt does the same. */
export async function keepRequest(request: ExportRequest): Promise<void> {
  await strictDatabase().exportRequests.update(request.id, { request });
}

/** Counts an attempt before it begins: one that brings the browser down is counted too. */
export async function recordAttempt({ id, attempts }: ExportRecord): Promise<void> {
  const change = { state: 'running', attempts: attempts + 1, failure: null, finishedAt: null } as const;
  await strictDatabase().exports.update(id, change);
}

export async function finishedParts(id: string): Promise<readonly FinishedPart[]> {
  const range = [[id, 0] as [string, number], [id, Number.MAX_SAFE_INTEGER] as [string, number]] as const;
  const rows = await relaxedDatabase()
    .exportParts.where('[exportId+number]')
    .between(...range)
    .toArray();
  // What comes after a gap would not be found by an export that goes on.
  return rows.filter(({ number }, index) => number === index + 1).map(({ part }) => part);
}

/** A part is whole; attempts are counted anew, as this one has brought something. */
export async function recordPart(id: string, number: number, part: FinishedPart): Promise<void> {
  const database = relaxedDatabase();
  await database.transaction('rw', database.exports, database.exportParts, async () => {
    await database.exportParts.put({ exportId: id, number, part });
    await database.exports.update(id, { attempts: 1 });
  });
}

/** All of it is staged: from here on nothing has to be made again. */
export async function recordStaged(id: string, manifest: ExportManifest, staged: readonly StagedFile[]): Promise<void> {
  await strictDatabase().exports.update(id, { manifest, staged });
}

/** The names that the export has taken in its folder, file by file. */
export async function recordNames(id: string, unfinishedNames: readonly string[]): Promise<void> {
  await strictDatabase().exports.update(id, { unfinishedNames });
}

/** The one place that calls an export completed: its files are closed, each of the size that its manifest says. */
export async function recordCompletion(id: string, { manifest, staged, place }: ExportOutcome): Promise<void> {
  const now = Date.now();
  const change = {
    state: 'completed',
    failure: null,
    finishedAt: now,
    manifest,
    fileName: manifest.fileName,
    staged,
    savedAt: place === 'staging' ? null : now,
    unfinishedNames: [],
  } as const;
  const database = strictDatabase();
  await database.transaction('rw', database.exports, database.exportRequests, database.exportParts, async () => {
    await database.exports.update(id, change);
    await deleteRequest(id);
  });
}

/** It has reached the person's disk, or the browser's downloads. */
export async function recordSaved(id: string, destination?: ExportDestination): Promise<void> {
  const change = { savedAt: Date.now(), unfinishedNames: [], ...(destination === undefined ? {} : { destination }) };
  await strictDatabase().exports.update(id, change);
}

/** It is over, and what was finished of it is kept, as a later attempt may go on from there. */
export async function recordFailure(id: string, failure: ExportFault): Promise<void> {
  await strictDatabase().exports.update(id, { state: 'failed', failure, finishedAt: Date.now() });
}

/** It is over, and nothing of it is left but what was asked for, should it be wanted after all. */
export async function recordCancelled(id: string): Promise<void> {
  const nothing = { manifest: null, staged: [], unfinishedNames: [] };
  await strictDatabase().exports.update(id, { state: 'cancelled', failure: null, finishedAt: Date.now(), ...nothing });
}

/** It is to be tried again, from where it stands. */
export async function recordRetry(id: string, destination: ExportDestination): Promise<void> {
  const change = { state: 'queued', attempts: 0, failure: null, finishedAt: null, destination } as const;
  await strictDatabase().exports.update(id, change);
}

/** Takes an export off the list; its staged files are the caller's. */
export async function deleteRecord(id: string): Promise<void> {
  const database = strictDatabase();
  await database.transaction('rw', database.exports, database.exportRequests, database.exportParts, async () => {
    await database.exports.delete(id);
    await deleteRequest(id);
  });
}

/** What is kept only to go on with an export. */
export async function deleteRequest(id: string): Promise<void> {
  const database = strictDatabase();
  await database.exportRequests.delete(id);
  await deleteParts(id);
}

export async function deleteParts(id: string): Promise<void> {
  const range = [[id, 0] as [string, number], [id, Number.MAX_SAFE_INTEGER] as [string, number]] as const;
  await strictDatabase()
    .exportParts.where('[exportId+number]')
    .between(...range)
    .delete();
}
