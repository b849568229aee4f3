import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Me } from '../../../../core/api/session.ts';
import { askOrRecall, forgetAnswers, keepAnswer } from '../../../api/known-answers.ts';
import { orNull, type Schema, schemaOnUse } from '../../../api/schema-on-use.ts';
import { settleSignOut } from './sign-out.ts';

/** Whoever signs in. */
export const meOnUse: Schema<Me> = schemaOnUse(async () => (await import('../../../../core/api/session.ts')).meSchema);

/** In a hall whose network leads nowhere, every start waits so long. A server that is only slow is heard a moment later. */
const PATIENCE_MS = 1_000;

/** Who is signed in; null when nobody is. Without the server: who was, so that a cold start in a hall gets in. */
async function getMe(signal: AbortSignal): Promise<Me | null> {
  // Whoever signed out without the server is out, whatever it still says.
  if (!(await settleSignOut())) return null;
  const me = await askOrRecall('me', orNull(meOnUse), { signal, patienceMs: PATIENCE_MS });
  if (me === null) forget();
  return me;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getMe(signal),
  staleTime: 60_000,
});

/** Notes who is signed in from now on, also for the next start; null when the server says that nobody is. */
export async function noteMe(queryClient: QueryClient, me: Me | null): Promise<void> {
  queryClient.setQueryData(meQuery.queryKey, me);
  if (me === null) forget();
  else await keepAnswer('me', me);
}

/** Beside what goes on: signing in must not wait for the local database, nor need one. */
function forget(): void {
  // Where it cannot be opened, nothing is kept.
  forgetAnswers().catch(() => undefined);
}
