import { createRoute } from '@hono/zod-openapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../core/api/session.ts';
import { createApp } from '../../server/app.ts';
import { type AccessRule, accessRules } from '../../server/http/access.ts';
import { openServer, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;
let device: string;
beforeAll(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent();
  device = await fixture.pairDevice(eventId);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const CALLERS: readonly (Role | undefined)[] = [undefined, 'gate', 'coordinator', 'admin'];
/** For anybody, whether or not the route looks who it is. */
const PUBLIC = new Set(['public', 'recognised']);
const READS = new Set(['GET', 'HEAD']);
const ENDS_SESSION = new Set(['POST /api/auth/sign-out', 'DELETE /api/gate/session']);

/** What each role may call: written down apart from the routes, so that a change there has to be made here too. */
const ALLOWED: Record<string, string> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/setup': 'public',
  'POST /api/setup': 'public',
  'POST /api/auth/sign-in/email': 'public',
  'POST /api/auth/sign-out': 'public',
  'POST /api/auth/clear-device': 'public',
  'GET /api/me': 'recognised',
  'GET /api/events': 'coordinator admin',
  'POST /api/events': 'admin',
  'GET /api/events/:event': 'gate coordinator admin',
  'PATCH /api/events/:event': 'admin',
  'DELETE /api/events/:event': 'admin',
  'GET /api/events/:event/summary': 'coordinator admin',
  'GET /api/events/:event/types': 'gate coordinator admin',
  'POST /api/events/:event/types': 'admin',
  'PATCH /api/events/:event/types/:index': 'admin',
  'GET /api/events/:event/batches': 'coordinator admin',
  'PUT /api/events/:event/batches/:batch': 'coordinator admin',
  'GET /api/events/:event/batches/:batch': 'coordinator admin',
  'POST /api/events/:event/batches/:batch/seal': 'coordinator admin',
  'PUT /api/events/:event/batches/:batch/approval': 'admin',
  'DELETE /api/events/:event/batches/:batch/approval': 'admin',
  'PUT /api/events/:event/batches/:batch/chunks/:seq': 'coordinator admin',
  'GET /api/events/:event/batches/:batch/chunks/:seq': 'coordinator admin',
  'GET /api/events/:event/batches/:batch/corrections': 'coordinator admin',
  'POST /api/events/:event/batches/:batch/corrections': 'coordinator admin',
  'GET /api/events/:event/tickets': 'coordinator admin',
  'GET /api/events/:event/revocations': 'coordinator admin',
  'POST /api/events/:event/revocations': 'coordinator admin',
  'DELETE /api/events/:event/revocations/:id': 'coordinator admin',
  'GET /api/events/:event/export-templates': 'coordinator admin',
  'PUT /api/events/:event/export-templates/:template': 'coordinator admin',
  'DELETE /api/events/:event/export-templates/:template': 'coordinator admin',
  'GET /api/events/:event/gates': 'coordinator admin',
  'POST /api/events/:event/gates': 'coordinator admin',
  'PATCH /api/events/:event/gates/:gate': 'coordinator admin',
  'GET /api/events/:event/gate-devices': 'coordinator admin',
  'PATCH /api/events/:event/gate-devices/:device': 'coordinator admin',
  'DELETE /api/events/:event/gate-devices/:device': 'coordinator admin',
  'POST /api/events/:event/gates/:gate/pairings': 'admin',
  'GET /api/events/:event/pairings/:pairing': 'admin',
  'POST /api/events/:event/pairings/:pairing/confirmation': 'admin',
  'DELETE /api/events/:event/pairings/:pairing': 'admin',
  'POST /api/gate/pairing': 'public',
  'GET /api/gate/pairing': 'public',
  'GET /api/gate/session': 'public',
  'POST /api/gate/session': 'public',
  'DELETE /api/gate/session': 'public',
  'PUT /api/gate/session/status': 'gate',
  'GET /api/events/:event/admission-rules': 'gate coordinator admin',
  'PUT /api/events/:event/admission-rules': 'admin',
  'GET /api/events/:event/gate-sync': 'gate coordinator admin',
  'GET /api/events/:event/gate-packs/codes': 'gate',
  'GET /api/events/:event/gate-packs/names': 'gate',
  'POST /api/events/:event/ticket-codes': 'gate',
  'GET /api/events/:event/scans': 'coordinator admin',
  'GET /api/events/:event/scan-totals': 'coordinator admin',
  'POST /api/events/:event/scans': 'gate coordinator admin',
  'POST /api/events/:event/scans/claim': 'gate',
  'GET /api/events/:event/scan-conflicts': 'gate coordinator admin',
  'GET /api/events/:event/admissions': 'gate coordinator admin',
  'GET /api/audit': 'admin',
  'GET /api/audit/verification': 'admin',
};

function pathOf({ path }: AccessRule, event: string): string {
  return path
    .replace(':event', event)
    .replace(':batch', 'abcdef012345')
    .replace(/:(?:template|gate|device|pairing)/, 'abcdef012345')
    .replace(/:(?:seq|index|id)/, '1');
}

function callAs(caller: Role | undefined, method: string, path: string, body?: unknown): Promise<Response> {
  return caller === 'gate' ? fixture.asDevice(device, method, path, body) : fixture.as(caller, method, path, body);
}

/** `allowed` when the route's own code ran, whatever it then said. */
async function verdictOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  if (response.status !== 401 && response.status !== 403) return 'allowed';
  const code = await problemOf(response);
  return code === '401 not-signed-in' || code === '403 forbidden' ? code : 'allowed';
}

