import { type BatchShape, type Chunk, chunkCountOf, chunkRange, decodeChunk } from '../chunk/chunk.ts';
import { TicketmintError } from '../errors.ts';
import { type ByteSource, openStream, sealStream } from './sealed-stream.ts';
import { createWorkspaceKey, HEADER_BYTES, openWorkspaceKey } from './workspace-key.ts';
import { decodeRecords, encodeRecord, type WorkspaceCounts, type WorkspaceRecord } from './workspace-record.ts';

/** Without a type of its own among the registered ones. */
export const WORKSPACE_MIME_TYPE = 'application/octet-stream';
export const WORKSPACE_EXTENSION = '.ticketmint';

/** What lies between the first record and the last. */
export type ContentRecord = Exclude<WorkspaceRecord, { readonly kind: 'workspace' | 'end' }>;
export type StartRecord = Extract<WorkspaceRecord, { readonly kind: 'workspace' }>;

/**
 * Writes a workspace as one encrypted file, as `docs/workspace-file.md` lays it out. Lazy: holds one record and two
 * segments of 64 KiB.
 * @param contents read once, in order; a batch before its chunks.
 * @param options.iterations of the key derivation, see {@link createWorkspaceKey}.
 */
export async function* sealWorkspace(
  start: Omit<StartRecord, 'kind' | 'version'>,
  contents: AsyncIterable<ContentRecord>,
  passphrase: string,
  options: { readonly iterations?: number } = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { key, header } = await createWorkspaceKey(passphrase, options);
  yield header;
  yield* sealStream(encodeAll(start, contents), key);
}

async function* encodeAll(
  start: Omit<StartRecord, 'kind' | 'version'>,
  contents: AsyncIterable<ContentRecord>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  yield encodeRecord({ kind: 'workspace', version: 1, ...start });
  const tally = createTally();
  for await (const record of contents) {
    tally.add(record);
    yield encodeRecord(record);
  }
  yield encodeRecord({ kind: 'end', ...tally.counts });
}

/**
 * The records of a file, from its first, which says what it is, to its last, which counts them. Each is authentic and
 * checked when it is given out, also the chunks against their batch; that nothing is missing is known only when the end
 * is reached. Lazy: holds a segment and a record.
 * @throws {TicketmintError} `workspace-unsupported`, `workspace-passphrase-wrong`, `workspace-damaged`
 */
export async function* openWorkspace(
  source: ByteSource,
  passphrase: string,
): AsyncGenerator<WorkspaceRecord, void, undefined> {
  const header = await source.read(0, Math.min(HEADER_BYTES, source.size));
  const key = await openWorkspaceKey(passphrase, header);
  const tally = createTally();
  let last: WorkspaceRecord | undefined;
  for await (const record of decodeRecords(openStream(source, HEADER_BYTES, key))) {
    if ((last === undefined) !== (record.kind === 'workspace')) throw damaged('it does not begin as it should');
    if (last?.kind === 'end') throw damaged('something follows its end');
    if (record.kind === 'end') checkCounts(record, tally.counts);
    else if (record.kind !== 'workspace') tally.add(record);
    last = record;
    yield record;
  }
  if (last?.kind !== 'end') throw damaged('its end is missing');
}

interface Tally {
  readonly counts: WorkspaceCounts;
  /** @throws {TicketmintError} `workspace-damaged` for a chunk that does not belong where it stands. */
  add(record: ContentRecord): void;
}

function createTally(): Tally {
  const counts = { batches: 0, chunks: 0, tickets: 0, runs: 0, exports: 0, answers: 0, changes: 0 };
  let batch: (BatchShape & { readonly id: string; readonly mintedAt: number }) | undefined;
  let nextSeq = 0;
  return {
    counts,
    add(record) {
      if (record.kind === 'batch') {
        counts.batches++;
        batch = record.batch;
        nextSeq = 0;
      } else if (record.kind === 'chunk') {
        const isNext = batch !== undefined && record.batchId === batch.id && record.seq >= nextSeq;
        if (batch === undefined || !isNext) throw damaged('a part of a batch stands where it does not belong');
        checkChunk(record, batch);
        nextSeq = record.seq + 1;
        counts.chunks++;
        counts.tickets += record.count;
      } else if (record.kind === 'run') counts.runs++;
      else if (record.kind === 'export') counts.exports++;
      else if (record.kind === 'answer') counts.answers++;
      else if (record.kind === 'change') counts.changes++;
    },
  };
}

/** A chunk is taken only as it could have been minted; its signatures are verified where they are always, by the server. */
function checkChunk(
  { batchId, seq, count, bytes }: Extract<WorkspaceRecord, { readonly kind: 'chunk' }>,
  batch: BatchShape & { readonly mintedAt: number },
): void {
  const expected = seq < chunkCountOf(batch) ? chunkRange(batch, seq) : undefined;
  const chunk = decoded(bytes);
  const fits =
    expected !== undefined &&
    count === expected.count &&
    chunk.batchId === batchId &&
    chunk.seq === seq &&
    chunk.firstSerial === expected.firstSerial &&
    chunk.count === count &&
    chunk.mintedAt === batch.mintedAt;
  if (!fits) throw damaged('a part of a batch does not fit its batch');
}

function decoded(bytes: Uint8Array): Chunk {
  try {
    return decodeChunk(bytes);
  } catch (cause) {
    throw damaged('a part of a batch cannot be read', cause);
  }
}

function checkCounts({ kind: _, ...said }: { readonly kind: 'end' } & WorkspaceCounts, found: WorkspaceCounts): void {
  const names = Object.keys(found) as (keyof WorkspaceCounts)[];
  const wrong = names.find((name) => said[name] !== found[name]);
  if (wrong !== undefined) throw damaged(`expected ${said[wrong]} ${wrong}, found ${found[wrong]}`);
}

function damaged(reason: string, cause?: unknown): TicketmintError {
  return new TicketmintError('workspace-damaged', reason, { cause });
}
