import ky from 'ky';
import type { ZodType } from 'zod';
import {
  type BatchDeclaration,
  type BatchDetail,
  type BatchManifest,
  batchDetailSchema,
  type ChunkReceipt,
  chunkReceiptSchema,
  type SealReason,
} from '../../core/api/batch.ts';
import { problemSchema } from '../../core/api/problem.ts';
import type { RetryReason } from '../../core/mint/run-log.ts';
import { retryAfterMs } from '../../core/upload/backoff.ts';
import type { LocalBatch } from '../../src/database/database.ts';

/** One attempt's outcome. Whether and when to try again is the loop's business. */
export type SendOutcome<Answer = unknown> =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** Worth another try: the line, a time-out, 429, 5xx. `waitMs` is what the server asked for. */
  | {
      readonly kind: 'retry';
      readonly reason: RetryReason;
      readonly waitMs: number | undefined;
      readonly offline: boolean;
    }
  /** The server will not take this, now or later. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly detail: string }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden'; readonly detail: string };

/** A slow line must not be cut off, and a dead one must be noticed: 20 s, plus the body at 4 kB/s. */
function timeoutMsFor(bytes: number): number {
  return 20_000 + bytes / 4;
}

const RETRY_STATUS = new Set([408, 425, 429, 500, 502, 503, 504, 507]);
/** Bodies below this gain less than gzip's time costs; signatures do not compress at all. */
const MIN_GZIP_GAIN = 0.9;

async function attempt<Answer>(
  url: string,
  init: { method: 'put' | 'post'; body: BodyInit; bytes: number; headers: HeadersInit },
  answerSchema: ZodType<Answer>,
): Promise<SendOutcome<Answer>> {
  try {
    const response = await ky(url, {
      method: init.method,
      body: init.body,
      headers: init.headers,
      // Ky's own time-out ends at the headers; a line may also die under the answer's body.
      timeout: false,
      signal: AbortSignal.timeout(timeoutMsFor(init.bytes)),
      // The loop decides: it waits for all chunks at once, shows the wait, and pauses offline.
      retry: 0,
      throwHttpErrors: false,
      redirect: 'error',
    });
    return await outcomeOf(response, answerSchema);
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    const reason = { code: isTimeout ? 'timed-out' : 'connection-lost' } as const;
    return { kind: 'retry', reason, waitMs: undefined, offline: !navigator.onLine };
  }
}

async function outcomeOf<Answer>(response: Response, answerSchema: ZodType<Answer>): Promise<SendOutcome<Answer>> {
  if (response.ok) {
    const answer = answerSchema.safeParse(await response.json());
    if (answer.success) return { kind: 'done', answer: answer.data };
    // A venue's sign-in page, say: only the server's own words are an acknowledgement.
    return { kind: 'retry', reason: { code: 'foreign-answer' }, waitMs: undefined, offline: false };
  }
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  const code = parsed.success ? parsed.data.code : `http-${response.status}`;
  const detail = parsed.success ? (parsed.data.detail ?? parsed.data.title) : `the server answered ${response.status}`;
  if (response.status === 401) return { kind: 'signed-out' };
  if (response.status === 403) return { kind: 'forbidden', detail };
  if (RETRY_STATUS.has(response.status)) {
    const waitMs = retryAfterMs(response.headers.get('Retry-After'), Date.now());
    const reason = { code: 'refused', problem: code, status: response.status } as const;
    return { kind: 'retry', reason, waitMs, offline: false };
  }
  return { kind: 'refused', status: response.status, code, detail };
}

function batchUrl({ eventId, id }: LocalBatch): string {
  return `/api/events/${eventId}/batches/${id}`;
}

/** `PUT /batches/{batch}`: idempotent. */
export function sendDeclaration(batch: LocalBatch): Promise<SendOutcome<BatchDetail>> {
  const manifest: BatchManifest = { ...declarationOf(batch), proof: batch.proof };
  return sendJson('put', batchUrl(batch), manifest);
}

/** `POST /batches/{batch}/seal`: idempotent. */
export function sendSeal(batch: LocalBatch, reason: SealReason): Promise<SendOutcome<BatchDetail>> {
  return sendJson('post', `${batchUrl(batch)}/seal`, { reason });
}

function sendJson(method: 'put' | 'post', url: string, value: unknown): Promise<SendOutcome<BatchDetail>> {
  const body = JSON.stringify(value);
  const headers = { 'Content-Type': 'application/json' };
  return attempt(url, { method, body, bytes: body.length, headers }, batchDetailSchema);
}

/** What the batch's key signed when it was made. */
function declarationOf(batch: LocalBatch): BatchDeclaration {
  const { publicKey, typeIndex, count, chunkSize, notBefore, notAfter, runId, keyProtection, rehearsal } = batch;
  return { publicKey, typeIndex, count, chunkSize, notBefore, notAfter, runId, keyProtection, rehearsal };
}

/** `PUT …/chunks/{seq}` with the very bytes that were buffered; gzip only where it makes the body smaller. */
export async function sendChunk(
  batch: LocalBatch,
  seq: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<SendOutcome<ChunkReceipt>> {
  const zipped = batch.personalised ? await gzip(bytes) : undefined;
  const isSmaller = zipped !== undefined && zipped.length < bytes.length * MIN_GZIP_GAIN;
  const body = isSmaller ? zipped : bytes;
  const headers: Record<string, string> = {
    'Content-Type': 'application/cbor',
    'Content-Digest': `sha-256=:${await sha256Base64(body)}:`,
  };
  if (isSmaller) headers['Content-Encoding'] = 'gzip';
  const receiptSchema = chunkReceiptSchema.refine((receipt) => receipt.batch === batch.id && receipt.seq === seq);
  return attempt(
    `${batchUrl(batch)}/chunks/${seq}`,
    { method: 'put', body, bytes: body.length, headers },
    receiptSchema,
  );
}

async function sha256Base64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
