import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENT, openServer, PASSWORD, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
beforeAll(async () => {
  fixture = await openServer({ PUBLIC_URL: 'https://tickets.example.org' });
});
afterAll(() => fixture[Symbol.asyncDispose]());

const METHODS = [
  ['POST', 'application/json', JSON.stringify(EVENT)],
  ['POST', 'text/plain', JSON.stringify(EVENT)],
  ['POST', undefined, JSON.stringify(EVENT)],
  ['POST', 'application/x-www-form-urlencoded', 'name=A'],
  ['POST', 'multipart/form-data; boundary=x', '--x--'],
  ['PUT', 'application/json', '{}'],
  ['PATCH', 'application/json', '{}'],
  ['DELETE', undefined, undefined],
] as const;

const FOREIGN: readonly [string, Record<string, string>][] = [
  ['cross-site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
  ['same-site', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.localhost' }],
  ['typed in', { 'Sec-Fetch-Site': 'none' }],
  ['another origin, no metadata', { Origin: 'https://evil.example' }],
  ['a null origin', { Origin: 'null' }],
  ['another scheme', { Origin: 'https://localhost' }],
  ['another port', { Origin: 'http://localhost:8080' }],
  ['no headers', {}],
];

describe('an unsafe request with the session cookie', () => {
  for (const [method, type, body] of METHODS)
    test.each(FOREIGN)(`${method} ${type} from %s is refused`, async (_name, headers) => {
      const answer = fixture.raw('/api/events', {
        method,
        headers: {
          Cookie: await fixture.cookieOf('admin'),
          ...headers,
          ...(type === undefined ? {} : { 'Content-Type': type }),
        },
        ...(body === undefined ? {} : { body }),
      });
      expect(await problemOf(answer)).toBe('403 cross-site');
    });

  test.each([
    ['same-origin metadata', { 'Sec-Fetch-Site': 'same-origin' }],
    ['its own origin', { Origin: 'http://localhost' }],
    ['the public origin', { Origin: 'https://tickets.example.org' }],
  ])('with %s is let through', async (_name, headers) => {
    const response = await fixture.raw('/api/events', {
      method: 'POST',
      headers: {
        Cookie: await fixture.cookieOf('admin'),
        'Content-Type': 'application/json',
        ...headers,
      } as HeadersInit,
      body: JSON.stringify(EVENT),
    });
    expect(response.status).toBe(201);
  });
});

test('a safe request is let through from anywhere', async () => {
  const headers = { Cookie: await fixture.cookieOf('coordinator'), 'Sec-Fetch-Site': 'cross-site' };
  expect((await fixture.raw('/api/events', { headers })).status).toBe(200);
});

describe('signing in', () => {
  const signIn = (headers: Record<string, string>) =>
    fixture.raw('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ email: 'admin@example.org', password: PASSWORD }),
    });

  test('from another site is refused: nobody is signed in as somebody else unawares', async () => {
    expect(await problemOf(signIn({ 'Sec-Fetch-Site': 'cross-site' }))).toBe('403 cross-site');
    expect(await problemOf(signIn({ Origin: 'https://evil.example' }))).toBe('403 cross-site');
  });

  test('from a program that is no browser is let through', async () => {
    expect((await signIn({})).status).toBe(200);
  });
});
