import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { passwordSchema } from '../core/api/session.ts';

/** Everything the server is told from outside, complete: inside nothing is optional. */
export interface Settings {
  readonly host: string;
  /** 0: any free port; the one taken is logged. */
  readonly port: number;
  /** What people type, without a trailing slash; null: derived from each request. */
  readonly publicUrl: string | null;
  /** Peers whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: BlockList;
  readonly tls: TlsFiles | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Absolute path of the folder with the databases and the secret. */
  readonly dataFolder: string;
  /** Null: made in the data folder. */
  readonly secret: string | null;
  /** The first administrator; null: a one-time set-up link. */
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
}

/** Absolute paths; what they hold is checked where the server begins to listen. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** One or several settings are wrong; `problems` says which, and what was expected, without their values. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const variablesSchema = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'expected a number')
      .transform(Number)
      .refine((port) => port <= 65_535, 'expected 0 to 65535')
      .default(8787),
    PUBLIC_URL: z.string().refine(isOrigin, 'expected http(s)://host[:port] without a path').optional(),
    TRUSTED_PROXIES: z.string().default(''),
    TLS_CERT_FILE: z.string().optional(),
    TLS_KEY_FILE: z.string().optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
    TICKETMINT_DATA: z.string().default('data'),
    DATABASE_URL: z.undefined('expected it unset: this version stores in SQLite only').optional(),
    TICKETMINT_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
    TICKETMINT_ADMIN_EMAIL: z.email('expected an e-mail address').optional(),
    TICKETMINT_ADMIN_PASSWORD: passwordSchema.optional(),
  })
  .superRefine((variables, context) => {
    requireTogether(variables, 'TLS_CERT_FILE', 'TLS_KEY_FILE', context);
    requireTogether(variables, 'TICKETMINT_ADMIN_EMAIL', 'TICKETMINT_ADMIN_PASSWORD', context);
  });

/**
 * Reads the settings from environment variables; one that is empty counts as unset, an unknown one is ignored.
 * @throws {SettingsError} naming every variable that is wrong.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variablesSchema.safeParse(set);
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const variables = parsed.data;
  const { TLS_CERT_FILE, TLS_KEY_FILE, TICKETMINT_ADMIN_EMAIL, TICKETMINT_ADMIN_PASSWORD } = variables;
  return {
    host: variables.HOST,
    port: variables.PORT,
    publicUrl: variables.PUBLIC_URL === undefined ? null : new URL(variables.PUBLIC_URL).origin,
    trustedProxies: parseProxies(variables.TRUSTED_PROXIES),
    tls: TLS_CERT_FILE && TLS_KEY_FILE ? { certFile: resolve(TLS_CERT_FILE), keyFile: resolve(TLS_KEY_FILE) } : null,
    logLevel: variables.LOG_LEVEL,
    dataFolder: resolve(variables.TICKETMINT_DATA),
    secret: variables.TICKETMINT_SECRET ?? null,
    firstAdmin:
      TICKETMINT_ADMIN_EMAIL && TICKETMINT_ADMIN_PASSWORD
        ? { email: TICKETMINT_ADMIN_EMAIL, password: TICKETMINT_ADMIN_PASSWORD }
        : null,
  };
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '';
}

function requireTogether<Name extends string>(
  variables: Partial<Record<Name, unknown>>,
  first: Name,
  second: Name,
  context: z.RefinementCtx,
): void {
  if ((variables[first] === undefined) === (variables[second] === undefined)) return;
  const [missing, present] = variables[first] === undefined ? [first, second] : [second, first];
  context.addIssue({ code: 'custom', path: [missing], message: `expected it together with ${present}` });
}

/** Addresses and networks in CIDR notation, separated by commas or spaces. */
function parseProxies(text: string): BlockList {
  const proxies = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      if (prefix === undefined) proxies.addAddress(address, family);
      else proxies.addSubnet(address, Number(prefix), family);
    } catch {
      throw new SettingsError(['TRUSTED_PROXIES: expected addresses or networks such as 10.0.0.1 or 10.0.0.0/8']);
    }
  }
  return proxies;
}
