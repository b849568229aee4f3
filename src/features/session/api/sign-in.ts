import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me, SignInRequest } from '../../../../core/api/session.ts';
import { api } from '../../../api/client.ts';
import { tellOtherTabs } from '../session-tabs.ts';
import { meOnUse, noteMe } from './get-me.ts';
import { settleSignOut } from './sign-out.ts';

async function signIn(request: SignInRequest): Promise<Me> {
  // The session before is ended while the browser still has its cookie.
  await settleSignOut();
  return api.post('auth/sign-in/email', { json: request }).json(meOnUse);
}

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: async (me) => {
      await noteMe(queryClient, me);
      tellOtherTabs({ type: 'signed-in', id: me.id });
    },
  });
}