describe('the role matrix', () => {
  test('every route has a rule, and every rule is written down here', () => {
    const rules = accessRules(fixture.server.app);
    expect(rules.filter(({ access }) => access === undefined)).toEqual([]);
    expect(rules.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(ALLOWED).sort());
    const described = new Set(rules.map(({ method, path }) => `${method} ${path}`));
    const registered = fixture.server.app.routes.filter(({ method }) => method !== 'ALL');
    expect(registered.filter(({ method, path }) => !described.has(`${method} ${path}`))).toEqual([]);
  });

  test.each(Object.entries(ALLOWED))('%s is for %s', async (route, allowed) => {
    const rule = accessRules(fixture.server.app).find(
      ({ method, path }) => `${method} ${path}` === route,
    ) as AccessRule;
    for (const caller of CALLERS)
      for (const event of [eventId, '000000000000']) {
        if (ENDS_SESSION.has(route)) continue;
        const body = READS.has(rule.method) || rule.method === 'DELETE' ? undefined : {};
        const path = route.startsWith('GET /api/events/:event/tickets') ? '?q=a' : '';
        const verdict = await verdictOf(callAs(caller, rule.method, pathOf(rule, event) + path, body));
        // A device's own event is the first one.
        const isElsewhere = caller === 'gate' && event !== eventId && rule.path.includes(':event');
        const isNamed = caller !== undefined && allowed.split(' ').includes(caller);
        const isAllowed = PUBLIC.has(allowed) || (isNamed && !isElsewhere);
        expect(`${caller}: ${verdict}`).toBe(
          `${caller}: ${isAllowed ? 'allowed' : caller === undefined ? '401 not-signed-in' : '403 forbidden'}`,
        );
      }
  });

  test("a device gets to its own event by no other spelling of another's address", async () => {
    const other = await fixture.makeEvent();
    expect((await fixture.asDevice(device, 'GET', `/api/events/${eventId}`)).status).toBe(200);
    for (const path of [`/api/events/${other}`, `/api/events/%${other.charCodeAt(0).toString(16)}${other.slice(1)}`])
      expect(await problemOf(fixture.asDevice(device, 'GET', path))).toBe('403 forbidden');
  });

  test('a route without a rule lets nobody in', async () => {
    const app = createApp(fixture.server.services);
    const noRule = createRoute({ method: 'get', path: '/api/new', responses: { 200: { description: 'x' } } });
    app.openapi(noRule, (c) => c.text('let in'));
    app.get('/api/newer', (c) => c.text('let in'));
    for (const path of ['/api/new', '/api/newer']) {
      const cookie = await fixture.cookieOf('admin');
      const answer = await app.request(`http://localhost${path}`, { headers: { Cookie: cookie } });
      expect(await problemOf(answer)).toBe('403 forbidden');
    }
  });

  test.each([
    '//api/audit',
    '/api//audit',
    '/api/audit/',
    '/API/audit',
    '/api/%61udit',
    '/api/audit%2f',
    '/api/./audit',
    '/x/../api/audit',
    '/api;/audit',
    '/api%5caudit',
  ])('no other spelling of an address gets around its rule: %s', async (path) => {
    const response = await fixture.asDevice(device, 'GET', path);
    expect(await response.text()).not.toContain('"hash"');
    expect([403, 404]).toContain(response.status);
  });

  test("none of better-auth's own routes is reachable", async () => {
    for (const path of [
      'sign-up/email',
      'get-session',
      'update-user',
      'change-password',
      'delete-user',
      'list-sessions',
      'ok',
      'request-password-reset',
    ])
      for (const method of ['GET', 'POST'])
        expect(
          (await fixture.as('admin', method, `/api/auth/${path}`, method === 'POST' ? {} : undefined)).status,
        ).toBe(404);
  });
});

test('the description is OpenAPI 3.1 and names every route with its access', async () => {
  const response = await fixture.raw('/api/openapi.json');
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { 'x-access'?: unknown }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(Object.keys(ALLOWED).length);
  for (const operation of operations) expect(operation['x-access']).toBeDefined();
});
