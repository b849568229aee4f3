import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SignInLimit } from '../../server/auth/sign-in-limit.ts';
import { json, openServer, PASSWORD, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
const open = async () => {
  fixture = await openServer({ TRUSTED_PROXIES: '127.0.0.1 10.1.0.0/16' });
};
const close = () => fixture[Symbol.asyncDispose]();

const ADMIN = { email: 'admin@example.org', password: PASSWORD };
const signIn = (body: unknown, headers: Record<string, string> = {}, origin = 'http://localhost') =>
  fixture.server.app.request(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const cookieNamed = (response: Response, name: string) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));

describe('signing in', () => {
  beforeAll(open);
  afterAll(close);

  test('the secret is made in the data folder, for nobody else to read', () => {
    expect(statSync(join(fixture.dataFolder, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('gives a session whose cookie no script can read and no other site can send', async () => {
    const response = await signIn(ADMIN);
    expect(await response.json()).toEqual({ id: expect.any(String), name: 'admin', email: ADMIN.email, role: 'admin' });
    const cookie = cookieNamed(response, 'ticketmint');
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).toContain('Max-Age=86400');
  });

  test('on https gives a Secure cookie with the __Host- prefix', async () => {
    const response = await signIn(ADMIN, { 'X-Forwarded-Proto': 'https' }, 'http://tickets.example.org');
    expect(response.status).toBe(200);
    for (const name of ['__Host-ticketmint', '__Host-ticketmint-device']) {
      expect(cookieNamed(response, name)).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
      expect(cookieNamed(response, name)).not.toContain('Domain');
    }
  });

  test.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'at %s works without https',
    async (origin) => {
      expect((await signIn(ADMIN, {}, origin)).status).toBe(200);
    },
  );

  test.each(['http://tickets.example.org', 'http://192.168.1.7:8787', 'http://localhost.example.org'])(
    'at %s is refused, and says what to do',
    async (origin) => {
      const response = await signIn(ADMIN, {}, origin);
      expect(response.headers.getSetCookie()).toEqual([]);
      const problem = await json<{ code: string; detail: string }>(response, 403);
      expect(problem.code).toBe('insecure-transport');
      expect(problem.detail).toContain('TRUSTED_PROXIES');
    },
  );

  test('with a wrong password or an unknown e-mail is refused in the same words', async () => {
    const wrong = await signIn({ ...ADMIN, password: 'wrong' });
    const unknown = await signIn({ email: 'nobody@example.org', password: 'wrong' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test('cannot choose a role, and nobody can sign up', async () => {
    const response = await signIn({ ...ADMIN, role: 'gate' });
    expect(await response.json()).toMatchObject({ role: 'admin' });
    const signUp = await fixture.as(undefined, 'POST', '/api/auth/sign-up/email', {
      ...ADMIN,
      email: 'x@example.org',
      name: 'x',
    });
    expect(await problemOf(signUp)).toBe('404 not-found');
  });
});

describe('a session', () => {
  beforeAll(open);
  afterAll(close);
  afterEach(() => vi.useRealTimers());

  const ask = (cookie: string, path = '/api/events') => fixture.raw(path, { headers: { Cookie: cookie } });
  const sessionOf = async () => cookieNamed(await signIn(ADMIN), 'ticketmint')?.split(';')[0] as string;

  test('ends at once when signed out', async () => {
    const cookie = await sessionOf();
    expect((await ask(cookie)).status).toBe(200);
    const out = await fixture.raw('/api/auth/sign-out', {
      method: 'POST',
      headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().join()).toContain('ticketmint=; Max-Age=0');
    expect((await ask(cookie)).status).toBe(401);
    const nobody = await ask(cookie, '/api/me');
    expect([nobody.status, await nobody.json()]).toEqual([200, null]);
  });

  test('is not what a client makes up, nor one whose cookie was altered', async () => {
    const cookie = await sessionOf();
    expect((await ask('ticketmint=made.up')).status).toBe(401);
    expect((await ask(`${cookie.slice(0, -3)}AAA`)).status).toBe(401);
    // The cookie of http does not open a session on https.
    const onHttps = await fixture.raw('/api/events', { headers: { Cookie: cookie, 'X-Forwarded-Proto': 'https' } });
    expect(onHttps.status).toBe(401);
  });

  test('has the role of this moment', async () => {
    const cookie = await sessionOf();
    const { db } = fixture.server.services.store.auth;
    await sql`UPDATE user SET role = 'gate'`.execute(db);
    expect(await (await ask(cookie, '/api/me')).json()).toMatchObject({ role: 'gate' });
    expect((await fixture.raw('/api/audit', { headers: { Cookie: cookie } })).status).toBe(403);
    await sql`UPDATE user SET role = 'admin'`.execute(db);
  });

  test('ends 24 hours after the last request', async () => {
    const cookie = await sessionOf();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    vi.setSystemTime(Date.now() + 20 * 3_600_000);
    const kept = await ask(cookie);
    expect(kept.status).toBe(200);
    expect(cookieNamed(kept, 'ticketmint')).toContain('Max-Age=86400');
    vi.setSystemTime(Date.now() + 20 * 3_600_000);
    expect((await ask(cookie)).status).toBe(200);
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    expect((await ask(cookie)).status).toBe(401);
  });

  test('ends 7 days after signing in, however busy', async () => {
    const cookie = await sessionOf();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    for (let hours = 0; hours < 7 * 24; hours += 12) {
      expect((await ask(cookie)).status).toBe(200);
      vi.setSystemTime(Date.now() + 12 * 3_600_000);
    }
    vi.setSystemTime(Date.now() + 3_600_000);
    expect((await ask(cookie)).status).toBe(401);
    expect((await ask(cookie)).status).toBe(401);
  });
});

describe('guessing passwords (S7)', () => {
  // Each from a clean slate.
  beforeEach(open);
  afterEach(close);

  const guess = (address: string, email = ADMIN.email, headers: Record<string, string> = {}) =>
    signIn({ email, password: 'a guess' }, { 'X-Forwarded-For': address, ...headers });

  test('ends after 10 tries at an account, from however many addresses; the owner on a known device gets in', async () => {
    const known = cookieNamed(await signIn(ADMIN), 'ticketmint-device')?.split(';')[0] as string;
    for (let tries = 0; tries < 10; tries++) expect((await guess(`203.0.113.${tries}`)).status).toBe(401);
    const refused = await guess('203.0.113.99', 'ADMIN@example.org');
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(14 * 60);
    expect(await problemOf(refused)).toBe('429 rate-limited');
    const stranger = { 'X-Forwarded-For': '198.51.100.7' };
    expect((await signIn(ADMIN, stranger)).status).toBe(429);
    expect((await signIn(ADMIN, { ...stranger, Cookie: known })).status).toBe(200);
    // Nor does a made-up device get tries of its own.
    expect((await signIn(ADMIN, { ...stranger, Cookie: 'ticketmint-device=made.up' })).status).toBe(429);
  });

  test('ends after 10 tries from an address, at however many accounts', async () => {
    for (let tries = 0; tries < 10; tries++)
      expect((await guess('203.0.113.1', `user${tries}@example.org`)).status).toBe(401);
    expect((await guess('203.0.113.1', 'another@example.org')).status).toBe(429);
    expect((await guess('203.0.113.2', 'another@example.org')).status).toBe(401);
  });

  test('counts a /64 of IPv6 as one address', async () => {
    for (let tries = 0; tries < 10; tries++) await guess(`2001:db8::${tries}`, `user${tries}@example.org`);
    expect((await guess('2001:db8::ffff:1', 'another@example.org')).status).toBe(429);
    expect((await guess('2001:db8:0:1::1', 'another@example.org')).status).toBe(401);
  });

  test('is not helped by headers that the client made up', async () => {
    for (let tries = 0; tries < 10; tries++)
      await guess(`192.0.2.${tries}, 203.0.113.1, 10.1.2.3`, `user${tries}@example.org`);
    expect((await guess('192.0.2.99, 203.0.113.1, 10.1.2.3', 'another@example.org')).status).toBe(429);
  });

  test('does not count those who get in', async () => {
    for (let tries = 0; tries < 15; tries++) expect((await signIn(ADMIN)).status).toBe(200);
  });

  test('of many at once lets 10 through', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => guess('203.0.113.1')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });
});

test('the limit slides: the eleventh try may come when the first is 15 minutes old', () => {
  let now = 0;
  const limit = new SignInLimit(() => now);
  for (let tries = 0; tries < 10; tries++) {
    now = tries * 1_000;
    expect(limit.take(['key'])).toBeUndefined();
  }
  expect(limit.take(['key'])).toBe(900 - 9);
  now = 900_000;
  expect(limit.take(['key'])).toBeUndefined();
  expect(limit.take(['key'])).toBe(1);
});
