import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { TicketmintError } from '../../core/errors.ts';
import { ProblemError, problemResponse } from '../problem.ts';
import type { AppEnv } from './client.ts';

/** Turns whatever a route throws into `application/problem+json`; only what nobody expected is logged as an error. */
export function errorHandler(log: Logger): ErrorHandler<AppEnv> {
  return (error, c) => {
    const problem = problemOf(error, c.req.raw.signal.aborted);
    if (problem.code === 'internal') log.error({ err: withoutData(error) }, 'a request failed');
    if (problem.code === 'storage-full') log.error('the storage is full');
    return problemResponse(problem);
  };
}

function problemOf(error: unknown, isAborted: boolean): ProblemError {
  // A library may have wrapped ours: a full disk while it looks up a session, say.
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ProblemError) return cause;
  if (error instanceof TicketmintError && error.code === 'chunk-invalid') {
    const { field, reason } = error.details as { field: string; reason: string };
    return new ProblemError('chunk-invalid', { field, reason });
  }
  if (error instanceof HTTPException && error.status === 400)
    return new ProblemError('not-valid', { status: 400, field: 'body', reason: 'expected well-formed JSON' });
  // Nobody is left to read the answer.
  if (isAborted) return new ProblemError('not-valid', { status: 400, detail: 'The request was cut off.' });
  return new ProblemError('internal');
}

/** Messages of libraries may quote what they choked on; name and stack frames never do. */
function withoutData(error: unknown): { name: string; stack: string | undefined } {
  if (!(error instanceof Error)) return { name: typeof error, stack: undefined };
  return {
    name: error.name,
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
  };
}
