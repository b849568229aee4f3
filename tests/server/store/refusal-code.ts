import { ProblemError } from '../../../server/problem.ts';

/** With which code a call is refused. Throws where it is not. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error.code;
}
