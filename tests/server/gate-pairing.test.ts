import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type {
  ClaimedPairing,
  Gate,
  GateDevice,
  GateSession,
  OpenedPairing,
  Pairing,
} from '../../core/api/gate-device.ts';
import { cookieFrom, EVENT, GATE, json, openServer, problemOf, type ServerFixture } from './server-fixture.ts';

const DAY_MS = 86_400_000;
const NONCE = '5'.repeat(32);

let fixture: ServerFixture;
let event: string;
let gate: Gate;
/** Each test is a client of its own: tries are counted by address. */
let address = 0;
const dataFolder = mkdtempSync(join(tmpdir(), 'ticketmint-'));
const start = () => openServer({ TRUSTED_PROXIES: '127.0.0.1' }, { dataFolder });

beforeAll(async () => {
  fixture = await start();
});
beforeEach(async () => {
  address++;
  event = `/api/events/${await fixture.makeEvent()}`;
  gate = await json<Gate>(fixture.as('admin', 'POST', `${event}/gates`, GATE), 201);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  rmSync(dataFolder, { recursive: true, force: true });
});

const open = () => json<OpenedPairing>(fixture.as('admin', 'POST', `${event}/gates/${gate.id}/pairings`), 201);
const claim = (code: string, name = 'Tablet 3', nonce = NONCE) =>
  fixture.as(undefined, 'POST', '/api/gate/pairing', { code, name, nonce }, { 'X-Forwarded-For': `10.0.0.${address}` });
const pairingOf = ({ id }: OpenedPairing) => fixture.as('admin', 'GET', `${event}/pairings/${id}`);
const confirm = ({ id }: OpenedPairing, digits: string) =>
  fixture.as('admin', 'POST', `${event}/pairings/${id}/confirmation`, { digits });
const refuse = ({ id }: OpenedPairing) => fixture.as('admin', 'DELETE', `${event}/pairings/${id}`);
const waitFor = (cookie: string) => json<ClaimedPairing | null>(fixture.asDevice(cookie, 'GET', '/api/gate/pairing'));
const fetchSession = (cookie: string) => fixture.asDevice(cookie, 'POST', '/api/gate/session');
const stateOf = async (cookie: string) =>
  (await json<{ state: string }>(fixture.asDevice(cookie, 'GET', '/api/gate/session'))).state;
const devices = () => json<GateDevice[]>(fixture.as('coordinator', 'GET', `${event}/gate-devices`));
const audit = async () =>
  (await json<{ action: string }[]>(fixture.as('admin', 'GET', '/api/audit'))).map((l) => l.action);

/** As far as the device that waits. */
async function claimed() {
  const opened = await open();
  const answer = await claim(opened.code);
  return { opened, waiting: cookieFrom(answer, 'pairing'), shown: await json<ClaimedPairing>(answer, 201) };
}

async function paired(): Promise<string> {
  const { opened, waiting, shown } = await claimed();
  await json(confirm(opened, shown.digits));
  return cookieFrom(await fetchSession(waiting), 'gate');
}

