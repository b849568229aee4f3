import type { Problem } from '../core/api/problem.ts';
import type { ProblemCode } from '../core/api/problem-codes.ts';

/** The one status and title of each problem code (RFC 9457). */
const PROBLEMS = {
  'not-valid': [422, 'The request is not valid'],
  'not-signed-in': [401, 'Sign in first'],
  forbidden: [403, 'Your role does not allow this'],
  'cross-site': [403, 'The request came from another site'],
  'insecure-transport': [403, 'Signing in needs https, or http at localhost'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This method is not allowed here'],
  'event-not-found': [404, 'There is no such event'],
  'type-not-found': [404, 'There is no such ticket type'],
  'type-in-use': [409, 'The ticket type is in use'],
  'capacity-exceeded': [409, 'The ticket type has no room for as many tickets'],
  'gate-not-found': [404, 'There is no such gate'],
  'gate-in-use': [409, 'Devices are paired with this gate'],
  'device-not-found': [404, 'There is no such device'],
  'device-unpaired': [401, 'This device is not paired any more'],
  'pairing-over': [410, 'The pairing code was used, taken back, or has expired'],
  'batch-not-declared': [404, 'The batch has not been declared'],
  'batch-conflict': [409, 'The batch id is taken by another batch'],
  'batch-sealed': [410, 'The batch is sealed'],
  'chunk-conflict': [409, 'Another chunk is stored under this number'],
  'chunk-not-found': [404, 'There is no such chunk'],
  'correction-conflict': [409, 'The field was corrected by somebody else meanwhile'],
  'digest-mismatch': [422, 'The body was damaged on its way'],
  'digest-required': [400, 'A Content-Digest with sha-256 is required'],
  'chunk-invalid': [422, 'The chunk is not valid'],
  'signature-invalid': [422, 'A signature does not verify'],
  'too-large': [413, 'The body is too large'],
  'unsupported-encoding': [415, 'Only gzip is understood as an encoding'],
  'unsupported-media-type': [415, 'This media type is not understood here'],
  'rate-limited': [429, 'Too many tries'],
  overloaded: [503, 'The server is busy'],
  'storage-full': [503, "The server's storage is full"],
  'setup-done': [409, 'There is an administrator already'],
  'setup-token-invalid': [403, 'The set-up link is not valid'],
  internal: [500, 'The server failed'],
} as const satisfies Record<ProblemCode, readonly [status: number, title: string]>;

export interface ProblemOptions {
  /** One sentence for people, without personal data. */
  readonly detail?: string;
  readonly field?: string;
  readonly reason?: string;
  /** Overrides the code's usual status: 400 for a body that is no JSON at all. */
  readonly status?: 400;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** A refusal with a stable code; thrown anywhere below a route, answered as `application/problem+json`. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? PROBLEMS[code][1], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return this.options.status ?? PROBLEMS[this.code][0];
  }
}

/** The answer to a refusal. */
export function problemResponse(error: ProblemError): Response {
  const { detail, field, reason, retryAfterSeconds } = error.options;
  const problem: Problem = {
    type: 'about:blank',
    title: PROBLEMS[error.code][1],
    status: error.status,
    code: error.code,
    ...(detail === undefined ? {} : { detail }),
    ...(field === undefined ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
  };
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
  return new Response(JSON.stringify(problem), { status: error.status, headers });
}
