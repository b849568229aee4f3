import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { SetupRequest } from '../../core/api/session.ts';
import { ProblemError } from '../problem.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/store.ts';
import type { Auth } from './auth.ts';

/** How the first administrator comes to be. */
export interface Setup {
  needsSetup(): Promise<boolean>;
  /** @throws {ProblemError} `setup-done`, `setup-token-invalid` */
  complete(request: SetupRequest): Promise<void>;
  /** The one-time token of this start, 128 random bits; `undefined` when there is an administrator. */
  readonly token: string | undefined;
}

/** Makes the administrator of the settings, or a token for the set-up link, where there is no user yet. */
export async function prepareSetup(auth: Auth, store: Store, firstAdmin: Settings['firstAdmin']): Promise<Setup> {
  let token: string | undefined;
  const createAdmin = async (user: { name: string; email: string; password: string }) => {
    await auth.createUser({ ...user, role: 'admin' });
    await store.audit.append({ actorId: 'system', action: 'user.create', subject: 'first administrator' });
  };
  if (!(await auth.hasUsers())) {
    if (firstAdmin === null) token = randomBytes(16).toString('base64url');
    else await createAdmin({ name: firstAdmin.email.split('@')[0] as string, ...firstAdmin });
  }
  return {
    token,
    needsSetup: async () => token !== undefined,
    async complete({ token: given, ...user }) {
      if (token === undefined) throw new ProblemError('setup-done');
      if (!isSame(given, token)) throw new ProblemError('setup-token-invalid');
      // Used up before the first await, so that two requests at once make one administrator.
      const used = token;
      token = undefined;
      try {
        await createAdmin(user);
      } catch (error) {
        token = used;
        throw error;
      }
    },
  };
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
