import { expose } from 'comlink';
import { TicketmintError } from '../core/errors.ts';
import { exportError } from '../core/export/fault-error.ts';
import type { ExportSink } from '../core/export/sink.ts';
import type { ByteSource } from '../core/workspace/sealed-stream.ts';
import {
  type ContentRecord,
  openWorkspace,
  sealWorkspace,
  WORKSPACE_MIME_TYPE,
} from '../core/workspace/workspace-file.ts';
import type {
  SavedWorkspace,
  SaveRequest,
  WorkspaceDestination,
  WorkspacePlan,
  WorkspaceProgress,
} from '../core/workspace/workspace-job.ts';
import type { WorkspaceRecord } from '../core/workspace/workspace-record.ts';
import { endJoin, JOIN_LOCK } from '../src/database/unfinished-join.ts';
import { collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { openFileSink } from './export/file-sink.ts';
import { removeIfEmpty } from './export/folder.ts';
import { memorySink } from './export/memory-sink.ts';
import { openStagingSink, stagedFile, stagedNameOf } from './export/staging.ts';
import { countTickets, deviceRecords } from './workspace/device-records.ts';
import { deviceTarget } from './workspace/device-target.ts';
import { joinRecords } from './workspace/join.ts';

const TELL_INTERVAL_MS = 100;
/** Whose file it is in the browser's own files, as exports' files bear their ids. */
const STAGED_ID = 'workspace';

export interface WorkspaceApi {
  /**
   * Writes everything that may leave this device into one encrypted file. Holds a few chunks and segments.
   * @throws {TicketmintError} `export-sink-failed`; `aborted` after {@link WorkspaceApi.cancel}. Nothing is left then.
   */
  save(request: SaveRequest, onProgress: (progress: WorkspaceProgress) => void): Promise<SavedWorkspace>;
  /**
   * Reads a file to its end, and says what bringing it in would do; changes nothing.
   * @throws {TicketmintError} `workspace-unsupported`, `workspace-passphrase-wrong`, `workspace-damaged`, `aborted`
   */
  inspect(file: Blob, passphrase: string, onProgress: (progress: WorkspaceProgress) => void): Promise<WorkspacePlan>;
  /**
   * Brings in what this device lacks, all of it or nothing. Reads the file once more: {@link WorkspaceApi.inspect} it
   * first, or what is wrong with it is found half-way, and taken back.
   * @throws {TicketmintError} besides those of `inspect`: `mint-storage-full`, `mint-storage-lost`
   */
  bring(file: Blob, passphrase: string, onProgress: (progress: WorkspaceProgress) => void): Promise<WorkspacePlan>;
  /** Ends what is under way. */
  cancel(): void;
}

let controller = new AbortController();

function begin(): AbortSignal {
  controller = new AbortController();
  return controller.signal;
}

async function save(
  { passphrase, fileName, destination }: SaveRequest,
  onProgress: (progress: WorkspaceProgress) => void,
): Promise<SavedWorkspace> {
  const signal = begin();
  const totalTickets = await countTickets();
  const tell = teller(onProgress);
  let tickets = 0;
  let bytes = 0;
  async function* records(): AsyncGenerator<ContentRecord, void, undefined> {
    for await (const record of deviceRecords(signal)) {
      if (record.kind === 'chunk') tickets += record.count;
      yield record;
    }
  }
  const start = { createdAt: Date.now(), origin: location.origin, tickets: totalTickets };
  const sink = await openSink(destination, fileName);
  try {
    for await (const piece of sealWorkspace(start, records(), passphrase)) {
      signal.throwIfAborted();
      await sink.write(piece);
      bytes += piece.length;
      tell({ tickets, totalTickets, bytes });
    }
    const size = await sink.close();
    if (size !== bytes)
      throw exportError({ code: 'file-size', expected: bytes, found: size }, { code: 'export-sink-failed' });
  } catch (error) {
    await sink.abort();
    throw signal.aborted ? signal.reason : error;
  }
  return { bytes, tickets, file: (await sink.file?.(bytes)) ?? null };
}

interface Sink extends ExportSink {
  /** What was written, where it is to be downloaded. */
  file?(bytes: number): Promise<Blob | undefined>;
}

async function openSink(destination: WorkspaceDestination, fileName: string): Promise<Sink> {
  if (destination.kind === 'file') {
    const { handle } = destination;
    return openFileSink(handle, () => removeIfEmpty(handle));
  }
  if (destination.kind === 'memory') {
    const sink = memorySink();
    return { ...sink, file: async () => sink.blob(WORKSPACE_MIME_TYPE) };
  }
  const name = stagedNameOf(STAGED_ID, 1, fileName);
  const sink = await openStagingSink(name);
  return { ...sink, file: (bytes) => stagedFile({ name, bytes }) };
}

async function* readRecords(
  file: Blob,
  passphrase: string,
  signal: AbortSignal,
): AsyncGenerator<WorkspaceRecord, void, undefined> {
  for await (const record of openWorkspace(sourceOf(file), passphrase)) {
    signal.throwIfAborted();
    yield record;
  }
}

function sourceOf(file: Blob): ByteSource {
  return {
    size: file.size,
    async read(at, length) {
      try {
        return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
      } catch (cause) {
        throw new TicketmintError('workspace-damaged', 'the file was changed or removed while it was read', { cause });
      }
    },
  };
}

function bring(
  file: Blob,
  passphrase: string,
  onProgress: (progress: WorkspaceProgress) => void,
): Promise<WorkspacePlan> {
  const signal = begin();
  return navigator.locks.request(JOIN_LOCK, async () => {
    // What a crash has left before.
    await endJoin();
    const target = deviceTarget();
    try {
      const records = readRecords(file, passphrase, signal);
      const plan = await joinRecords(records, { target, onProgress: teller(onProgress) });
      await target.commit();
      return plan;
    } catch (error) {
      await target.abort();
      throw error;
    }
  });
}

function teller(onProgress: (progress: WorkspaceProgress) => void): (progress: WorkspaceProgress) => void {
  let toldAt = 0;
  return (progress) => {
    if (performance.now() - toldAt < TELL_INTERVAL_MS) return;
    toldAt = performance.now();
    onProgress(progress);
  };
}

const api: WorkspaceApi = {
  save,
  inspect: (file, passphrase, onProgress) =>
    joinRecords(readRecords(file, passphrase, begin()), { onProgress: teller(onProgress) }),
  bring,
  cancel() {
    controller.abort(new TicketmintError('aborted', 'it was cancelled'));
  },
};

collectEarly();
installErrorTransfer();
expose(api);
