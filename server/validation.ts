import type { ZodError } from 'zod';
import { ProblemError } from './problem.ts';

/** The refusal for input that a schema refused: names the first field and the reason, never the value. */
export function notValid(error: ZodError): ProblemError {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || 'body';
  return new ProblemError('not-valid', { field, reason: issue?.message ?? 'expected another value' });
}
