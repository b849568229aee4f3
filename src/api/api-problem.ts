import { HTTPError, NetworkError, TimeoutError } from 'ky';
import type { Problem } from '../../core/api/problem.ts';
import { PROBLEM_CODES, type ProblemCode } from '../../core/api/problem-codes.ts';
import { parseRetryAfter } from '../../core/upload/backoff.ts';

/** What the server said, or what kept us from hearing it. */
export type ApiProblemCode = ProblemCode | 'unreachable' | 'timed-out' | 'unexpected-answer';

/** Every failed request rejects with this; pages switch on `code`. */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** For 422: which field, and why. */
  readonly field: string | undefined;
  readonly reason: string | undefined;
  /** What the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ApiProblemCode,
    message: string,
    options: {
      readonly status?: number;
      readonly field?: string | undefined;
      readonly reason?: string | undefined;
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.status = options.status ?? 0;
    this.field = options.field;
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Turns whatever a request rejected with into an {@link ApiProblem}; errors that are not about a request stay as they are. */
export function toApiProblem(error: Error): Error {
  if (error instanceof ApiProblem) return error;
  if (error instanceof TimeoutError) return new ApiProblem('timed-out', 'no answer in time', { cause: error });
  if (error instanceof NetworkError) return new ApiProblem('unreachable', 'no connection', { cause: error });
  if (error instanceof HTTPError) return fromHttpError(error);
  return error;
}

function fromHttpError(error: HTTPError): ApiProblem {
  const { status, headers } = error.response;
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), Date.now());
  if (!isProblem(error.data)) {
    // better-auth's own routes and proxies answer without our codes; the status still says enough.
    const code = CODE_OF_STATUS[status] ?? 'unexpected-answer';
    return new ApiProblem(code, `status ${status}`, { status, retryAfterMs, cause: error });
  }
  const { code, title, detail, field, reason } = error.data;
  return new ApiProblem(code, detail ?? title, { status, field, reason, retryAfterMs, cause: error });
}

/** By hand: the contract's schema would bring zod to the first screen, and must not have to be fetched when all fails. */
function isProblem(data: unknown): data is Problem {
  if (typeof data !== 'object' || data === null) return false;
  const { code, title, detail, field, reason } = data as Partial<Record<keyof Problem, unknown>>;
  const isText = (value: unknown) => value === undefined || typeof value === 'string';
  return (
    PROBLEM_CODES.some((known) => known === code) && typeof title === 'string' && [detail, field, reason].every(isText)
  );
}

const CODE_OF_STATUS: Readonly<Record<number, ApiProblemCode>> = {
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  429: 'rate-limited',
  502: 'unreachable',
  503: 'overloaded',
  504: 'timed-out',
  507: 'storage-full',
};
