import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_MS = 20_000;

export const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };

export interface TestServer {
  /** `http://127.0.0.1:PORT`; the same after a restart. */
  readonly url: string;
  readonly pid: number;
  readonly dataFolder: string;
  /** Everything that was logged so far, line by line, over all starts. */
  readonly log: readonly string[];
  /** The administrator's session, ready for a `Cookie` header; signs in at the first call. */
  cookie(): Promise<string>;
  /** A request as the administrator's own page would send it: with session and `Origin`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends the signal and waits for the process to end. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folder and port, after it was killed, and waits until it is ready. */
  restart(): Promise<void>;
  /** Ends the process and removes the folder. */
  close(): Promise<void>;
}

/**
 * Starts the real server as a process of its own, on a free port of 127.0.0.1, with a data folder of its own.
 * @param environment settings besides the test's own.
 */
export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'ticketmint-'));
  const log: string[] = [];
  let session: Promise<string> | undefined;
  let running = await start({ dataFolder, environment, log, port: '0' });
  const { url } = running;
  const server: TestServer = {
    url,
    dataFolder,
    log,
    get pid() {
      return running.process.pid as number;
    },
    cookie: () => {
      session ??= signIn(url, ADMIN);
      return session;
    },
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('Cookie', await server.cookie());
      headers.set('Origin', url);
      return fetch(url + path, { ...init, headers });
    },
    kill: (signal = 'SIGKILL') => end(running.process, signal),
    async restart() {
      running = await start({ dataFolder, environment, log, port: new URL(url).port });
    },
    async close() {
      await end(running.process, 'SIGKILL');
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return server;
}

/** Signs in and returns the session as a `Cookie` header carries it. */
async function signIn(url: string, credentials: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(credentials),
  });
  if (!response.ok) throw new Error(`signing in failed: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

interface StartOptions {
  readonly dataFolder: string;
  readonly environment: Record<string, string>;
  readonly log: string[];
  readonly port: string;
}

async function start({ dataFolder, environment, log, port }: StartOptions) {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      PORT: port,
      TICKETMINT_DATA: dataFolder,
      TICKETMINT_ADMIN_EMAIL: ADMIN.email,
      TICKETMINT_ADMIN_PASSWORD: ADMIN.password,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listening = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      log.push(line);
      const url = /"url":"([^"]+)"/.exec(line)?.[1];
      if (url !== undefined) listening.resolve(url);
    });
  child.once('exit', (code) => listening.reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
  const deadline = setTimeout(() => listening.reject(new Error('the server did not start in time')), START_MS);
  try {
    return { process: child, url: await listening.promise };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
