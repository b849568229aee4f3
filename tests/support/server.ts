import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The first administrator of every server under test. */
export const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' } as const;

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_TIMEOUT_MS = 20_000;

/** The real server in a process of its own, over a data folder that outlives its processes. */
export interface TestServer {
  /** The same through all restarts. */
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly pid: number;
  /** What it wrote on standard output and standard error, line by line, over all its processes. */
  readonly log: readonly string[];
  /** SIGKILL: nothing gets to flush or close. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. @returns ms from the start of the process until `/readyz` says 200. */
  restart(): Promise<number>;
  /** SIGTERM; resolves to its exit code. */
  stop(): Promise<number>;
  /** Kills what still runs and deletes the data folder. */
  remove(): Promise<void>;
}

export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'ticketmint-server-'));
  const base = {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    TICKETMINT_DATA: dataFolder,
    TICKETMINT_ADMIN_EMAIL: ADMIN.email,
    TICKETMINT_ADMIN_PASSWORD: ADMIN.password,
    ...env,
  };
  const log: string[] = [];
  let running = await startProcess({ PORT: '0', ...base }, log);
  const { port } = running;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    dataFolder,
    databaseFile: join(dataFolder, 'ticketmint.sqlite'),
    log,
    get pid() {
      return running.child.pid ?? 0;
    },
    kill: () => endProcess(running.child, 'SIGKILL').then(() => {}),
    async restart() {
      const startedAt = performance.now();
      running = await startProcess({ ...base, PORT: String(port) }, log);
      const response = await fetch(`http://127.0.0.1:${port}/readyz`);
      if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
      return performance.now() - startedAt;
    },
    stop: () => endProcess(running.child, 'SIGTERM'),
    async remove() {
      await endProcess(running.child, 'SIGKILL');
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

interface RunningProcess {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Resolves once it listens; its log says on which port. */
async function startProcess(env: Readonly<Record<string, string>>, log: string[]): Promise<RunningProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('exit', (code) =>
    reject(new Error(`the server ended with exit code ${code}: ${log.slice(-20).join('\n')}`)),
  );
  const timer = setTimeout(
    () => reject(new Error(`the server said nothing for ${START_TIMEOUT_MS} ms`)),
    START_TIMEOUT_MS,
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.push(line);
    const port = /"url":"https?:\/\/[^"]*:(\d+)"/.exec(line)?.[1];
    if (port !== undefined) resolve(Number(port));
  });
  try {
    return { child, port: await promise };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode ?? -1;
}

/** Signs in as the first administrator. @returns the `Cookie` header of later requests. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(ADMIN),
  });
  if (!response.ok) throw new Error(`signing in was answered ${response.status}: ${await response.text()}`);
  // The other one only makes the device known.
  const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('ticketmint='));
  return session?.split(';')[0] ?? '';
}
