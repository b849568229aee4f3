import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';
import { noteMe } from '../features/session/api/get-me.ts';

/**
 * Server data. The HTTP client retries, so queries do not; without a network they fail at once and keep what they had.
 * An answer "not signed in" clears the session, and the router then asks for it (see `router.tsx`).
 */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeExpiredSession }),
  mutationCache: new MutationCache({ onError: noticeExpiredSession }),
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

function noticeExpiredSession(error: Error): void {
  if (error instanceof ApiProblem && error.code === 'not-signed-in') void noteMe(queryClient, null);
}
