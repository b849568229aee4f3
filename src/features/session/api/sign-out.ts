import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { isMarked, mark, SIGN_OUT_MARK, unmark } from '../device-marks.ts';

const TIMEOUT_MS = 4_000;

/** Ends the session. @throws {ApiProblem} */
export async function endSession(): Promise<void> {
  await api.post('auth/sign-out', { timeout: TIMEOUT_MS });
}

/** Notes that the session is to end as soon as the server can be told; until then nobody gets in with it here. */
export function endSessionLater(): void {
  mark(SIGN_OUT_MARK);
}

/** Tells the server of a sign-out that it could not hear. @returns whether nothing is left to be told. */
export async function settleSignOut(): Promise<boolean> {
  if (!isMarked(SIGN_OUT_MARK)) return true;
  try {
    await endSession();
  } catch {
    // It is told at the next contact.
    return false;
  }
  unmark(SIGN_OUT_MARK);
  return true;
}

/** Whether the server is yet to hear of a sign-out; asking tells it, where that can be done. */
export const signOutDueQuery = queryOptions({
  queryKey: ['sign-out-due'],
  queryFn: async () => !(await settleSignOut()),
});