/** Moves the clock; requests go on as usual. */
function passTime(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

describe('pairing', () => {
  test('goes from the code over the digits, the same on both screens, to a session', async () => {
    const opened = await open();
    expect(opened).toMatchObject({ code: expect.stringMatching(/^[A-Z2-7]{26}$/), secondsLeft: 300 });
    expect(await json<Pairing>(pairingOf(opened))).toMatchObject({ device: null });
    const answer = await claim(opened.code);
    const waiting = cookieFrom(answer, 'pairing');
    const shown = await json<ClaimedPairing>(answer, 201);
    expect(shown).toMatchObject({ state: 'waiting', gateName: 'Main door', eventName: EVENT.name });
    const seen = await json<Pairing>(pairingOf(opened));
    expect(seen.device).toEqual({ name: 'Tablet 3', digits: shown.digits });
    expect(await waitFor(waiting)).toMatchObject({ state: 'waiting', digits: shown.digits });
    expect(await problemOf(fetchSession(waiting))).toBe('410 pairing-over');
    const device = await json<GateDevice>(confirm(opened, shown.digits));
    expect(device).toMatchObject({ name: 'Tablet 3', gateId: gate.id, lastContactAt: null, revokedAt: null });
    expect((await waitFor(waiting))?.state).toBe('confirmed');
    const fetched = await fetchSession(waiting);
    const cookie = cookieFrom(fetched, 'gate');
    const session = await json<GateSession>(fetched);
    expect(session).toMatchObject({ device: { id: device.id }, gate: { id: gate.id }, event: { name: EVENT.name } });
    expect(await stateOf(cookie)).toBe('paired');
    expect((await devices())[0]?.lastContactAt).toEqual(expect.any(Number));
    // The code and what was waited with are good for nothing any more.
    expect(await problemOf(fetchSession(waiting))).toBe('410 pairing-over');
    expect(await problemOf(claim(opened.code))).toBe('410 pairing-over');
  });

  test('leaves a line for every act in the audit log, without codes and names', async () => {
    const cookie = await paired();
    await fixture.asDevice(cookie, 'DELETE', '/api/gate/session');
    expect((await audit()).slice(0, 4)).toEqual([
      'gate-device.revoke',
      'gate-device.pair',
      'gate-pairing.open',
      'gate.create',
    ]);
    expect(await (await fixture.as('admin', 'GET', '/api/audit')).text()).not.toMatch(/Tablet|Main door|[A-Z2-7]{26}/);
  });

  test('keeps no code and no secret where it could be read: not in the log, not in the database', async () => {
    const { opened, waiting } = await claimed();
    const cookie = await paired();
    const files = readdirSync(dataFolder).map((name) => readFileSync(join(dataFolder, name), 'latin1'));
    for (const secret of [opened.code, ...[waiting, cookie].map((line) => line.split('.')[1] as string)]) {
      expect(fixture.log.join('')).not.toContain(secret);
      expect(files.some((content) => content.includes(secret))).toBe(false);
    }
  });

  test('sends cookies that no script reads and no other site sends, for as long as the session is valid', async () => {
    const { opened, waiting, shown } = await claimed();
    await json(confirm(opened, shown.digits));
    const line = (await fetchSession(waiting)).headers
      .getSetCookie()
      .find((text) => text.startsWith('ticketmint-gate='));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const [, maxAge] = /Max-Age=(\d+)/.exec(line ?? '') ?? [];
    const untilMs = Math.min(400 * DAY_MS, EVENT.endsAt + 7 * DAY_MS - Date.now());
    expect(Math.abs(Number(maxAge) * 1_000 - untilMs)).toBeLessThan(60_000);
  });

  test('over plain http elsewhere than on the machine itself is refused', async () => {
    const { code } = await open();
    const headers = { 'Content-Type': 'application/json', Host: 'tickets.example' };
    const body = JSON.stringify({ code, name: 'Tablet', nonce: NONCE });
    const url = 'http://tickets.example/api/gate/pairing';
    const answer = fixture.server.app.request(url, { method: 'POST', headers, body });
    expect(await problemOf(answer)).toBe('403 insecure-transport');
  });
});

describe('a pairing code', () => {
  test('is used by one device: of ten at once one gets it', async () => {
    const { code } = await open();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => claim(code, `Tablet ${index}`, String(index).repeat(32))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(410)]);
  });

  test('whose answer was lost is used again by the same device, which alone can go on', async () => {
    const { opened, waiting, shown } = await claimed();
    const again = await claim(opened.code);
    expect((await json<ClaimedPairing>(again.clone(), 201)).digits).toBe(shown.digits);
    expect(await waitFor(waiting)).toBeNull();
    expect((await waitFor(cookieFrom(again, 'pairing')))?.state).toBe('waiting');
    expect(await problemOf(claim(opened.code, 'Tablet 3', '6'.repeat(32)))).toBe('410 pairing-over');
  });

  test('that was stolen shows other digits than any that its owner sees', async () => {
    const opened = await open();
    const thief = await json<ClaimedPairing>(claim(opened.code, 'Tablet 3', '7'.repeat(32)), 201);
    expect(await problemOf(claim(opened.code))).toBe('410 pairing-over');
    const other = await claimed();
    expect(other.shown.digits).not.toBe(thief.digits);
    expect(await problemOf(confirm(opened, other.shown.digits))).toBe('422 not-valid');
  });

  test('expires after five minutes, unused or used', async () => {
    const unused = await open();
    const { opened, waiting, shown } = await claimed();
    passTime(5 * 60_000 - 1_000);
    expect((await json<Pairing>(pairingOf(unused))).secondsLeft).toBeLessThanOrEqual(1);
    passTime(1_001);
    expect(await problemOf(claim(unused.code))).toBe('410 pairing-over');
    expect(await problemOf(pairingOf(unused))).toBe('410 pairing-over');
    expect(await problemOf(confirm(opened, shown.digits))).toBe('410 pairing-over');
    expect(await waitFor(waiting)).toBeNull();
    const { rows } = await countPairings();
    expect(rows).toEqual([{ count: 0 }]);
  });

  test('is of its event: no other one sees, confirms or refuses it', async () => {
    const { opened, waiting, shown } = await claimed();
    const own = event;
    event = `/api/events/${await fixture.makeEvent()}`;
    expect(await problemOf(pairingOf(opened))).toBe('410 pairing-over');
    expect(await problemOf(confirm(opened, shown.digits))).toBe('410 pairing-over');
    expect((await refuse(opened)).status).toBe(204);
    expect((await waitFor(waiting))?.state).toBe('waiting');
    expect(await problemOf(fixture.as('admin', 'POST', `${event}/gates/${gate.id}/pairings`))).toBe(
      '404 gate-not-found',
    );
    event = own;
  });

  test('that is wrong is refused, ten times in a row: then nobody of that network tries for a while', async () => {
    const { code } = await open();
    for (let tried = 0; tried < 10; tried++) expect(await problemOf(claim('A'.repeat(26)))).toBe('410 pairing-over');
    const limited = await claim(code);
    expect(limited.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(await problemOf(limited)).toBe('429 rate-limited');
    expect(await problemOf(claim('A'.repeat(25)))).toBe('422 not-valid');
  });

  test('is made at most twenty times at once', async () => {
    for (let made = 0; made < 20; made++) await open();
    const answer = fixture.as('admin', 'POST', `${event}/gates/${gate.id}/pairings`);
    expect(await problemOf(answer)).toBe('429 rate-limited');
  });
});

