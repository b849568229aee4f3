import { Dexie, type EntityTable, type Table } from 'dexie';
import type { SealReason } from '../../core/api/batch.ts';
import type { SeatPattern } from '../../core/attendees/seat-pattern.ts';
import type { FieldColumns } from '../../core/chunk/chunk.ts';
import type { SeqRanges } from '../../core/chunk/seq-ranges.ts';
import type { ExportFault } from '../../core/export/fault.ts';
import type { ExportDestination, ExportRequest, StagedFile } from '../../core/export/job.ts';
import type { ExportManifest, FinishedPart } from '../../core/export/manifest.ts';
import type { RunLogEvent } from '../../core/mint/run-log.ts';
import type { StoredKey } from '../../core/ticket/signer/signer.ts';
import { connectionPool, isWebKitWorker } from './connection-pool.ts';
import { connectionWatch } from './connection-watch.ts';

/**
 * One press of the mint button. It may make several batches (a list with several types makes one batch a type).
 * - `running`: minting or uploading, or waiting for the network; any tab may take it up again.
 * - `paused`: by the person; nothing happens until they resume.
 * - `cancelling`: its batches are being sealed as cancelled.
 * - `done`: every ticket is on the server and the batches are sealed. `cancelled`: as asked.
 */
export type RunState = 'running' | 'paused' | 'cancelling' | 'done' | 'cancelled';

export interface RunRecord {
  /** 32 lower-case hex digits. */
  readonly id: string;
  readonly eventId: string;
  readonly state: RunState;
  /** Tickets asked for, over all batches. */
  readonly count: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** What was pressed, in words for the list: "10,000 × VIP", or the attendee list's file name. */
  readonly title: string;
  readonly batchIds: readonly string[];
}

/**
 * A batch on this device.
 * - `minting`: its key exists; chunks may be missing.
 * - `minted`: every chunk was buffered, and the key is gone.
 * - `lost`: its storage was wiped before all of it was acknowledged; sealed as lost.
 */
type LocalBatchState = 'minting' | 'minted' | 'cancelled' | 'lost';

export interface LocalBatch {
  /** 12 lower-case hex digits. */
  readonly id: string;
  readonly eventId: string;
  readonly runId: string;
  readonly typeIndex: number;
  /** base64url, as declared. */
  readonly publicKey: string;
  readonly count: number;
  readonly chunkSize: number;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly keyProtection: 'webcrypto' | 'software';
  /** Its tickets never pass in earnest, as declared. */
  readonly rehearsal?: true | undefined;
  /** base64url; made when the key was, so that a declaration can be sent after the key is gone. */
  readonly proof: string;
  /** The `mintedAt` of every chunk; fixed here so that minting a chunk again gives the same bytes. */
  readonly mintedAt: number;
  /** Its tickets have fields: from a list, from the seat pattern, or both. */
  readonly personalised: boolean;
  /** Its fields come from staged pages, besides the seats of a pattern. */
  readonly fromList: boolean;
  /** Seats by rule instead of by list; each ticket's seat follows from its serial. */
  readonly seatPattern: SeatPattern | null;
  /** Seats of the pattern that earlier batches of the run have: the first ticket gets the next one. */
  readonly seatOffset: number;
  readonly state: LocalBatchState;
  /** Whether the server knows the batch. */
  readonly declared: boolean;
  /** Chunks that the server acknowledged. */
  readonly acknowledged: SeqRanges;
  /** Chunks that the server refused for good, with the problem's code; shown, and not sent again by themselves. */
  readonly refused: readonly { readonly seq: number; readonly code: string; readonly detail: string }[];
  /** How the server sealed it, or null while it is open there. */
  readonly sealed: SealReason | null;
  /** Whether the local chunks were given up after all of them were on the server. */
  readonly freed: boolean;
  /** It came in a workspace file while it was being minted: its key never leaves the device that made it. */
  readonly isKeyElsewhere?: boolean;
}

