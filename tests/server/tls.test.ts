import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as http1Request } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readCredentials } from '../../server/tls/credentials.ts';
import {
  type CertificateFiles,
  hasOpenssl,
  issueCertificate,
  lockKey,
  makeAuthority,
} from '../support/certificates.ts';
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts';
import { openServer, type ServerFixture } from './server-fixture.ts';

let folder: string;
let authority: CertificateFiles;
let pair: CertificateFiles;
let other: CertificateFiles;
let ca: Buffer;
beforeAll(() => {
  if (!hasOpenssl) return;
  folder = mkdtempSync(join(tmpdir(), 'ticketmint-tls-'));
  authority = makeAuthority(folder);
  pair = issueCertificate(authority, folder);
  other = issueCertificate(authority, folder, { name: 'renewed' });
  ca = readFileSync(authority.certFile);
});
afterAll(() => {
  if (hasOpenssl) rmSync(folder, { recursive: true });
});

const closing: (() => void | PromiseLike<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The real server in this process, listening with copies of a pair that the test may replace. */
async function listenSecurely(environment: Record<string, string> = {}) {
  const files = { certFile: join(folder, 'served.pem'), keyFile: join(folder, 'served.key') };
  replace(files, pair);
  const fixture = await openServer({ TLS_CERT_FILE: files.certFile, TLS_KEY_FILE: files.keyFile, ...environment });
  closing.push(() => fixture[Symbol.asyncDispose]());
  return { fixture, files, url: await fixture.server.listen() };
}

function replace({ certFile, keyFile }: CertificateFiles, by: CertificateFiles): void {
  copyFileSync(by.certFile, certFile);
  copyFileSync(by.keyFile, keyFile);
}

/** A connection that trusts the authority and nothing else. */
function http2(url: string): ClientHttp2Session {
  const session = connectHttp2(url, { ca });
  closing.push(() => session.destroy());
  return session;
}

/** GET, or POST with a JSON body. */
async function ask(session: ClientHttp2Session, path: string, sent?: string) {
  const post = { ':method': 'POST', 'content-type': 'application/json' };
  const stream = session.request({ ':path': path, ...(sent === undefined ? {} : post) });
  stream.end(sent);
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  stream.on('response', resolve).on('error', reject);
  session.once('error', reject);
  let body = '';
  const headers = await promise;
  for await (const data of stream.setEncoding('utf8')) body += data;
  return { headers, body };
}

async function servedSerial(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<PeerCertificate>();
  const { hostname, port } = new URL(url);
  const socket: TLSSocket = connect({ host: hostname, port: Number(port), ca }, () =>
    resolve(socket.getPeerCertificate()),
  );
  socket.on('error', reject);
  const { serialNumber } = await promise;
  socket.destroy();
  return serialNumber;
}

const settingsOf = (files: CertificateFiles) => ({ TLS_CERT_FILE: files.certFile, TLS_KEY_FILE: files.keyFile });
const [now, publicUrl] = [Date.now(), null];
const DAY_MS = 86_400_000;

describe.skipIf(!hasOpenssl)('certificate and key (skipped without openssl)', () => {
  test('that belong together are taken, and what browsers will mind is said', () => {
    expect(readCredentials(pair, { now, publicUrl }).warnings).toEqual([]);
    expect(readCredentials(pair, { now, publicUrl: 'https://127.0.0.1:8787' }).warnings).toEqual([]);
    expect(readCredentials(pair, { now, publicUrl: 'https://tickets.example.org' }).warnings).toEqual([
      'the certificate does not name the host of PUBLIC_URL',
    ]);
    expect(readCredentials(pair, { now: now + 20 * DAY_MS, publicUrl }).warnings).toEqual([
      expect.stringMatching(/^the certificate expires on \d{4}-\d\d-\d\d, in 9 days$/),
    ]);
    expect(readCredentials(authority, { now, publicUrl }).warnings).toEqual([
      expect.stringContaining('the certificate names no host'),
    ]);
  });

  test('that do not are refused, each with its reason', () => {
    const [noFile, noPem, locked] = [join(folder, 'none.pem'), join(folder, 'no.pem'), join(folder, 'locked.key')];
    writeFileSync(noPem, 'certificate');
    lockKey(pair, locked);
    const refusal = (files: Partial<CertificateFiles>, at = now) => {
      try {
        readCredentials({ ...pair, ...files }, { now: at, publicUrl });
      } catch (error) {
        return (error as Error).message.split('\n')[1]?.trim();
      }
      return undefined;
    };
    expect(refusal({ certFile: noFile })).toBe(`TLS_CERT_FILE: there is no file ${noFile}`);
    expect(refusal({ keyFile: folder })).toBe(`TLS_KEY_FILE: cannot read ${folder}`);
    expect(refusal({ certFile: noPem })).toMatch(/^TLS_CERT_FILE: expected certificates in PEM/);
    expect(refusal({ keyFile: noPem })).toMatch(/^TLS_KEY_FILE: expected a private key .* this is none$/);
    expect(refusal({ keyFile: locked })).toMatch(/^TLS_KEY_FILE: .* this one has a passphrase$/);
    expect(refusal({ keyFile: other.keyFile })).toMatch(/^TLS_KEY_FILE: .* this is another$/);
    expect(refusal({}, now + 31 * DAY_MS)).toMatch(/^TLS_CERT_FILE: the certificate expired on \d{4}-/);
    expect(refusal({}, now - 2 * DAY_MS)).toMatch(/^TLS_CERT_FILE: the certificate is valid only from \d{4}-/);
  });

  test('that do not keep the process from starting, which says why', async () => {
    const start = startTestServer(settingsOf({ ...pair, keyFile: other.keyFile }));
    await expect(start).rejects.toThrow(/Settings are wrong:\n {2}TLS_KEY_FILE: expected the key of/);
  });
});

describe.skipIf(!hasOpenssl)('over https (skipped without openssl)', () => {
  test('a client that trusts the authority speaks HTTP/2, and is told to stay with https for two years', async () => {
    const { url, fixture } = await listenSecurely();
    const { headers, body } = await ask(http2(url), '/healthz');
    expect(headers[':status']).toBe(200);
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    expect(JSON.parse(body)).toEqual({ status: 'ok' });
    const said = fixture.log.find((line) => line.includes('the certificate is valid'));
    expect(JSON.parse(said as string)).toMatchObject({ validTo: expect.stringMatching(/^\d{4}-/) });
    await expect(ask(connectHttp2(url), '/healthz')).rejects.toThrow('unable to verify');
  });

  test('HTTP/1.1 signs in, with a cookie that only https gets', async () => {
    const { url } = await listenSecurely();
    const { status, cookie } = await signIn(url);
    expect(status).toBe(200);
    expect(cookie).toMatch(/^__Host-ticketmint=[^;]+;.*Secure/);
  });

  test('who types http is sent to https', async () => {
    const { url } = await listenSecurely();
    const { promise, resolve, reject } = Promise.withResolvers<{ status: unknown; location: unknown }>();
    http1Request(`${url.replace('https:', 'http:')}/events?x=1`, (response) => {
      response.resume();
      resolve({ status: response.statusCode, location: response.headers.location });
    })
      .on('error', reject)
      .end();
    expect(await promise).toEqual({ status: 308, location: `${url}/events?x=1` });
  });

  test('a renewed certificate serves new connections, and those that are open go on', async () => {
    const { url, files, fixture } = await listenSecurely();
    const before = await servedSerial(url);
    const open = http2(url);
    await ask(open, '/healthz');
    // Halfway through a renewal: nothing changes, and it is said once.
    copyFileSync(other.certFile, files.certFile);
    fixture.server.renewCertificate();
    fixture.server.renewCertificate();
    expect(await servedSerial(url)).toBe(before);
    expect(warningsOf(fixture)).toHaveLength(1);
    replace(files, other);
    fixture.server.renewCertificate();
    expect(await servedSerial(url)).not.toBe(before);
    expect((await ask(open, '/healthz')).headers[':status']).toBe(200);
    rmSync(files.keyFile);
    fixture.server.renewCertificate();
    expect((await ask(http2(url), '/healthz')).headers[':status']).toBe(200);
    expect(warningsOf(fixture)).toHaveLength(2);
  });

  test('it closes with HTTP/2 connections open, and finishes what is under way', async () => {
    const { url, fixture } = await listenSecurely();
    const session = http2(url);
    const ended = new Promise((resolve) => session.once('close', resolve));
    await ask(session, '/healthz');
    const answer = ask(session, '/api/auth/sign-in/email', JSON.stringify(ADMIN));
    // Answered in order: once the ping is back, the request is under way.
    await new Promise((resolve) => session.ping(resolve));
    await fixture.server.close();
    expect((await answer).headers[':status']).toBe(200);
    await ended;
  });
});

test.skipIf(!hasOpenssl)('SIGHUP makes the process read a renewed certificate (skipped without openssl)', async () => {
  const files = { certFile: join(folder, 'process.pem'), keyFile: join(folder, 'process.key') };
  replace(files, pair);
  const server: TestServer = await startTestServer(settingsOf(files));
  closing.push(() => server.close());
  const before = await servedSerial(server.url);
  replace(files, other);
  process.kill(server.pid, 'SIGHUP');
  await expect.poll(() => server.log.some((line) => line.includes('the renewed certificate is used'))).toBe(true);
  expect(await servedSerial(server.url)).not.toBe(before);
});

function warningsOf({ log }: ServerFixture): string[] {
  return log.filter((line) => line.includes('the certificate stays as it was'));
}

async function signIn(url: string): Promise<{ status: unknown; cookie: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: unknown; cookie: string }>();
  const headers = { 'Content-Type': 'application/json', Connection: 'close' };
  request(`${url}/api/auth/sign-in/email`, { method: 'POST', ca, headers }, (response) => {
    response.resume();
    resolve({ status: response.statusCode, cookie: String(response.headers['set-cookie']) });
  })
    .on('error', reject)
    .end(JSON.stringify(ADMIN));
  return promise;
}
