import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Logger } from 'pino';
import { type Me, meSchema, type Role, type SignInRequest } from '../../core/api/session.ts';
import type { AuthDatabase } from '../store/store.ts';

/** A session ends after this long without a request… */
const IDLE_SECONDS = 24 * 60 * 60;
/** …which is noted at most this often… */
const REFRESH_SECONDS = 60 * 60;
/** …and after this long in any case. */
const ABSOLUTE_MS = 7 * 24 * 60 * 60 * 1_000;

/** `Secure` with the `__Host-` prefix on https; plain on http at a loopback address, where WebKit drops Secure ones. */
export function sessionCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-ticketmint' : 'ticketmint';
}

interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A gate's devices are paired; nobody signs in as one. */
  readonly role: Exclude<Role, 'gate'>;
}

/** `Set-Cookie` values to send with the answer. */
interface WithCookies {
  readonly cookies: readonly string[];
}

/** People and their sessions, over better-auth. None of its own routes is reachable: these calls are all there is. */
export interface Auth {
  /** @returns `undefined` when the e-mail or the password is wrong; which of them is not told. */
  signIn(request: SignInRequest, isHttps: boolean): Promise<(WithCookies & { readonly me: Me }) | undefined>;
  signOut(cookieHeader: string, isHttps: boolean): Promise<WithCookies>;
  /** Who the request's session cookie belongs to, with the role of this moment. */
  findSession(cookieHeader: string, isHttps: boolean): Promise<(WithCookies & { readonly me: Me }) | undefined>;
  createUser(user: NewUser): Promise<void>;
  hasUsers(): Promise<boolean>;
}

export function createAuth(database: AuthDatabase, { secret, log }: { secret: string; log: Logger }): Auth {
  const engines = { https: engine(database, secret, true, log), http: engine(database, secret, false, log) };
  const engineFor = (isHttps: boolean) => (isHttps ? engines.https : engines.http);
  const signOut = async (cookie: string, isHttps: boolean) => {
    const { headers } = await engineFor(isHttps).api.signOut({ headers: { cookie }, returnHeaders: true });
    return { cookies: sessionCookies(headers, isHttps) };
  };
  return {
    async signIn({ email, password }, isHttps) {
      try {
        const { headers, response } = await engineFor(isHttps).api.signInEmail({
          body: { email, password },
          returnHeaders: true,
        });
        return { me: meSchema.parse(response.user), cookies: sessionCookies(headers, isHttps) };
      } catch (error) {
        if (error instanceof APIError && error.status === 'UNAUTHORIZED') return undefined;
        throw error;
      }
    },
    signOut,
    async findSession(cookie, isHttps) {
      const found = await engineFor(isHttps).api.getSession({ headers: { cookie }, returnHeaders: true });
      if (found.response === null) return undefined;
      const { session, user } = found.response;
      if (session.createdAt.getTime() + ABSOLUTE_MS < Date.now()) {
        await signOut(cookie, isHttps);
        return undefined;
      }
      return { me: meSchema.parse(user), cookies: sessionCookies(found.headers, isHttps) };
    },
    async createUser({ name, email, password, role }) {
      const { internalAdapter, password: passwords } = await engines.http.$context;
      const profile = { name, email: email.toLowerCase(), emailVerified: true, role };
      const user = await internalAdapter.createUser(profile, { method: 'admin' });
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await passwords.hash(password),
      });
    },
    async hasUsers() {
      const { internalAdapter } = await engines.http.$context;
      return (await internalAdapter.countTotalUsers()) > 0;
    },
  };
}

function engine({ db, type }: AuthDatabase, secret: string, isHttps: boolean, log: Logger) {
  return betterAuth({
    appName: 'Ticketmint',
    baseURL: isHttps ? 'https://localhost' : 'http://localhost',
    secret,
    database: { db, type },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: { additionalFields: { role: { type: ['admin', 'coordinator', 'gate'], required: true, input: false } } },
    session: { expiresIn: IDLE_SECONDS, updateAge: REFRESH_SECONDS, cookieCache: { enabled: false } },
    // Our own limit counts per account and per address, before a password is hashed.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ source: 'better-auth' }, message) },
    advanced: {
      cookiePrefix: 'ticketmint',
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: sessionCookieName(isHttps),
          attributes: { secure: isHttps, httpOnly: true, sameSite: 'strict', path: '/' },
        },
      },
      // Addresses are personal; nothing here needs them.
      ipAddress: { disableIpTracking: true },
      // Our migrations make the tables, STRICT ones, which its check does not know.
      database: { validateSchema: false },
    },
  });
}

/** It also clears cookies that we never set; only the session's goes out. */
function sessionCookies(headers: Headers, isHttps: boolean): string[] {
  const prefix = `${sessionCookieName(isHttps)}=`;
  return headers.getSetCookie().filter((cookie) => cookie.startsWith(prefix));
}
