import { useMutation } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { forgetAnswers } from '../../../api/known-answers.ts';

/**
 * Ends the session, and takes off this device what the server has said, and the attendees' data as far as the server
 * has it.
 */
async function signOut(): Promise<void> {
  await api.post('auth/sign-out');
  const { freePersonalisedCopies } = await import('../../batches/free-local-copy.ts');
  await freePersonalisedCopies();
  await forgetAnswers();
}

export function useSignOut() {
  return useMutation({
    mutationFn: signOut,
    // A fresh page: the next person on this device sees nothing of what this one had loaded.
    onSuccess: () => location.assign('/sign-in'),
  });
}
