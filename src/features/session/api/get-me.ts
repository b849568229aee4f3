import { queryOptions } from '@tanstack/react-query';
import { type Me, meSchema } from '../../../../core/api/session.ts';
import { api } from '../../../api/client.ts';

/** Who is signed in; null when nobody is. */
function getMe(signal: AbortSignal): Promise<Me | null> {
  return api.get('me', { signal }).json(meSchema.nullable());
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getMe(signal),
  staleTime: 60_000,
});
