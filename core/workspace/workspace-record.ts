import { type DecodeOptions, decode, encode, rfc8949EncodeOptions } from 'cborg';
import { z } from 'zod';
import {
  batchDetailSchema,
  batchIdSchema,
  batchManifestSchema,
  correctionInputSchema,
  revocationInputSchema,
  seqSchema,
} from '../api/batch.ts';
import { eventIdSchema, timestampSchema } from '../api/event.ts';
import { seatPatternSchema } from '../attendees/seat-pattern.ts';
import { MAX_CHUNK_BYTES, MAX_CHUNK_SIZE } from '../chunk/chunk.ts';
import { TicketmintError } from '../errors.ts';
import { exportManifestSchema } from '../export/manifest.ts';
import { runLogEventSchema } from '../mint/run-log.ts';
import { MAX_SERIAL } from '../ticket/token.ts';

const LENGTH_BYTES = 4;
/** A chunk, and a little around it. */
const MAX_RECORD_BYTES = MAX_CHUNK_BYTES + 64 * 1024;

const countSchema = z.number().int().min(0);

/** The first record: what the file is, and what is to come. */
const startSchema = z.object({
  kind: z.literal('workspace'),
  version: z.literal(1),
  createdAt: timestampSchema,
  /** The address that the application had: events belong to its server. */
  origin: z.string().max(300),
  /** Counted before it was written; for the progress. */
  tickets: countSchema,
});

/** A batch as this device knows it, without what only this device can use: its key, and what the server refused. */
export const workspaceBatchSchema = z.object({
  ...batchManifestSchema.shape,
  id: batchIdSchema,
  eventId: eventIdSchema,
  mintedAt: timestampSchema,
  personalised: z.boolean(),
  fromList: z.boolean(),
  seatPattern: seatPatternSchema.nullable(),
  seatOffset: z.number().int().min(0).max(MAX_SERIAL),
  state: z.enum(['minting', 'minted', 'cancelled', 'lost']),
  declared: z.boolean(),
  acknowledged: batchDetailSchema.shape.acknowledged,
  sealed: batchDetailSchema.shape.sealReason,
  freed: z.boolean(),
});
export type WorkspaceBatch = z.infer<typeof workspaceBatchSchema>;

/** Follows its batch; a batch's chunks come in the order of their seqs. */
const chunkSchema = z.object({
  kind: z.literal('chunk'),
  batchId: batchIdSchema,
  seq: seqSchema,
  count: z.number().int().min(1).max(MAX_CHUNK_SIZE),
  /** As it was encoded when it was minted. */
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= MAX_CHUNK_BYTES),
});

export const workspaceRunSchema = z.object({
  id: batchManifestSchema.shape.runId,
  eventId: eventIdSchema,
  state: z.enum(['running', 'paused', 'cancelling', 'done', 'cancelled']),
  count: countSchema,
  createdAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
  title: z.string().max(1_000),
  batchIds: z.array(batchIdSchema).max(1_000),
});
export type WorkspaceRun = z.infer<typeof workspaceRunSchema>;

const logLineSchema = z.object({
  at: timestampSchema,
  level: z.enum(['info', 'retry', 'failure', 'done']),
  text: z.string().max(10_000),
  event: runLogEventSchema.optional(),
});

/** A completed export, as the history shows it; its file is not in here. */
export const workspaceExportSchema = z.object({
  id: z.string().min(1).max(100),
  eventId: eventIdSchema,
  formatId: z.string().max(40),
  fileName: z.string().max(300),
  startedAt: timestampSchema,
  finishedAt: timestampSchema,
  savedAt: timestampSchema.nullable(),
  manifest: exportManifestSchema,
});
export type WorkspaceExport = z.infer<typeof workspaceExportSchema>;

const { batch, from, to, reason } = revocationInputSchema.shape;
const { serial, column, value } = correctionInputSchema.shape;

const changeContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('revoke'), batch, from, to, reason }),
  z.object({
    kind: z.literal('undo-revocation'),
    revocationId: z.number().int(),
    batch,
    from,
    to,
  }),
  z.object({
    kind: z.literal('correct'),
    batch,
    serial,
    column,
    value,
    basedOn: z.number().int().nullable().optional(),
  }),
]);

