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

/** Who signs in. */
type Person = Exclude<Role, 'gate'>;

export const PASSWORD = 'correct horse battery';
const ORIGIN = 'http://localhost';

export interface ServerFixture extends AsyncDisposable {
  readonly server: CreatedServer;
  readonly dataFolder: string;
  /** Every log line so far. */
  readonly log: readonly string[];
  /** A request as a page of this person would send it; `undefined`: nobody is signed in. */
  as(role: Person | undefined, method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Response>;
  /** Sends exactly this, to `http://localhost`. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** The session cookie of a person, for {@link raw}. */
  cookieOf(role: Person): Promise<string>;
  /** A request as a page of a device would send it; `cookie`: from {@link pairDevice}. */
  asDevice(cookie: string, method: string, path: string, body?: unknown): Promise<Response>;
  /** Pairs a device with a new gate of the event. @returns its cookie */
  pairDevice(eventId: string): Promise<string>;
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
  const cookies = new Map<Person, Promise<string>>();
  const fixture: ServerFixture = {
    server,
    dataFolder,
    log,
    async as(role, method, path, body, extra) {
      const headers = new Headers(extra);
      if (role !== undefined) headers.set('Cookie', await fixture.cookieOf(role));
      return fixture.raw(path, pageRequest(method, headers, body));
    },
    asDevice: (cookie, method, path, body) =>
      fixture.raw(path, pageRequest(method, new Headers({ Cookie: cookie }), body)),
    pairDevice: (eventId) => pairDevice(fixture, eventId),
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

function pageRequest(method: string, headers: Headers, body: unknown): RequestInit {
  headers.set('Sec-Fetch-Site', 'same-origin');
  if (body === undefined) return { method, headers };
  headers.set('Content-Type', 'application/json');
  return { method, headers, body: JSON.stringify(body) };
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

async function signInAs(fixture: ServerFixture, role: Person): Promise<string> {
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

export const GATE = { name: 'Main door', types: null, direction: 'both', reentry: false, capacity: null, undo: true };

async function pairDevice(fixture: ServerFixture, eventId: string): Promise<string> {
  const event = `/api/events/${eventId}`;
  const gate = await json<{ id: string }>(fixture.as('admin', 'POST', `${event}/gates`, GATE), 201);
  const opened = fixture.as('admin', 'POST', `${event}/gates/${gate.id}/pairings`);
  const { id, code } = await json<{ id: string; code: string }>(opened, 201);
  const claim = { code, name: 'Tablet 1', nonce: '0'.repeat(32) };
  const claimed = await fixture.as(undefined, 'POST', '/api/gate/pairing', claim);
  const { digits } = await json<{ digits: string }>(claimed.clone(), 201);
  await json(fixture.as('admin', 'POST', `${event}/pairings/${id}/confirmation`, { digits }));
  const fetched = await fixture.asDevice(cookieFrom(claimed, 'pairing'), 'POST', '/api/gate/session');
  return cookieFrom(fetched, 'gate');
}

/** `name=value` of the cookie that an answer sets for devices. */
export function cookieFrom(answer: Response, name: 'gate' | 'pairing'): string {
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`ticketmint-${name}=`));
  if (cookie === undefined) throw new Error(`expected a cookie ${name}, got ${answer.status}`);
  return cookie.split(';')[0] as string;
}
