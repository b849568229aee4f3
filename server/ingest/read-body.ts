import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_CHUNK_BYTES } from '../../core/chunk/chunk.ts';
import { ProblemError } from '../problem.ts';
import type { MemoryBudget } from './memory-budget.ts';

const inflate = promisify(gunzip);

/** RFC 9530: a dictionary of digests, of which we read the one for SHA-256. */
const SHA256_DIGEST = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:[,;]|$)/;

/**
 * Reads the body of a chunk's request: at most 8 MiB as sent and again while inflating, checked against its digest.
 * The budget is held until `use` settles.
 * @throws {ProblemError} `unsupported-media-type`, `unsupported-encoding`, `digest-required`, `digest-mismatch`,
 *   `too-large`, `overloaded`, `chunk-invalid` when it does not inflate
 */
export async function withChunkBody<Result>(
  request: Request,
  budget: MemoryBudget,
  use: (body: Uint8Array<ArrayBuffer>) => Promise<Result>,
): Promise<Result> {
  const isGzip = checkHeaders(request);
  const digest = requiredDigest(request);
  let held = 0;
  const hold = (bytes: number) => {
    budget.take(bytes);
    held += bytes;
  };
  try {
    const sent = await readAtMost(request, hold);
    if (createHash('sha256').update(sent).digest('base64') !== digest) throw new ProblemError('digest-mismatch');
    return await use(isGzip ? await inflateAtMost(sent, hold) : sent);
  } finally {
    budget.giveBack(held);
  }
}

/** @returns whether the body is gzipped */
function checkHeaders(request: Request): boolean {
  const mediaType = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/cbor')
    throw new ProblemError('unsupported-media-type', { detail: 'Expected application/cbor.' });
  const encoding = request.headers.get('Content-Encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') throw new ProblemError('unsupported-encoding');
  return encoding === 'gzip';
}

function requiredDigest(request: Request): string {
  const digest = SHA256_DIGEST.exec(request.headers.get('Content-Digest') ?? '')?.[1];
  if (digest === undefined) throw new ProblemError('digest-required');
  return digest;
}

async function readAtMost(request: Request, hold: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const declared = request.headers.get('Content-Length');
  if (declared !== null) {
    // The HTTP parser gives exactly as many bytes as were declared, or cuts the request off.
    if (Number(declared) > MAX_CHUNK_BYTES) throw tooLarge();
    hold(Number(declared));
    return new Uint8Array(await request.arrayBuffer());
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.length;
    if (length > MAX_CHUNK_BYTES) throw tooLarge();
    hold(piece.length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

async function inflateAtMost(
  sent: Uint8Array<ArrayBuffer>,
  hold: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const inflated = await inflate(sent, { maxOutputLength: MAX_CHUNK_BYTES });
    hold(inflated.length);
    return inflated as Uint8Array<ArrayBuffer>;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ProblemError('chunk-invalid', { field: 'body', reason: 'expected gzip', cause: error });
  }
}

function tooLarge(): ProblemError {
  return new ProblemError('too-large', { detail: `A chunk has at most ${MAX_CHUNK_BYTES} bytes, inflated too.` });
}