/** A change that the server had not confirmed; it bears a nonce, so that sent from two devices it is one. */
export const workspaceChangeSchema = z.object({
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  eventId: eventIdSchema,
  madeAt: timestampSchema,
  madeBy: z.string().max(300),
  /** Whether the server may have it already. */
  wasSent: z.boolean(),
  content: changeContentSchema,
});

/** Written last: a file without it is not whole. */
const endSchema = z.object({
  kind: z.literal('end'),
  batches: countSchema,
  chunks: countSchema,
  tickets: countSchema,
  runs: countSchema,
  exports: countSchema,
  answers: countSchema,
  changes: countSchema,
});

const recordSchema = z.discriminatedUnion('kind', [
  startSchema,
  z.object({ kind: z.literal('batch'), batch: workspaceBatchSchema }),
  chunkSchema,
  z.object({ kind: z.literal('run'), run: workspaceRunSchema }),
  z.object({ kind: z.literal('log'), runId: workspaceRunSchema.shape.id, lines: z.array(logLineSchema).max(1_000) }),
  z.object({ kind: z.literal('export'), export: workspaceExportSchema }),
  z.object({ kind: z.literal('change'), change: workspaceChangeSchema }),
  /** What the server said last, by the name it is kept under; checked by its schema when it is used. */
  z.object({ kind: z.literal('answer'), name: z.string().min(1).max(300), value: z.unknown() }),
  endSchema,
]);
export type WorkspaceRecord = z.infer<typeof recordSchema>;
/** How much of each kind is in a file. */
export type WorkspaceCounts = Omit<z.infer<typeof endSchema>, 'kind'>;

/** What is absent is left out, however it came about. */
const ENCODING = { ...rfc8949EncodeOptions, ignoreUndefinedProperties: true };

/**
 * A record with its length before it (32 bits, big-endian), as deterministic CBOR (RFC 8949 §4.2).
 * @throws {TicketmintError} `workspace-damaged` for one that could not be read back: a file must not be found out later.
 */
export function encodeRecord(record: WorkspaceRecord): Uint8Array<ArrayBuffer> {
  const body = encode(record, ENCODING);
  // Chunks are bytes that were checked when they were made; decoding all of them would take as long again.
  if (record.kind !== 'chunk') decodeRecord(body);
  const framed = new Uint8Array(LENGTH_BYTES + body.length);
  new DataView(framed.buffer).setUint32(0, body.length);
  framed.set(body, LENGTH_BYTES);
  return framed;
}

const STRICT: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  rejectDuplicateMapKeys: true,
};

/**
 * The records of a stream, each checked by its schema. Lazy; holds one record.
 * @throws {TicketmintError} `workspace-damaged`: the bytes are authentic, but a program has written them that erred.
 */
export async function* decodeRecords(
  plaintext: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<WorkspaceRecord, void, undefined> {
  const unread: Uint8Array<ArrayBuffer>[] = [];
  let unreadBytes = 0;
  /** Joined only when all of it is there. */
  let wanted = LENGTH_BYTES;
  let isLength = true;
  for await (const bytes of plaintext) {
    unread.push(bytes);
    unreadBytes += bytes.length;
    while (unreadBytes >= wanted) {
      const joined = join(unread, unreadBytes);
      const piece = joined.subarray(0, wanted);
      unread.splice(0, unread.length, joined.subarray(wanted));
      unreadBytes -= wanted;
      wanted = isLength ? lengthOf(piece) : LENGTH_BYTES;
      if (!isLength) yield decodeRecord(piece);
      isLength = !isLength;
    }
  }
  if (unreadBytes > 0 || !isLength) throw damaged('it ends within a record');
}

function join(pieces: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  if (pieces.length === 1) return pieces[0] as Uint8Array<ArrayBuffer>;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function lengthOf({ buffer, byteOffset }: Uint8Array<ArrayBuffer>): number {
  const length = new DataView(buffer, byteOffset).getUint32(0);
  if (length > MAX_RECORD_BYTES) throw damaged(`expected records of at most ${MAX_RECORD_BYTES} bytes`);
  return length;
}

function decodeRecord(bytes: Uint8Array): WorkspaceRecord {
  let value: unknown;
  try {
    value = decode(bytes, STRICT);
  } catch (cause) {
    throw damaged('a record is not CBOR', cause);
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(`a record does not fit: ${issue?.path.join('.')}: ${issue?.message}`);
}

function damaged(reason: string, cause?: unknown): TicketmintError {
  return new TicketmintError('workspace-damaged', reason, { cause });
}
