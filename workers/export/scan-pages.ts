import ky, { HTTPError } from 'ky';
import type { RecordedScan } from '../../core/api/gate.ts';
import { exportError } from '../../core/export/fault-error.ts';
import type { CheckInsRequest } from '../../core/export/job.ts';

/** As many as one answer of the server holds. */
const PAGE_SCANS = 1_000;
const FETCH_TIMEOUT_MS = 30_000;

/**
 * Reads the scans of an event from the server, in the order in which they arrived, up to the last one that the request
 * means. Holds two pages: one is ahead of the one that is being written.
 * @throws {TicketmintError} `export-incomplete` when the server cannot be asked, or has others than the request counted:
 * never a row too few without a word.
 */
export async function* scanPages(
  eventId: string,
  { count, lastSeq }: Pick<CheckInsRequest, 'count' | 'lastSeq'>,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordedScan[]> {
  let found = 0;
  let next = readPage(eventId, 0, lastSeq, signal);
  for (;;) {
    const page = await next;
    signal.throwIfAborted();
    const last = page.at(-1);
    if (last === undefined) break;
    next = readPage(eventId, last.seq, lastSeq, signal);
    // Met when its turn comes, which may be never.
    next.catch(() => {});
    found += page.length;
    yield page;
  }
  if (found !== count) throw exportError({ code: 'scans-changed', expected: count, found });
}

/** Those after a number, none of them beyond the last that is meant. The cookie goes along by itself. */
async function readPage(
  eventId: string,
  after: number,
  lastSeq: number,
  signal: AbortSignal,
): Promise<readonly RecordedScan[]> {
  if (after >= lastSeq) return [];
  try {
    // Not with the worker: who exports tickets needs no schema of scans.
    const { recordedScansSchema } = await import('../../core/api/gate.ts');
    const answer = await ky(`/api/events/${eventId}/scans`, {
      searchParams: { after, limit: PAGE_SCANS },
      signal,
      timeout: FETCH_TIMEOUT_MS,
      retry: { limit: 4, jitter: true, backoffLimit: 8_000, maxRetryAfter: 30_000, retryOnTimeout: true },
    });
    const scans = recordedScansSchema.parse(await answer.json());
    return scans.filter(({ seq }) => seq <= lastSeq);
  } catch (error) {
    signal.throwIfAborted();
    const isSignedOut = error instanceof HTTPError && error.response.status === 401;
    const code = isSignedOut ? 'scans-signed-out' : 'scans-unreachable';
    throw exportError({ code }, { cause: error, retryable: true });
  }
}
