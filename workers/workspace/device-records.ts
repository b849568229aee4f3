import { MAX_SERIAL } from '../../core/ticket/token.ts';
import type { ContentRecord } from '../../core/workspace/workspace-file.ts';
import {
  workspaceBatchSchema,
  workspaceChangeSchema,
  workspaceExportSchema,
  workspaceRunSchema,
} from '../../core/workspace/workspace-record.ts';
import { type LocalBatch, type RunLogEntry, relaxedDatabase } from '../../src/database/database.ts';
import { keptAnswers } from '../../src/database/known-answers.ts';
import { readChanges } from '../../src/database/waiting-changes.ts';
import { collectAfter } from '../early-collection.ts';

/** Chunks that are read at once: a few hundred kilobytes mostly, 32 MiB at most. */
const CHUNKS_PER_READ = 4;
const LOG_LINES = 1_000;
/** Who is signed in, and where they were last: of this device, and nobody else's. */
const OWN_ANSWERS = new Set(['me', 'last-event']);

/** Tickets that lie on this device. */
export async function countTickets(): Promise<number> {
  let tickets = 0;
  for (const batch of await relaxedDatabase().batches.toArray())
    for (const key of await chunkKeys(batch)) tickets += ticketsOf(batch, key[1]);
  return tickets;
}

function ticketsOf({ count, chunkSize }: LocalBatch, seq: number): number {
  return Math.min(chunkSize, count - seq * chunkSize);
}

function chunkKeys({ id }: LocalBatch): Promise<[string, number][]> {
  return relaxedDatabase().chunks.where('[batchId+seq]').between([id, 0], [id, MAX_SERIAL], true, true).primaryKeys();
}

/**
 * Everything of this device that may leave it, in the order of a workspace file. No keys: they cannot be exported, and a
 * batch has but one die. No staged pages either: they serve only the key.
 */
export async function* deviceRecords(signal: AbortSignal): AsyncGenerator<ContentRecord, void, undefined> {
  const database = relaxedDatabase();
  for (const batch of await database.batches.toArray()) {
    yield { kind: 'batch', batch: workspaceBatchSchema.parse(batch) };
    yield* chunkRecords(batch, signal);
  }
  for (const run of await database.runs.toArray()) {
    yield { kind: 'run', run: workspaceRunSchema.parse(run) };
    const lines = await database.logs.where('runId').equals(run.id).reverse().limit(LOG_LINES).toArray();
    if (lines.length > 0) yield { kind: 'log', runId: run.id, lines: lines.reverse().map(withoutId) };
  }
  for (const record of await database.exports.where('state').equals('completed').toArray())
    if (record.manifest !== null) yield { kind: 'export', export: workspaceExportSchema.parse(plain(record)) };
  for (const change of await readChanges())
    yield { kind: 'change', change: workspaceChangeSchema.parse({ ...change, wasSent: change.state === 'sending' }) };
  for (const { name, value } of await keptAnswers())
    if (!OWN_ANSWERS.has(name)) yield { kind: 'answer', name, value: plain(value) };
}

async function* chunkRecords(batch: LocalBatch, signal: AbortSignal): AsyncGenerator<ContentRecord, void, undefined> {
  const keys = await chunkKeys(batch);
  for (let at = 0; at < keys.length; at += CHUNKS_PER_READ) {
    signal.throwIfAborted();
    const rows = await relaxedDatabase().chunks.bulkGet(keys.slice(at, at + CHUNKS_PER_READ));
    collectAfter(rows.reduce((sum, row) => sum + (row?.bytes.length ?? 0), 0));
    // One that is gone was freed meanwhile: the server has it.
    for (const row of rows) if (row !== undefined) yield { kind: 'chunk', ...row };
  }
}

function withoutId({ at, level, text, event }: RunLogEntry) {
  return { at, level, text, event };
}

/** As JSON would carry it: what came from the server, and manifests, are such. Handles and files are left out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
