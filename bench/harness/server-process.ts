import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ADMIN = { email: 'bench@example.org', password: 'correct horse battery' };
const DAY_MS = 86_400_000;
const START_MS = 20_000;

export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  close(): Promise<void>;
}

/**
 * Starts one of `bench/servers` as a process of its own, with a fresh data folder on disk.
 * @param pages the folder of the built bench page, which it serves.
 */
export async function startServer(name: 'ours' | 'json-rows', pages: string): Promise<ServerProcess> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'ticketmint-bench-'));
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../servers/${name}.ts`, import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      TICKETMINT_DATA: dataFolder,
      TICKETMINT_ADMIN_EMAIL: ADMIN.email,
      TICKETMINT_ADMIN_PASSWORD: ADMIN.password,
      BENCH_PAGES: pages,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const listening = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) listening.resolve(url);
  });
  child.once('exit', (code) => listening.reject(new Error(`the ${name} server ended with ${code}`)));
  const deadline = setTimeout(() => listening.reject(new Error(`the ${name} server did not start`)), START_MS);
  const close = async () => {
    clearTimeout(deadline);
    const exited = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await exited;
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    return { origin: await listening.promise, pid: child.pid as number, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** The administrator's session, and an event with one ticket type. */
export interface ServerAccess {
  readonly cookies: readonly { readonly name: string; readonly value: string; readonly url: string }[];
  readonly eventId: string;
}

export async function openEvent({ origin }: ServerProcess): Promise<ServerAccess> {
  const post = async (path: string, body: unknown, cookie = '') => {
    const headers = { 'Content-Type': 'application/json', Origin: origin, Cookie: cookie };
    const response = await fetch(`${origin}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} was answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const signedIn = await post('/auth/sign-in/email', ADMIN);
  const session = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  const startsAt = Date.now() + DAY_MS;
  const event = {
    name: 'Founders’ Day',
    place: 'Town hall',
    timeZone: 'Asia/Kolkata',
    startsAt,
    endsAt: startsAt + DAY_MS,
    currency: 'INR',
  };
  const { id: eventId } = (await (await post('/events', event, session.join('; '))).json()) as { id: string };
  const type = { name: 'General', priceMinor: 0, colour: 'blue', capacity: null, notBefore: null, notAfter: null };
  await post(`/events/${eventId}/types`, type, session.join('; '));
  const cookies = session.map((cookie) => {
    const at = cookie.indexOf('=');
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin };
  });
  return { cookies, eventId };
}
