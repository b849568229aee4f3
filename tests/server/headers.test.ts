import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer, problemOf, type ServerFixture } from './server-fixture.ts';

const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' blob: data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

let fixture: ServerFixture;
let staticFolder: string;
let eventId: string;

beforeAll(async () => {
  staticFolder = mkdtempSync(join(tmpdir(), 'ticketmint-dist-'));
  mkdirSync(join(staticFolder, 'assets'));
  writeFileSync(join(staticFolder, 'index.html'), '<!doctype html><title>Ticketmint</title>');
  writeFileSync(join(staticFolder, 'assets/mint.worker-Ab12.js'), 'self.onmessage = () => {};');
  writeFileSync(join(staticFolder, 'assets/index-Cd34.js'), 'export {};');
  // What lies beside a file as its compressed form is sent as it is.
  writeFileSync(join(staticFolder, 'assets/index-Cd34.js.br'), 'brotli');
  writeFileSync(join(staticFolder, 'assets/index-Cd34.js.gz'), 'gzip');
  writeFileSync(join(staticFolder, 'sw.js'), 'self.skipWaiting();');
  writeFileSync(join(staticFolder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  fixture = await openServer({ TRUSTED_PROXIES: '127.0.0.1' }, { staticFolder });
  eventId = await fixture.makeEvent();
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  rmSync(staticFolder, { recursive: true, force: true });
});

function expectSecurityHeaders(headers: Headers): void {
  expect(headers.get('Content-Security-Policy')).toBe(POLICY);
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
}

const ANSWERS: readonly [string, string, number, string | null][] = [
  ['GET', '/', 200, 'no-cache'],
  ['GET', '/index.html', 200, 'no-cache'],
  ['GET', '/events/abc/batches', 200, 'no-cache'],
  ['HEAD', '/', 200, 'no-cache'],
  ['GET', '/favicon.svg', 200, 'no-cache'],
  ['GET', '/sw.js', 200, 'no-cache'],
  ['GET', '/assets/mint.worker-Ab12.js', 200, 'public, max-age=31536000, immutable'],
  ['GET', '/assets/index-Cd34.js', 200, 'public, max-age=31536000, immutable'],
  ['GET', '/assets/gone-0000.js', 404, null],
  ['GET', '/gone.js', 404, null],
  ['POST', '/', 404, null],
  ['GET', '/healthz', 200, null],
  ['GET', '/readyz', 200, null],
  ['GET', '/api', 404, 'no-store'],
  ['GET', '/api/nothing', 404, 'no-store'],
  ['PUT', '/api/me', 405, 'no-store'],
  ['GET', '/api/me', 200, 'no-store'],
  ['GET', '/api/events', 401, 'no-store'],
  ['GET', '/api/setup', 200, 'no-store'],
  ['GET', '/api/openapi.json', 200, 'no-store'],
  ['POST', '/api/auth/sign-in/email', 422, 'no-store'],
];

describe('every answer', () => {
  test.each(ANSWERS)('to %s %s (%i) has the security headers', async (method, path, status, caching) => {
    const response = await fixture.raw(path, { method, headers: { 'Sec-Fetch-Site': 'same-origin' } });
    expect(response.status).toBe(status);
    expectSecurityHeaders(response.headers);
    expect(response.headers.get('Cache-Control')).toBe(caching);
    expect(response.headers.has('Strict-Transport-Security')).toBe(false);
    if (status >= 400) await problemOf(response);
  });

  test.each(ANSWERS)('to %s %s (%i) on https demands https for two years', async (method, path) => {
    const response = await fixture.raw(path, { method, headers: { 'X-Forwarded-Proto': 'https' } });
    expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=63072000; includeSubDomains');
  });

  test('that is signed in has them, personal data never cached by others', async () => {
    for (const path of ['/api/me', '/api/events', `/api/events/${eventId}/tickets?q=asha`]) {
      const response = await fixture.as('coordinator', 'GET', path);
      expect(response.status).toBe(200);
      expectSecurityHeaders(response.headers);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    }
  });

  test('to what is no HTTP at all has them', async () => {
    const url = new URL(await fixture.server.listen());
    const socket = connect(Number(url.port), url.hostname);
    socket.end('MINT ME TICKETS\r\n\r\n');
    let answer = '';
    for await (const data of socket) answer += String(data);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`Content-Security-Policy: ${POLICY}`);
    expect(answer).toContain('"code":"not-valid"');
  });
});

test.each([
  ['br, gzip', 'br', 'brotli'],
  ['gzip', 'gzip', 'gzip'],
  ['', null, 'export {};'],
])('a browser that understands “%s” is sent the form %s', async (accepted, encoding, content) => {
  const response = await fixture.raw('/assets/index-Cd34.js', { headers: { 'Accept-Encoding': accepted } });
  expect(response.headers.get('Content-Encoding')).toBe(encoding);
  expect(response.headers.get('Content-Type')).toContain('text/javascript');
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  expect(await response.text()).toBe(content);
});

test('a wrong method is told which are right', async () => {
  const response = await fixture.as('admin', 'DELETE', '/api/events');
  expect(response.headers.get('Allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
});

test.each(['/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/..%5cpackage.json', '//etc/passwd'])(
  'nothing outside the built application is served at %s',
  async (path) => {
    const response = await fixture.raw(path);
    expect(await response.text()).not.toMatch(/"private"|root:/);
  },
);

test.each([
  ['{', 400, 'body'],
  ['[]', 422, 'body'],
  ['{"name": "A"}', 422, 'place'],
  [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 422, 'body'],
  ['{"__proto__": {"role": "admin"}, "name": 1}', 422, 'name'],
])('a body that is not valid is refused with its field (%#)', async (body, status, field) => {
  const cookie = await fixture.cookieOf('admin');
  const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };
  const response = await fixture.raw('/api/events', { method: 'POST', headers, body });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code: 'not-valid', field, reason: expect.any(String) });
});

test('a JSON body above 64 KiB is refused: 413', async () => {
  const answer = fixture.as('admin', 'POST', '/api/events', { name: 'x'.repeat(70_000) });
  expect(await problemOf(answer)).toBe('413 too-large');
});

test('a body of another media type is refused: 415', async () => {
  const headers = {
    Cookie: await fixture.cookieOf('admin'),
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'text/plain',
  };
  const answer = fixture.raw('/api/events', {
    method: 'POST',
    headers: { ...headers, 'Content-Length': '2' },
    body: '{}',
  });
  expect(await problemOf(answer)).toBe('415 unsupported-media-type');
});
