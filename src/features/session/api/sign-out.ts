import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { meQuery } from './get-me.ts';

async function signOut(): Promise<void> {
  await api.post('auth/sign-out');
}

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      // The next person on this device sees nothing of what this one had loaded.
      queryClient.clear();
      queryClient.setQueryData(meQuery.queryKey, null);
    },
  });
}
