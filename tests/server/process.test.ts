import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { chunkRequest, mintBatch } from '../support/minted-batch.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { EVENT, json, TYPE } from './server-fixture.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

function sendJson(on: TestServer, method: string, path: string, body: unknown): Promise<Response> {
  return on.fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function declare(on: TestServer, chunks: number) {
  const { id: eventId } = await json<{ id: string }>(sendJson(on, 'POST', '/api/events', EVENT), 201);
  await json(sendJson(on, 'POST', `/api/events/${eventId}/types`, TYPE), 201);
  const batch = await mintBatch({ eventId, count: chunks * 50, chunkSize: 50 });
  const path = `/api/events/${eventId}/batches/${batch.id}`;
  await json(sendJson(on, 'PUT', path, batch.manifest), 201);
  return { batch, path };
}

/** Uploads all chunks, eight at a time. @returns the seqs that were acknowledged before the server went away */
async function uploadUntilItEnds(on: TestServer, { batch, path }: Awaited<ReturnType<typeof declare>>) {
  const acknowledged: number[] = [];
  let next = 0;
  const send = async () => {
    while (next < batch.chunks) {
      const seq = next++;
      const answer = await on
        .fetch(`${path}/chunks/${seq}`, chunkRequest(await batch.chunk(seq)))
        .catch(() => undefined);
      if (answer === undefined) return;
      expect(answer.status).toBe(201);
      acknowledged.push(seq);
    }
  };
  return { acknowledged, done: Promise.all(Array.from({ length: 8 }, send)) };
}

function storedSeqs(on: TestServer): Set<number> {
  const database = new DatabaseSync(join(on.dataFolder, 'ticketmint.sqlite'), { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const seqs = database.prepare('SELECT seq FROM chunk').all();
  database.close();
  return new Set(seqs.map(({ seq }) => seq as number));
}

describe('the server process', () => {
  test('logs where it listens as JSON, on the port it was given by the system', async () => {
    server = await startTestServer();
    expect(new URL(server.url).port).not.toBe('0');
    const line = server.log.find((text) => text.includes('listening on'));
    expect(JSON.parse(line as string)).toMatchObject({ level: 30, url: server.url, msg: `listening on ${server.url}` });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('finishes at %s what it acknowledged, and ends with 0', async (signal) => {
    server = await startTestServer();
    const { acknowledged, done } = await uploadUntilItEnds(server, await declare(server, 200));
    while (acknowledged.length < 20) await sleep(5);
    const startedAt = performance.now();
    await server.kill(signal);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await done;
    expect(server.log.at(-1)).toContain('"msg":"closed"');
    // Closed in order, it leaves no write-ahead log behind.
    expect(readdirSync(server.dataFolder).sort()).toEqual(['search.sqlite', 'secret', 'ticketmint.sqlite']);
    const stored = storedSeqs(server);
    expect(acknowledged.filter((seq) => !stored.has(seq))).toEqual([]);
  });

  test('killed under load keeps all it acknowledged and is ready again within 3 seconds (D1)', async () => {
    server = await startTestServer();
    const load = await declare(server, 400);
    const { acknowledged, done } = await uploadUntilItEnds(server, load);
    while (acknowledged.length < 50) await sleep(5);
    await server.kill('SIGKILL');
    await done;
    const startedAt = performance.now();
    await server.restart();
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(process.env.CI === undefined ? 6_000 : 3_000);
    const stored = storedSeqs(server);
    expect(acknowledged.filter((seq) => !stored.has(seq))).toEqual([]);
    const detail = await json<{ stored: number }>(server.fetch(load.path));
    expect(detail.stored).toBe(stored.size * 50);
  });

  test('does not start on wrong settings, and says which', async () => {
    const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, PORT: 'x', LOG_LEVEL: 'loud' } });
    let said = '';
    child.stderr.on('data', (data) => {
      said += String(data);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(said).toMatch(/^Settings are wrong:\n {2}PORT: .+\n {2}LOG_LEVEL: .+\n$/);
  });

  test('does not start where the port is taken, and says so', async () => {
    server = await startTestServer();
    const second = startTestServer({ PORT: new URL(server.url).port });
    await expect(second).rejects.toThrow('EADDRINUSE');
  });
});

test('no secret and nothing personal stands in the log (S10)', async () => {
  const canary = 'canary7f3a';
  const password = `${canary}-password-long`;
  server = await startTestServer({
    LOG_LEVEL: 'trace',
    TICKETMINT_SECRET: `${canary}-secret-0123456789abcdef`,
    TICKETMINT_ADMIN_EMAIL: `${canary}@example.org`,
    TICKETMINT_ADMIN_PASSWORD: password,
  });
  const signInWith = (body: unknown) =>
    fetch(`${server?.url}/api/auth/sign-in/email?${canary}=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': canary, 'X-Forwarded-For': canary },
      body: JSON.stringify(body),
    });
  await signInWith({ email: `${canary}@example.org`, password: `${canary}-wrong` });
  await signInWith({ email: `not an address ${canary}`, password: 1 });
  const signedIn = await signInWith({ email: `${canary}@example.org`, password });
  const session = signedIn.headers.getSetCookie()[0]?.split(';')[0] as string;
  const headers = { Cookie: session, Origin: server.url, 'Content-Type': 'application/json' };
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${server?.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { id } = await json<{ id: string }>(
    send('POST', '/api/events', { ...EVENT, name: canary, place: canary }),
    201,
  );
  await send('POST', `/api/events/${id}/types`, { ...TYPE, name: canary });
  const fieldsOf = ({ count }: { count: number }) => ({ holder: new Array<string>(count).fill(canary) });
  const batch = await mintBatch({ eventId: id, count: 50, chunkSize: 50, fieldsOf });
  const path = `/api/events/${id}/batches/${batch.id}`;
  await json(send('PUT', path, batch.manifest), 201);
  const request = chunkRequest(await batch.chunk(0), { gzip: true });
  const stored = await fetch(`${server.url}${path}/chunks/0`, {
    ...request,
    headers: { ...headers, ...request.headers },
  });
  expect(stored.status).toBe(201);
  await send('POST', `${path}/corrections`, { serial: 1, column: 'holder', value: canary });
  await send('GET', `/api/events/${id}/tickets?q=${canary}`);
  await send('GET', `/api/${canary}`);
  await send('GET', `/${canary}?${canary}`);
  await send('POST', '/api/events', { name: canary, [canary]: canary });
  await fetch(`${server.url}/api/events`, { method: 'POST', headers, body: `{"${canary}` });
  await server.kill('SIGTERM');
  const log = server.log.join('\n');
  expect(server.log.length).toBeGreaterThan(10);
  expect(log).not.toContain(canary);
  expect(log).not.toContain(session.split('=')[1] as string);
});
