import { afterEach, expect, test } from 'vitest';
import { json, openServer, PASSWORD, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
afterEach(() => fixture[Symbol.asyncDispose]());

const withoutAdmin = { TICKETMINT_ADMIN_EMAIL: '', TICKETMINT_ADMIN_PASSWORD: '' };
const FIRST = { name: 'Asha', email: 'Asha@Example.org', password: PASSWORD };
const state = () => json<{ needsSetup: boolean; httpsUrl: string | null }>(fixture.as(undefined, 'GET', '/api/setup'));
const complete = (body: unknown) => fixture.as(undefined, 'POST', '/api/setup', body);

test('without an administrator the console shows a link with 128 random bits in its fragment, good for one', async () => {
  fixture = await openServer({ ...withoutAdmin, PUBLIC_URL: 'https://tickets.example.org/' });
  await fixture.server.listen();
  const token = /https:\/\/tickets\.example\.org\/setup#([\w-]{22})"/.exec(fixture.log.join(''))?.[1] as string;
  expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  expect(await state()).toEqual({ needsSetup: true, httpsUrl: 'https://tickets.example.org' });
  expect(await problemOf(complete({ ...FIRST, token: 'A'.repeat(22) }))).toBe('403 setup-token-invalid');
  expect(await problemOf(complete({ ...FIRST, token, password: 'too short' }))).toBe('422 not-valid');
  const answers = await Promise.all([
    complete({ ...FIRST, token }),
    complete({ ...FIRST, email: 'b@example.org', token }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const made = answers.find(({ status }) => status === 200);
  expect(await made?.json()).toMatchObject({ role: 'admin' });
  const cookie = made?.headers.getSetCookie()[0]?.split(';')[0] as string;
  expect((await fixture.raw('/api/events', { headers: { Cookie: cookie } })).status).toBe(200);
  expect(await state()).toEqual({ needsSetup: false, httpsUrl: 'https://tickets.example.org' });
  expect(await problemOf(complete({ ...FIRST, token }))).toBe('409 setup-done');
});

test('over http at another address the link is refused', async () => {
  fixture = await openServer(withoutAdmin);
  const answer = fixture.server.app.request('http://192.168.1.7/api/setup', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...FIRST, token: fixture.server.services.setup.token }),
  });
  expect(await problemOf(answer)).toBe('403 insecure-transport');
});

test('with an administrator in the settings there is nothing to set up', async () => {
  fixture = await openServer();
  expect(await state()).toEqual({ needsSetup: false, httpsUrl: null });
  expect(await problemOf(complete({ ...FIRST, token: 'A'.repeat(22) }))).toBe('409 setup-done');
  await fixture.server.listen();
  expect(fixture.log.join('')).not.toContain('/setup#');
});

test('the settings make the first administrator only: a later start changes nothing', async () => {
  fixture = await openServer();
  await fixture.server.close();
  const { dataFolder } = fixture;
  const again = await openServer({ TICKETMINT_ADMIN_EMAIL: 'other@example.org' }, { dataFolder });
  const body = { email: 'other@example.org', password: PASSWORD };
  expect((await again.as(undefined, 'POST', '/api/auth/sign-in/email', body)).status).toBe(401);
  expect((await again.as('admin', 'GET', '/api/events')).status).toBe(200);
  await again[Symbol.asyncDispose]();
});
