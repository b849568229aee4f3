import { type DecodeOptions, decode, encode, rfc8949EncodeOptions } from 'cborg';
import { TicketmintError } from '../errors.ts';
import { BATCH_ID_BYTES, bytesToHex, hexToBytes, MAX_SERIAL, SIGNATURE_BYTES } from '../ticket/token.ts';
import type { PackedColumn } from './packed-column.ts';
import { PackedTokenizer } from './packed-tokenizer.ts';

/** The layout of `docs/upload.md`; a chunk of another version is refused. */
const CHUNK_VERSION = 1;
export const DEFAULT_CHUNK_SIZE = 500;
/** Of large batches whose tickets are small: each request costs about as much as the handling of 500 tickets. */
const LARGE_CHUNK_SIZE = 4_000;
const LARGE_BATCH = 50_000;
export const MIN_CHUNK_SIZE = 50;
export const MAX_CHUNK_SIZE = 5_000;
/** Encoded and while inflating. */
export const MAX_CHUNK_BYTES = 8 * 1024 * 1024;
/** Characters (UTF-16 code units) a field value may have. */
export const MAX_FIELD_LENGTH = 1_000;
export const MAX_COLUMNS = 40;

/**
 * The chunk size for a batch that is about to be made. Small chunks lose and repeat little and show progress early; large
 * ones (256 kB) upload some 1.7 times as fast, which pays where there are many.
 * @param isFromList whether rows of a list fill the tickets, which may take kilobytes each.
 */
export function chunkSizeFor(count: number, isFromList: boolean): number {
  return count >= LARGE_BATCH && !isFromList ? LARGE_CHUNK_SIZE : DEFAULT_CHUNK_SIZE;
}

/** The standard columns of a personalised ticket; a list's other columns are named `x-…`. */
export const STANDARD_COLUMNS = ['holder', 'email', 'phone', 'seat', 'organisation', 'ref', 'notes'] as const;
export type StandardColumn = (typeof STANDARD_COLUMNS)[number];
/** `x-` and 1 to 40 lower-case letters, digits, `-` or `_` of any script. */
const EXTRA_COLUMN = /^x-[\p{Ll}\p{Lo}\p{M}\p{N}_-]{1,40}$/u;

export type FieldColumns = Readonly<Record<string, readonly (string | null)[]>>;

/** Consecutive tickets of one batch: minted, buffered, uploaded, acknowledged and read back as one. Never changes. */
export interface Chunk {
  /** 12 lower-case hex digits. */
  readonly batchId: string;
  /** 0-based. */
  readonly seq: number;
  readonly firstSerial: number;
  readonly count: number;
  /** When the batch's minting began, ms since epoch; the same in all its chunks, so that minting a chunk again gives the same bytes. */
  readonly mintedAt: number;
  /** 64 bytes a ticket, in serial order. */
  readonly signatures: Uint8Array<ArrayBuffer>;
  /** Column name to `count` values; only in personalised batches. */
  readonly fields?: FieldColumns;
  /** The same as UTF-8, where the chunk was decoded by {@link decodeTrustedChunk}; not copied along with the rest. */
  readonly packedFields?: Readonly<Record<string, PackedColumn>>;
}

/** What a batch's manifest fixes about all of its chunks. */
export interface BatchShape {
  readonly count: number;
  readonly chunkSize: number;
}

/** How many chunks a batch has. */
export function chunkCountOf({ count, chunkSize }: BatchShape): number {
  return Math.ceil(count / chunkSize);
}

/** The first serial and the number of tickets of chunk `seq`. */
export function chunkRange({ count, chunkSize }: BatchShape, seq: number): { firstSerial: number; count: number } {
  const firstSerial = 1 + seq * chunkSize;
  return { firstSerial, count: Math.min(chunkSize, count - firstSerial + 1) };
}

/** The chunk that holds a serial. */
export function seqOfSerial({ chunkSize }: Pick<BatchShape, 'chunkSize'>, serial: number): number {
  return Math.floor((serial - 1) / chunkSize);
}

export function isColumnName(name: string): boolean {
  return (STANDARD_COLUMNS as readonly string[]).includes(name) || EXTRA_COLUMN.test(name);
}

/** Encodes a chunk as a CBOR map in RFC 8949's deterministic encoding. The same chunk always gives the same bytes. */
export function encodeChunk(chunk: Chunk): Uint8Array<ArrayBuffer> {
  const { batchId, seq, firstSerial, count, mintedAt, signatures, fields } = chunk;
  const map = { v: CHUNK_VERSION, batch: hexToBytes(batchId), seq, firstSerial, count, mintedAt, signatures };
  return encode(fields === undefined ? map : { ...map, fields }, rfc8949EncodeOptions) as Uint8Array<ArrayBuffer>;
}

const STRICT: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
  rejectDuplicateMapKeys: true,
};

/**
 * Decodes a chunk and checks everything that can be checked without its batch: types, ranges, density of the columns,
 * lengths, well-formed text, unknown keys, and that the bytes are the one deterministic encoding.
 * @throws {TicketmintError} `chunk-invalid`, with `details.field` and `details.reason`.
 */
