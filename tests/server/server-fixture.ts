import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Problem } from '../../core/api/problem.ts';
import type { Role } from '../../core/api/session.ts';
import { type CreatedServer, createServer } from '../../server/server.ts';
import { parseSettings } from '../../server/settings.ts';
import { chunkRequest, type MintedBatch, type MintOptions, mintBatch } from '../support/minted-batch.ts';

export const PASSWORD = 'correct horse battery';
const ORIGIN = 'http://localhost';

export interface ServerFixture extends AsyncDisposable {
  readonly server: CreatedServer;
  readonly dataFolder: string;
  /** Every log line so far. */
  readonly log: readonly string[];
  /** A request as a page of this role would send it; `undefined`: nobody is signed in. */
  as(role: Role | undefined, method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Response>;
  /** Sends exactly this, to `http://localhost`. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** The session cookie of a role, for {@link raw}. */
  cookieOf(role: Role): Promise<string>;
  /** Makes an event with one ticket type. @returns its id */
  makeEvent(type?: { capacity?: number | null }): Promise<string>;
  /** Mints a batch and declares it. */
  declare(options: MintOptions): Promise<MintedBatch>;
  /** Uploads bytes as chunk `seq`. */
  put(
    batch: { eventId: string; id: string },
    seq: number,
    bytes: Uint8Array<ArrayBuffer>,
    gzip?: boolean,
  ): Promise<Response>;
}

/** The real server in process over a real data folder, with one user of each role. */
export async function openServer(
  environment: Record<string, string> = {},
  options: { staticFolder?: string; dataFolder?: string } = {},
): Promise<ServerFixture> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'ticketmint-'));
  const log: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(line.toString());
      done();
    },
  });
  const settings = parseSettings({
    PORT: '0',
    TICKETMINT_DATA: dataFolder,
    TICKETMINT_ADMIN_EMAIL: 'admin@example.org',
    TICKETMINT_ADMIN_PASSWORD: PASSWORD,
    ...environment,
  });
  const server = await createServer(settings, {
    log: pino({ level: 'trace', base: null }, sink),
    // Whether or not the application is built beside the tests makes no difference to them.
    staticFolder: options.staticFolder ?? join(dataFolder, 'no-application'),
  });
  const cookies = new Map<Role, Promise<string>>();
  const fixture: ServerFixture = {
    server,
    dataFolder,
    log,
    async as(role, method, path, body, extra) {
      const headers = new Headers(extra);
      if (role !== undefined) headers.set('Cookie', await fixture.cookieOf(role));
      headers.set('Sec-Fetch-Site', 'same-origin');
      if (body !== undefined) headers.set('Content-Type', 'application/json');
      return fixture.raw(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    },
    raw: async (path, init) => server.app.request(ORIGIN + path, init),
    cookieOf(role) {
      let cookie = cookies.get(role);
      if (cookie === undefined) {
        cookie = signInAs(fixture, role);
        cookies.set(role, cookie);
      }
      return cookie;
    },
    async makeEvent({ capacity = null } = {}) {
      const { id } = await json<{ id: string }>(fixture.as('admin', 'POST', '/api/events', EVENT), 201);
      await json(fixture.as('admin', 'POST', `/api/events/${id}/types`, { ...TYPE, capacity }), 201);
      return id;
    },
    async declare(mint) {
      const batch = await mintBatch(mint);
      await json(fixture.as('coordinator', 'PUT', batchPath(mint.eventId, batch.id), batch.manifest), 201);
      return batch;
    },
    async put({ eventId, id }, seq, bytes, gzip = false) {
      const { method, headers, body } = chunkRequest(bytes, { gzip });
      const session = { Cookie: await fixture.cookieOf('coordinator'), 'Sec-Fetch-Site': 'same-origin' };
      return fixture.raw(`${batchPath(eventId, id)}/chunks/${seq}`, {
        method,
        headers: { ...headers, ...session },
        body,
      });
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return fixture;
}

export const EVENT = {
  name: 'Diwali Night',
  place: 'Town Hall',
  timeZone: 'Asia/Kolkata',
  startsAt: 1_800_000_000_000,
  endsAt: 1_800_020_000_000,
  currency: 'INR',
};

export const TYPE = { name: 'General', priceMinor: 0, colour: 'blue', capacity: null, notBefore: null, notAfter: null };

export function batchPath(eventId: string, batchId: string): string {
  return `/api/events/${eventId}/batches/${batchId}`;
}

/** The answer's JSON. @throws when its status is another. */
export async function json<Body>(answer: Promise<Response> | Response, status = 200): Promise<Body> {
  const response = await answer;
  if (response.status !== status)
    throw new Error(`expected ${status}, got ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

/** Status and code of a refusal, as one line: `409 chunk-conflict`. */
export async function problemOf(answer: Promise<Response> | Response): Promise<string> {
  const response = await answer;
  const type = response.headers.get('Content-Type');
  if (type !== 'application/problem+json') throw new Error(`expected a problem, got ${response.status} ${type}`);
  const problem = (await response.json()) as Problem;
  if (problem.status !== response.status) throw new Error('the status in the body is another');
  return `${problem.status} ${problem.code}`;
}

async function signInAs(fixture: ServerFixture, role: Role): Promise<string> {
  const email = `${role}@example.org`;
  if (role !== 'admin')
    await fixture.server.services.auth
      .createUser({ name: `The ${role}`, email, password: PASSWORD, role })
      .catch(() => {});
  const response = await fixture.as(undefined, 'POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
  if (response.status !== 200) throw new Error(`signing in was answered ${response.status}`);
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('ticketmint='));
  return cookie?.split(';')[0] as string;
}
