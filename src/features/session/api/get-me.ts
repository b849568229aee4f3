import { queryOptions } from '@tanstack/react-query';
import { type Me, meSchema } from '../../../../core/api/session.ts';
import { ApiProblem } from '../../../api/api-problem.ts';
import { api } from '../../../api/client.ts';

/** Who is signed in; null when nobody is. */
async function getMe(signal: AbortSignal): Promise<Me | null> {
  try {
    return await api.get('me', { signal }).json(meSchema);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not-signed-in') return null;
    throw error;
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getMe(signal),
  staleTime: 60_000,
});
