import { HTTPError, NetworkError, TimeoutError } from 'ky';
import { ApiProblem } from './api-problem.ts';
import { api, GATEWAY_DOWN } from './client.ts';
import { connection } from './connection.ts';
import type { Schema } from './schema-on-use.ts';

interface AskOptions {
  readonly signal: AbortSignal;
  /** How long the server may take where an earlier answer is at hand; in milliseconds. */
  readonly patienceMs?: number;
  /** The name under which the answer is kept, where the path has what changes from time to time. */
  readonly keptAs?: string;
}

/** How a query asks: {@link askAndKeep} where an old answer would mislead, else {@link askOrRecall}. */
export type Ask = typeof askOrRecall;

/** Asks the server, and keeps its answer for {@link askOrRecall}. @throws {ApiProblem} */
export async function askAndKeep<Answer>(
  path: string,
  schema: Schema<Answer>,
  { signal, keptAs = path }: AskOptions,
): Promise<Answer> {
  const answer = await api.get(path, { signal }).json(schema);
  void keepAnswer(keptAs, answer);
  return answer;
}

/**
 * Asks the server, and keeps its answer on this device; where it cannot be reached, what it answered last. Once it is
 * back, everything on the screen is asked for anew (see `app.tsx`).
 * @throws {ApiProblem} what the server refused; that it cannot be reached only where nothing is known.
 */
export async function askOrRecall<Answer>(
  path: string,
  schema: Schema<Answer>,
  { signal, patienceMs = 10_000, keptAs = path }: AskOptions,
): Promise<Answer> {
  if (connection.state === 'online') {
    try {
      const answer = await api.get(path, { signal, timeout: patienceMs, retry: { shouldRetry } }).json(schema);
      void keepAnswer(keptAs, answer);
      return answer;
    } catch (error) {
      // Read from what is no answer of the server's, an error says nothing.
      if (!isSilence(error) && connection.state === 'online') throw error;
      // What is shown from now on is old, and the page says so until the server is back.
      connection.report('unreachable');
    }
  }
  const known = await recallAnswer(keptAs, schema);
  if (known !== undefined) return known;
  return askAndKeep(path, schema, { signal, keptAs });
}

/** A server that does not answer is not asked again before what is known is looked for. */
function shouldRetry({ error }: { readonly error: Error }): false | undefined {
  const isDown = error instanceof HTTPError && GATEWAY_DOWN.has(error.response.status);
  return isDown || error instanceof NetworkError || error instanceof TimeoutError ? false : undefined;
}

function isSilence(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === 'unreachable' || error.code === 'timed-out');
}

/** Keeps an answer, unless it says that there is nothing. Where the browser keeps nothing, the page goes on without. */
export async function keepAnswer(name: string, answer: unknown): Promise<void> {
  if (answer === null) return;
  try {
    const { putAnswer } = await store();
    await putAnswer(name, answer);
  } catch {
    // It will be asked for again.
  }
}

/** What was kept, if it is of the form that this version knows. */
export async function recallAnswer<Answer>(name: string, schema: Schema<Answer>): Promise<Answer | undefined> {
  try {
    const { readAnswer } = await store();
    const { value } = await schema['~standard'].validate(await readAnswer(name));
    return value;
  } catch {
    // A store that cannot be read knows nothing.
    return undefined;
  }
}

/** Forgets all answers: they were for somebody who is signed out now. */
export async function forgetAnswers(): Promise<void> {
  const { deleteAnswers } = await store();
  await deleteAnswers();
}

/** Not on the first screen: it brings the local database with it. */
function store() {
  return import('../database/known-answers.ts');
}