/** A chunk as it was encoded once; the same bytes travel to the server. */
export interface BufferedChunk {
  readonly batchId: string;
  readonly seq: number;
  readonly count: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The fields of one chunk-to-be of a personalised batch; deleted in the transaction that buffers its chunk. */
export interface StagedPage {
  readonly batchId: string;
  readonly seq: number;
  readonly fields: FieldColumns;
}

/** A batch's private key; deleted in the strict transaction that marks its batch minted. */
export interface BatchKey {
  readonly batchId: string;
  readonly storedKey: StoredKey;
}

export type RunLogLevel = 'info' | 'retry' | 'failure' | 'done';
/** A line of a run's log: in English, and as data, which earlier versions did not keep. */
export interface RunLogEntry {
  readonly id: number;
  readonly runId: string;
  readonly at: number;
  readonly level: RunLogLevel;
  readonly text: string;
  readonly event?: RunLogEvent | undefined;
}

/**
 * - `queued`: waits for its turn; `running`: in some tab. Both are taken up again after a crash.
 * - `completed`: whole, in its place or staged until it is saved there.
 * - `failed`, `cancelled`: over; they can be started again while their request is kept.
 */
export type ExportState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

/** An export's line in the history; its request lies in a table of its own, as it may be large. */
export interface ExportRecord {
  readonly id: string;
  readonly eventId: string;
  /** The format's id, or `zip`. */
  readonly formatId: string;
  readonly fileName: string;
  readonly state: ExportState;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** Once all of it is staged or in its place. */
  readonly manifest: ExportManifest | null;
  /** Why it failed; in English where an earlier version noted it. */
  readonly failure: ExportFault | string | null;
  /** How often it was begun since a file of it was whole. */
  readonly attempts: number;
  /** Where it was to go, for saving it there again. */
  readonly destination: ExportDestination;
  /** The finished files in OPFS, so that they can be saved again without being made again; none once they are cleared. */
  readonly staged: readonly StagedFile[];
  /** When it reached its place or the downloads; null: it is only staged, and waits to be saved. */
  readonly savedAt: number | null;
  /** Files that it has made in the picked folder and not finished yet: a crash leaves them empty. */
  readonly unfinishedNames: readonly string[];
}

/** What an export that is not completed was asked for; goes when it is completed or forgotten. */
export interface StoredExportRequest {
  readonly id: string;
  readonly request: ExportRequest;
}

/** A part of an export that is whole and staged, while others are not. */
export interface StoredExportPart {
  readonly exportId: string;
  /** From 1. */
  readonly number: number;
  readonly part: FinishedPart;
}

/** Small things by name: the picked folder's handle, the list of batches the server should know (to notice a wiped store). */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
}

/**
 * The tables of the local database. Index specifications (Dexie): the first is the primary key.
 * Chunks and staged pages are keyed by `[batchId+seq]`, so that a batch is one contiguous range of keys.
 */
const VERSION_1 = {
  runs: 'id, eventId, state',
  batches: 'id, eventId, runId, state',
  keys: 'batchId',
  chunks: '[batchId+seq]',
  stagedPages: '[batchId+seq]',
  logs: '++id, runId',
  exports: 'id, eventId, state',
  settings: 'key',
} as const;

/** Exports that outlive a crash: what they were asked for, and what of them is whole. */
const VERSION_2 = {
  exportRequests: 'id',
  exportParts: '[exportId+number]',
} as const;

/** The device's durable state. Import it from workers and page alike; every tab opens its own connection. */
export class TicketmintDatabase extends Dexie {
  declare runs: EntityTable<RunRecord, 'id'>;
  declare batches: EntityTable<LocalBatch, 'id'>;
  declare keys: EntityTable<BatchKey, 'batchId'>;
  declare chunks: Table<BufferedChunk, [batchId: string, seq: number]>;
  declare stagedPages: Table<StagedPage, [batchId: string, seq: number]>;
  declare logs: EntityTable<RunLogEntry, 'id'>;
  declare exports: EntityTable<ExportRecord, 'id'>;
  declare exportRequests: EntityTable<StoredExportRequest, 'id'>;
  declare exportParts: Table<StoredExportPart, [exportId: string, number: number]>;
  declare settings: EntityTable<Setting, 'key'>;

  /**
   * @param durability `relaxed` returns when the operating system has the data (survives a browser crash); `strict`
   * flushes to the disk first. Each connection has one; see {@link relaxedDatabase} and {@link strictDatabase}.
   */
  constructor(durability: 'relaxed' | 'strict', name = 'ticketmint') {
    super(name, { chromeTransactionDurability: durability });
    this.use(connectionWatch(this));
    if (isWebKitWorker) this.use(connectionPool(this));
    this.version(1).stores(VERSION_1);
    this.version(2)
      .stores(VERSION_2)
      .upgrade(({ table }) => table('exports').toCollection().modify(toVersion2));
  }
}

/** An export's record of version 1, made one of version 2: it was staged as one file, or saved at once. */
function toVersion2(record: Record<string, unknown>): void {
  const { stagedName, fileName, finishedAt, state, manifest } = record;
  const { bytes = 0 } = (manifest ?? {}) as Partial<ExportManifest>;
  delete record.stagedName;
  Object.assign(record, {
    attempts: 1,
    destination: { kind: 'staging' },
    staged: typeof stagedName === 'string' ? [{ name: stagedName, fileName, mimeType: '', bytes }] : [],
    savedAt: state === 'completed' ? finishedAt : null,
    unfinishedNames: [],
  });
}

let relaxed: TicketmintDatabase | undefined;
let strict: TicketmintDatabase | undefined;

/** The connection for everything that can be done again after a power cut. */
export function relaxedDatabase(): TicketmintDatabase {
  relaxed ??= new TicketmintDatabase('relaxed');
  return relaxed;
}

/** The connection for checkpoints, and for whatever lets us delete the only copy of something. */
export function strictDatabase(): TicketmintDatabase {
  strict ??= new TicketmintDatabase('strict');
  return strict;
}