export function decodeChunk(bytes: Uint8Array): Chunk {
  if (bytes.length > MAX_CHUNK_BYTES) throw invalid('chunk', `expected at most ${MAX_CHUNK_BYTES} bytes`);
  const map = decodeMap(bytes);
  const chunk = chunkFromMap(map);
  if (!equalBytes(encodeChunk(chunk), bytes)) throw invalid('chunk', 'expected deterministic encoding (RFC 8949 §4.2)');
  return chunk;
}

/**
 * Decodes a chunk that this program encoded and stored itself: skips the checks that {@link decodeChunk} makes on
 * foreign bytes. Several times faster; for the local buffer and the server's own table. A column becomes strings when it
 * is first looked at; the bytes must stay as they are until then.
 */
export function decodeTrustedChunk(bytes: Uint8Array): Chunk {
  const tokenizer = new PackedTokenizer(bytes);
  const { fields, ...map } = decode(bytes, { tokenizer }) as Record<string, unknown>;
  const chunk = trustedChunkFromMap(map);
  if (fields === undefined) return chunk;
  const packed = Object.entries(fields as Record<string, number>).map(
    ([name, index]) => [name, tokenizer.columns[index] as PackedColumn] as const,
  );
  return Object.defineProperty({ ...chunk, fields: lazyTexts(packed) }, 'packedFields', {
    value: Object.fromEntries(packed),
  });
}

function lazyTexts(packed: readonly (readonly [string, PackedColumn])[]): FieldColumns {
  const fields: FieldColumns = {};
  for (const [name, column] of packed)
    Object.defineProperty(fields, name, { enumerable: true, get: () => column.texts() });
  return fields;
}

function decodeMap(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = decode(bytes, STRICT);
  } catch (error) {
    throw invalid('chunk', 'expected CBOR', error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw invalid('chunk', 'expected a map');
  return value as Record<string, unknown>;
}

const KEYS = new Set(['v', 'batch', 'seq', 'firstSerial', 'count', 'mintedAt', 'signatures', 'fields']);

function chunkFromMap(map: Record<string, unknown>): Chunk {
  for (const key of Object.keys(map)) if (!KEYS.has(key)) throw invalid('chunk', 'unknown key');
  if (map.v !== CHUNK_VERSION) throw invalid('v', `expected ${CHUNK_VERSION}`);
  if (!(map.batch instanceof Uint8Array) || map.batch.length !== BATCH_ID_BYTES)
    throw invalid('batch', 'expected 6 bytes');
  integerIn(map, 'seq', 0, MAX_SERIAL);
  integerIn(map, 'firstSerial', 1, MAX_SERIAL);
  integerIn(map, 'count', 1, MAX_CHUNK_SIZE);
  integerIn(map, 'mintedAt', 0, Number.MAX_SAFE_INTEGER);
  const count = map.count as number;
  if (!(map.signatures instanceof Uint8Array) || map.signatures.length !== count * SIGNATURE_BYTES)
    throw invalid('signatures', `expected ${count * SIGNATURE_BYTES} bytes`);
  if ('fields' in map) checkFields(map.fields, count);
  return trustedChunkFromMap(map);
}

function trustedChunkFromMap(map: Record<string, unknown>): Chunk {
  const chunk = {
    batchId: bytesToHex(map.batch as Uint8Array),
    seq: map.seq as number,
    firstSerial: map.firstSerial as number,
    count: map.count as number,
    mintedAt: map.mintedAt as number,
    signatures: map.signatures as Uint8Array<ArrayBuffer>,
  };
  return map.fields === undefined ? chunk : { ...chunk, fields: map.fields as FieldColumns };
}

function integerIn(map: Record<string, unknown>, field: string, min: number, max: number): void {
  const value = map[field];
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max)
    throw invalid(field, `expected an integer from ${min} to ${max}`);
}

function checkFields(fields: unknown, count: number): void {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || fields instanceof Uint8Array)
    throw invalid('fields', 'expected a map');
  const columns = Object.entries(fields);
  if (columns.length === 0 || columns.length > MAX_COLUMNS)
    throw invalid('fields', `expected 1 to ${MAX_COLUMNS} columns`);
  for (const [name, values] of columns) {
    if (!isColumnName(name)) throw invalid('fields', 'unknown column name');
    if (!Array.isArray(values) || values.length !== count) throw invalid(`fields.${name}`, `expected ${count} values`);
    if (!values.every(isFieldValue))
      throw invalid(`fields.${name}`, `expected null or well-formed text of at most ${MAX_FIELD_LENGTH} characters`);
  }
}

function isFieldValue(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.length <= MAX_FIELD_LENGTH && value.isWellFormed());
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

function invalid(field: string, reason: string, cause?: unknown): TicketmintError {
  return new TicketmintError('chunk-invalid', `${field}: ${reason}`, { cause, details: { field, reason } });
}
