import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import { createAuth } from './auth/auth.ts';
import { KnownDevices } from './auth/known-device.ts';
import { deriveSecret, loadSecret } from './auth/secret.ts';
import { prepareSetup } from './auth/setup.ts';
import { SignInLimit } from './auth/sign-in-limit.ts';
import { startBackground } from './background/background.ts';
import { GatePacks } from './gates/gate-packs.ts';
import { GateSessions } from './gates/gate-sessions.ts';
import { PairingDigits } from './gates/pairing-digits.ts';
import type { AppEnv } from './http/client.ts';
import { Ingest } from './ingest/ingest.ts';
import { MemoryBudget } from './ingest/memory-budget.ts';
import { createListener } from './listener.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings.ts';
import { openSqliteStore } from './store/sqlite/open.ts';

/** In 15 minutes, by one gate: people mistype. */
const MAX_UNKNOWN_CODES = 60;

const BUILT_APPLICATION = fileURLToPath(new URL('../dist', import.meta.url));

export interface CreatedServer {
  /** Answers in process, without a socket. */
  readonly app: OpenAPIHono<AppEnv>;
  readonly services: Services;
  /** Listens; resolves to the address that was taken, such as `http://127.0.0.1:8787`. */
  listen(): Promise<string>;
  /** Reads certificate and key again: a renewed pair serves new connections, a bad one changes nothing. */
  renewCertificate(): void;
  /** Stops accepting, finishes what is under way, records it, closes the store. */
  close(): Promise<void>;
}

/**
 * Opens the data folder and makes the server, not listening yet.
 * @param options.log where log lines go; by default JSON lines on standard output.
 * @param options.staticFolder the built application; by default `dist/` beside this folder.
 */
export async function createServer(
  settings: Settings,
  options: { readonly log?: Logger; readonly staticFolder?: string } = {},
): Promise<CreatedServer> {
  const log = options.log ?? pino({ level: settings.logLevel, base: null });
  const staticFolder = options.staticFolder ?? BUILT_APPLICATION;
  const isBuilt = existsSync(join(staticFolder, 'index.html'));
  if (!isBuilt) log.warn('the application is not built; only the API is served');
  const services = await openServices(settings, log);
  const app = createApp(services, isBuilt ? staticFolder : undefined);
  const listener = createListener(app, settings, log);
  return {
    app,
    services,
    async listen() {
      const address = await listener.listen();
      log.info({ url: address }, `listening on ${address}`);
      const { token } = services.setup;
      // The only line that bears a secret: whoever sees this console may become the first administrator.
      if (token !== undefined) log.warn(`set up the first administrator: ${setupUrl(settings, address, token)}`);
      return address;
    },
    renewCertificate: listener.renew,
    async close() {
      await listener.close();
      await services.ingest.close();
      await services.background.close();
      await services.store.close();
    },
  };
}

async function openServices(settings: Settings, log: Logger): Promise<Services> {
  const secret = loadSecret(settings.secret, settings.dataFolder);
  const databaseFile = join(settings.dataFolder, 'ticketmint.sqlite');
  const store = openSqliteStore(databaseFile);
  const auth = createAuth(store.auth, { secret: deriveSecret(secret, 'sessions'), log });
  return {
    settings,
    log,
    store,
    auth,
    setup: await prepareSetup(auth, store, settings.firstAdmin),
    signInLimit: new SignInLimit(),
    knownDevices: new KnownDevices(secret),
    gateSessions: new GateSessions(store, log),
    pairingDigits: new PairingDigits(secret),
    pairingLimit: new SignInLimit(),
    gatePacks: new GatePacks(store.gatePacks),
    codeLimit: new SignInLimit(Date.now, MAX_UNKNOWN_CODES),
    ingest: new Ingest(store),
    uploads: new MemoryBudget(),
    background: startBackground({ databaseFile, store, log }),
  };
}

function setupUrl({ publicUrl, tls }: Settings, address: string, token: string): string {
  const standard = `${tls === null ? 'http' : 'https'}://localhost:${new URL(address).port}`;
  // In the fragment, which browsers send to nobody.
  return `${publicUrl ?? standard}/setup#${token}`;
}
