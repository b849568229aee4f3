import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me, SignInRequest } from '../../../../core/api/session.ts';
import { api } from '../../../api/client.ts';
import { meOnUse, noteMe } from './get-me.ts';

function signIn(request: SignInRequest): Promise<Me> {
  return api.post('auth/sign-in/email', { json: request }).json(meOnUse);
}

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (me) => noteMe(queryClient, me),
  });
}