function countPairings() {
  const { db } = fixture.server.services.store.auth;
  return sql<{ count: number }>`SELECT count(*) AS count FROM gate_pairing`.execute(db);
}

describe('a device that waits', () => {
  test('is refused, and hears of it; it cannot be confirmed afterwards', async () => {
    const { opened, waiting, shown } = await claimed();
    expect((await refuse(opened)).status).toBe(204);
    expect((await refuse(opened)).status).toBe(204);
    expect((await waitFor(waiting))?.state).toBe('refused');
    expect(await problemOf(confirm(opened, shown.digits))).toBe('410 pairing-over');
    expect(await problemOf(fetchSession(waiting))).toBe('410 pairing-over');
    expect(await devices()).toEqual([]);
  });

  test('is confirmed once, however often that is sent', async () => {
    const { opened, shown } = await claimed();
    const first = await json<GateDevice>(confirm(opened, shown.digits));
    expect(await json<GateDevice>(confirm(opened, shown.digits))).toEqual(first);
    expect(await devices()).toHaveLength(1);
  });

  test('fetches its session again where the answer was lost: the newest one holds', async () => {
    const { opened, waiting, shown } = await claimed();
    await json(confirm(opened, shown.digits));
    const lost = cookieFrom(await fetchSession(waiting), 'gate');
    const cookie = cookieFrom(await fetchSession(waiting), 'gate');
    expect([await stateOf(lost), await stateOf(cookie)]).toEqual(['ended', 'paired']);
  });

  test('goes on after a restart of the server at every step', async () => {
    const restart = async () => {
      await fixture.server.close();
      fixture = await start();
    };
    const opened = await open();
    await restart();
    const answer = await claim(opened.code);
    const waiting = cookieFrom(answer, 'pairing');
    const { digits } = await json<ClaimedPairing>(answer, 201);
    await restart();
    expect((await json<Pairing>(pairingOf(opened))).device?.digits).toBe(digits);
    await json(confirm(opened, digits));
    await restart();
    const cookie = cookieFrom(await fetchSession(waiting), 'gate');
    await restart();
    expect(await stateOf(cookie)).toBe('paired');
  });
});

