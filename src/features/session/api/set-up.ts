import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me, SetupRequest } from '../../../../core/api/session.ts';
import { api } from '../../../api/client.ts';
import { schemaOnUse } from '../../../api/schema-on-use.ts';
import { meOnUse, noteMe } from './get-me.ts';

const setupStateOnUse = schemaOnUse(async () => (await import('../../../../core/api/session.ts')).setupStateSchema);

/** Whether the server still waits for its first administrator. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get('setup', { signal }).json(setupStateOnUse),
});

function setUp(request: SetupRequest): Promise<Me> {
  return api.post('setup', { json: request }).json(meOnUse);
}

/** Makes the first administrator, and signs in as them. */
export function useSetUp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: setUp,
    onSuccess: (me) => noteMe(queryClient, me),
  });
}
