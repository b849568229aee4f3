import { chunkCountOf, chunkRange, encodeChunk, type FieldColumns } from '../../core/chunk/chunk.ts';
import { type BatchRequest, type ExportRequest, type FileRequest, STAGING_FOLDER } from '../../core/export/job.ts';
import { relaxedDatabase } from '../../src/database/database.ts';

export const EVENT = 'aaaaaaaaaaaa';

export function batchOf(id: string, count: number, facts: Partial<BatchRequest> = {}): BatchRequest {
  return {
    id,
    typeIndex: 2,
    typeName: 'VIP, front',
    priceMinor: 149_900,
    count,
    chunkSize: 500,
    notBefore: null,
    notAfter: null,
    stored: [],
    revoked: [],
    corrections: [],
    ...facts,
  };
}

export function signatureOf(serial: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 64 }, (_, at) => (at * 37 + serial * 101) & 0xff);
}

export async function buffer(
  batch: BatchRequest,
  fieldsOf?: (serial: number) => Record<string, string>,
): Promise<void> {
  const rows = Array.from({ length: chunkCountOf(batch) }, (_, seq) => {
    const { firstSerial, count } = chunkRange(batch, seq);
    const signatures = new Uint8Array(64 * count);
    for (let index = 0; index < count; index++) signatures.set(signatureOf(firstSerial + index), 64 * index);
    const chunk = { batchId: batch.id, seq, firstSerial, count, mintedAt: 1_795_000_000_000, signatures };
    const values = Array.from({ length: count }, (_, index) => fieldsOf?.(firstSerial + index) ?? {});
    const names = Object.keys(values[0] ?? {});
    const fields: FieldColumns = Object.fromEntries(
      names.map((name) => [name, values.map((row) => row[name] ?? null)]),
    );
    const bytes = encodeChunk(names.length === 0 ? chunk : { ...chunk, fields });
    return { batchId: batch.id, seq, count, bytes };
  });
  await relaxedDatabase().chunks.bulkPut(rows);
}

let requests = 0;
type Facts = Partial<FileRequest> & Partial<ExportRequest>;

export function requestOf(
  batches: readonly BatchRequest[],
  { formatId = 'csv', options = {}, fileName = 'tickets.csv', recordsPerFile, ...facts }: Facts = {},
): ExportRequest {
  const file = { formatId, options, fileName, ...(recordsPerFile === undefined ? {} : { recordsPerFile }) };
  return {
    id: `export-${requests++}`,
    eventId: EVENT,
    eventName: 'Annual Gala',
    fractionDigits: 2,
    timeZone: 'Asia/Kolkata',
    locale: 'en-IN',
    files: [file],
    batches,
    destination: { kind: 'staging' },
    createdAt: 1_795_000_000_000,
    ...facts,
  };
}

/** Stands in for what a picker gives: the same interfaces, in the browser's own files. */
export async function pickedFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
}

export async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

export async function stagedNames(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  return namesIn(await root.getDirectoryHandle(STAGING_FOLDER, { create: true }));
}

export async function bytesOf(file: Blob | undefined): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (file ?? new Blob()).arrayBuffer());
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A database and files as on the first day. */
export async function startAfresh(): Promise<void> {
  await relaxedDatabase().delete({ disableAutoOpen: false });
  const root = await navigator.storage.getDirectory();
  for (const name of ['picked', STAGING_FOLDER]) await root.removeEntry(name, { recursive: true }).catch(() => {});
}