describe('a paired device', () => {
  test('reads its own event without a name in it, and nothing else', async () => {
    const cookie = await paired();
    expect((await fixture.asDevice(cookie, 'GET', event)).status).toBe(200);
    for (const path of [
      '/api/events',
      '/api/audit',
      `${event}/batches`,
      `${event}/tickets?q=asha`,
      `${event}/gate-devices`,
    ])
      expect(await problemOf(fixture.asDevice(cookie, 'GET', path))).toBe('403 forbidden');
    expect(await json(fixture.asDevice(cookie, 'GET', '/api/me'))).toBeNull();
  });

  test('is revoked with its next request', async () => {
    const cookie = await paired();
    const [device] = await devices();
    const path = `${event}/gate-devices/${device?.id}`;
    const revoked = await json<GateDevice>(fixture.as('coordinator', 'DELETE', path));
    expect(revoked.revokedAt).toEqual(expect.any(Number));
    expect(await problemOf(fixture.asDevice(cookie, 'GET', event))).toBe('401 device-unpaired');
    expect(await stateOf(cookie)).toBe('ended');
    expect(await json(fixture.as('coordinator', 'DELETE', path))).toEqual(revoked);
  });

  test('on which an admin is signed in, too, is both: each opens what is its own', async () => {
    const both = `${await paired()}; ${await fixture.cookieOf('admin')}`;
    expect((await fixture.asDevice(both, 'GET', '/api/events')).status).toBe(200);
    expect((await fixture.asDevice(both, 'PUT', '/api/gate/session/status', { battery: null })).status).toBe(204);
    expect((await fixture.asDevice(both, 'GET', `${event}/gate-sync`)).status).toBe(200);
    expect((await devices())[0]?.lastSyncAt).toEqual(expect.any(Number));
  });

  test('that is revoked before it fetched its session gets none', async () => {
    const { opened, waiting, shown } = await claimed();
    const { id } = await json<GateDevice>(confirm(opened, shown.digits));
    await json(fixture.as('admin', 'DELETE', `${event}/gate-devices/${id}`));
    expect(await problemOf(fetchSession(waiting))).toBe('410 pairing-over');
  });

  test('works until a week after the end of its event, also when it was never heard of meanwhile', async () => {
    const cookie = await paired();
    passTime(EVENT.endsAt + 7 * DAY_MS - Date.now() - 1_000);
    expect(await stateOf(cookie)).toBe('paired');
    passTime(1_000);
    expect(await stateOf(cookie)).toBe('ended');
  });

  test('works for longer where the end of the event moves', async () => {
    const cookie = await paired();
    await json(fixture.as('admin', 'PATCH', event, { endsAt: EVENT.endsAt + DAY_MS }));
    const session = await json<GateSession>(fixture.asDevice(cookie, 'GET', '/api/gate/session'));
    expect(session.validUntil).toBe(EVENT.endsAt + 8 * DAY_MS);
  });

  test('tells of its battery, is renamed, and unpairs itself', async () => {
    const cookie = await paired();
    const battery = { percent: 42, charging: false };
    expect((await fixture.asDevice(cookie, 'PUT', '/api/gate/session/status', { battery })).status).toBe(204);
    const [device] = await devices();
    await json(fixture.as('coordinator', 'PATCH', `${event}/gate-devices/${device?.id}`, { name: 'North tablet' }));
    expect(await devices()).toMatchObject([{ name: 'North tablet', battery }]);
    expect((await fixture.asDevice(cookie, 'DELETE', '/api/gate/session')).status).toBe(204);
    expect(await stateOf(cookie)).toBe('ended');
    expect((await devices())[0]?.revokedAt).toEqual(expect.any(Number));
  });

  test('that is paired anew has one session: the one before ends', async () => {
    const before = await paired();
    const { opened, waiting, shown } = await claimed();
    await json(confirm(opened, shown.digits));
    const cookie = cookieFrom(await fetchSession(`${before}; ${waiting}`), 'gate');
    expect([await stateOf(before), await stateOf(cookie)]).toEqual(['ended', 'paired']);
    expect((await devices()).map(({ revokedAt }) => revokedAt === null).sort()).toEqual([false, true]);
  });

  test('opens nothing with a forged, cut or foreign cookie', async () => {
    const cookie = await paired();
    const [id, secret] = (cookie.split('=')[1] as string).split('.') as [string, string];
    for (const value of [`${id}.`, `${id}.${secret.slice(1)}`, `${id}.${secret}x`, `zzzzzzzzzzzz.${secret}`])
      expect(await problemOf(fixture.asDevice(`ticketmint-gate=${value}`, 'GET', event))).toBe('401 device-unpaired');
    expect(await problemOf(fixture.asDevice(`ticketmint-gate=${secret}`, 'GET', event))).toBe('401 not-signed-in');
  });

  test('sends nothing for another site', async () => {
    const headers = { Cookie: await paired(), 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'application/json' };
    const body = JSON.stringify({ battery: null });
    const answer = fixture.raw('/api/gate/session/status', { method: 'PUT', headers, body });
    expect(await problemOf(answer)).toBe('403 cross-site');
  });
});

