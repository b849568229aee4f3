import { mergeBatch, mergeRun } from '../../core/workspace/merge.ts';
import type {
  WorkspaceBatch,
  WorkspaceExport,
  WorkspaceRecord,
  WorkspaceRun,
} from '../../core/workspace/workspace-record.ts';
import { type BufferedChunk, type LocalBatch, relaxedDatabase, strictDatabase } from '../../src/database/database.ts';
import { addAnswer } from '../../src/database/known-answers.ts';
import { storageErrorOf } from '../../src/database/storage-error.ts';
import { endJoin, noteJoin } from '../../src/database/unfinished-join.ts';
import { bringChange } from '../../src/database/waiting-changes.ts';
import { collectAfter } from '../early-collection.ts';
import type { JoinTarget } from './join.ts';

/** Bytes of chunks that are written in one transaction. */
const WRITE_BYTES = 2 * 1024 * 1024;

export interface DeviceTarget extends JoinTarget {
  /** Writes what is left, and the rows that make the chunks count, in one strict transaction. */
  commit(): Promise<void>;
  /** Takes back chunks that no batch of this device owns. */
  abort(): Promise<void>;
}

/**
 * Brings records into the local database. Chunks go in as they come; until {@link DeviceTarget.commit} no batch owns those
 * of a new one, so that a crash leaves nothing but what the next start removes.
 * @throws {TicketmintError} `mint-storage-full`, `mint-storage-lost`
 */
export function deviceTarget(): DeviceTarget {
  const rows: WorkspaceRecord[] = [];
  let chunks: BufferedChunk[] = [];
  let bytes = 0;
  const noted = new Set<string>();
  const flush = async () => {
    await relaxedDatabase().chunks.bulkPut(chunks).catch(throwStorageError);
    collectAfter(bytes);
    chunks = [];
    bytes = 0;
  };
  return {
    async addChunk({ batchId, seq, count, bytes: body }, isNewBatch) {
      if (isNewBatch && !noted.has(batchId)) {
        noted.add(batchId);
        await noteJoin([...noted]).catch(throwStorageError);
      }
      // A copy: the database would store all of the buffer that a view is of.
      chunks.push({ batchId, seq, count, bytes: new Uint8Array(body) });
      bytes += body.length;
      if (bytes >= WRITE_BYTES) await flush();
    },
    add(record) {
      rows.push(record);
    },
    async commit() {
      await flush();
      await commitRows(rows).catch(throwStorageError);
    },
    abort: endJoin,
  };
}

async function commitRows(rows: readonly WorkspaceRecord[]): Promise<void> {
  const database = strictDatabase();
  const { batches, runs, logs, exports, settings } = database;
  await database.transaction('rw', [batches, runs, logs, exports, settings, database.chunks], async () => {
    const newRuns = new Set<string>();
    for (const record of rows) {
      if (record.kind === 'batch') await putBatch(record.batch);
      else if (record.kind === 'run') await putRun(record.run, newRuns);
      else if (record.kind === 'log' && newRuns.has(record.runId))
        await logs.bulkAdd(record.lines.map((line) => ({ ...line, runId: record.runId })));
      else if (record.kind === 'export') await addExport(record.export);
      else if (record.kind === 'change') await bringChange(record.change);
      else if (record.kind === 'answer') await addAnswer(record.name, record.value);
    }
    await endJoin();
  });
}

async function putBatch(theirs: WorkspaceBatch): Promise<void> {
  const { batches } = strictDatabase();
  const mine = await batches.get(theirs.id);
  await batches.put(mine === undefined ? asLocal(theirs) : mergeBatch(mine, theirs));
}

/** What the server refused may have been mended since: it is tried again. */
function asLocal(batch: WorkspaceBatch): LocalBatch {
  const local = { ...batch, refused: [] };
  return batch.state === 'minting' ? { ...local, isKeyElsewhere: true } : local;
}

async function putRun(theirs: WorkspaceRun, newRuns: Set<string>): Promise<void> {
  const { runs } = strictDatabase();
  const mine = await runs.get(theirs.id);
  if (mine === undefined) newRuns.add(theirs.id);
  await runs.put(mine === undefined ? theirs : mergeRun(mine, theirs));
}

/** A line of the history; the file itself went its way where it was made. */
async function addExport(record: WorkspaceExport): Promise<void> {
  const { exports } = strictDatabase();
  if ((await exports.get(record.id)) !== undefined) return;
  const nothingHere = { staged: [], unfinishedNames: [], failure: null, attempts: 0 };
  await exports.add({ ...record, ...nothingHere, state: 'completed', destination: { kind: 'staging' } });
}

function throwStorageError(error: unknown): never {
  throw storageErrorOf(error);
}
