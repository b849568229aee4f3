import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Me, meSchema, type SetupRequest, setupStateSchema } from '../../../../core/api/session.ts';
import { api } from '../../../api/client.ts';
import { noteMe } from './get-me.ts';

/** Whether the server still waits for its first administrator. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get('setup', { signal }).json(setupStateSchema),
});

function setUp(request: SetupRequest): Promise<Me> {
  return api.post('setup', { json: request }).json(meSchema);
}

/** Makes the first administrator, and signs in as them. */
export function useSetUp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: setUp,
    onSuccess: (me) => noteMe(queryClient, me),
  });
}