describe('a gate', () => {
  const patch = (change: object) => fixture.as('coordinator', 'PATCH', `${event}/gates/${gate.id}`, change);

  test('is changed, closed while it has no devices, and opened again', async () => {
    expect(await json<Gate>(patch({ types: [0], direction: 'exit', capacity: 500 }))).toMatchObject({
      types: [0],
      direction: 'exit',
      capacity: 500,
      name: 'Main door',
    });
    await paired();
    expect(await problemOf(patch({ archived: true }))).toBe('409 gate-in-use');
    const [device] = await devices();
    await json(fixture.as('admin', 'DELETE', `${event}/gate-devices/${device?.id}`));
    expect((await json<Gate>(patch({ archived: true }))).archivedAt).toEqual(expect.any(Number));
    expect(await problemOf(fixture.as('admin', 'POST', `${event}/gates/${gate.id}/pairings`))).toBe(
      '404 gate-not-found',
    );
    expect((await json<Gate>(patch({ archived: false }))).archivedAt).toBeNull();
  });

  test.each([
    [{ name: ' ' }, '422 not-valid'],
    [{ types: [] }, '422 not-valid'],
    [{ types: [1, 0] }, '422 not-valid'],
    [{ types: [7] }, '404 type-not-found'],
    [{ capacity: 0 }, '422 not-valid'],
    [{ direction: 'up' }, '422 not-valid'],
  ])('is not given %j', async (change, problem) => {
    expect(await problemOf(patch(change))).toBe(problem);
  });

  test('of a demo event goes with it', async () => {
    const demo = await json<{ id: string }>(fixture.as('admin', 'POST', '/api/events', { ...EVENT, demo: true }), 201);
    const cookie = await fixture.pairDevice(demo.id);
    expect((await fixture.as('admin', 'DELETE', `/api/events/${demo.id}`)).status).toBe(204);
    expect(await stateOf(cookie)).toBe('ended');
  });
});
