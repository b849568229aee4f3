import { chunkCountOf, chunkRange, encodeChunk } from '../../../core/chunk/chunk.ts';
import {
  type BatchRequest,
  type ExportDestination,
  type FileRequest,
  STAGING_FOLDER,
} from '../../../core/export/job.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { exportService } from '../../../src/features/exports/export-service.ts';

const BATCH = '0123456789ab';
const CHUNK_SIZE = 2_000;
const STARTED_AT = 1_795_000_000_000;

/** Exports, as the page starts them, over tickets that nobody signed. */
export const exportHarness = {
  /** Buffers tickets as if they had been minted here. */
  async seed(count: number): Promise<void> {
    const batch = batchOf(count);
    for (let seq = 0; seq < chunkCountOf(batch); seq++) {
      const range = chunkRange(batch, seq);
      const signatures = Uint8Array.from({ length: 64 * range.count }, (_, at) => (at * 31 + seq * 7) & 0xff);
      const holder = Array.from({ length: range.count }, (_, index) => `Person ${range.firstSerial + index}`);
      const bytes = encodeChunk({ ...range, batchId: BATCH, seq, mintedAt: 1, signatures, fields: { holder } });
      await relaxedDatabase().chunks.put({ batchId: BATCH, seq, count: range.count, bytes });
    }
  },
  async start(count: number, file: FileRequest, kind: 'staging' | 'folder' | 'file'): Promise<string> {
    const destination = await destinationOf(kind, file.fileName);
    // The time stands in some files: with one time for all, equal content has equal hashes.
    const { now } = Date;
    Date.now = () => STARTED_AT;
    const id = exportService.start({
      eventId: 'event0000000',
      eventName: 'Gala',
      fractionDigits: 2,
      timeZone: 'UTC',
      locale: 'en',
      files: [file],
      destination,
      gather: async () => ({ batches: [batchOf(count)], isUpToDate: true }),
    });
    Date.now = now;
    return id;
  },
  cancel: (id: string) => exportService.cancel(id),
  retry: (id: string) => exportService.retry(id),
  save: (id: string) => exportService.save(id),
  forget: (id: string) => exportService.forget(id),
  states: () => exportService.all().map(({ state, isElsewhere }) => (isElsewhere ? `${state} elsewhere` : state)),
  /** How much of it is written, 0 to 1. */
  fraction(id: string): number {
    const { progress, state } = exportService.all().find((one) => one.id === id) ?? {};
    if (state === 'completed') return 1;
    return progress == null ? 0 : progress.records / Math.max(1, progress.expectedRecords);
  },
  /** All exports of the history; handles stay here. */
  async records() {
    const records = await relaxedDatabase().exports.toArray();
    return records.map((record) => ({ ...record, destination: record.destination.kind }));
  },
  staged: async () => filesIn(await folderOf(STAGING_FOLDER)),
  picked: async () => filesIn(await folderOf('picked')),
};

function batchOf(count: number): BatchRequest {
  return {
    id: BATCH,
    typeIndex: 0,
    typeName: 'General',
    priceMinor: 49_900,
    count,
    chunkSize: CHUNK_SIZE,
    notBefore: null,
    notAfter: null,
    stored: [],
    revoked: [],
    corrections: [],
  };
}

async function folderOf(name: string): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
}

/** Stands in for what a picker gives. */
async function destinationOf(kind: 'staging' | 'folder' | 'file', fileName: string): Promise<ExportDestination> {
  if (kind === 'staging') return { kind };
  const handle = await folderOf('picked');
  return kind === 'folder'
    ? { kind, handle }
    : { kind, handle: await handle.getFileHandle(fileName, { create: true }) };
}

async function contentOf(handle: FileSystemFileHandle): Promise<ArrayBuffer | null> {
  try {
    return await (await handle.getFile()).arrayBuffer();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotReadableError') return null;
    throw error;
  }
}

/** Each file's size and hash, by its name; of one that changes while it is read, neither. */
async function filesIn(folder: FileSystemDirectoryHandle): Promise<Record<string, { bytes: number; sha256: string }>> {
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for await (const [name, handle] of folder.entries()) {
    const content = await contentOf(handle as FileSystemFileHandle);
    if (content === null) {
      files[name] = { bytes: 0, sha256: '' };
      continue;
    }
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    files[name] = { bytes: content.byteLength, sha256 };
  }
  return files;
}
