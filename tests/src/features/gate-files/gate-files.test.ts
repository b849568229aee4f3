import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openGateFile, type ScansFileBody } from '../../../../core/gate/gate-file.ts';
import { GateHub } from '../../../../core/gate/gate-hub.ts';
import { webCryptoEngine } from '../../../../core/ticket/signer/web-crypto.ts';
import { connection } from '../../../../src/api/connection.ts';
import { forgetGate, GateDatabase, isGateKept } from '../../../../src/database/gate-database.ts';
import { type OpenGate, openGate } from '../../../../src/features/gate/open-gate.ts';
import { setUpGate } from '../../../../src/features/gate-files/set-up-gate.ts';
import { keptSession } from '../../../../src/features/gates/kept-session.ts';
import { FakeGateServer, type GateBatchFixture, makeBatch, sessionOf } from '../gate/fake-gate-server.ts';
import { EVENT, gateBody, knownOf, NORTH, Signer, SOUTH, scanOf, scansBody } from './files-fixture.ts';

let batch: GateBatchFixture;
let tablet: Signer;
let open: AbortController[] = [];

beforeEach(async () => {
  batch = await makeBatch();
  tablet = new Signer();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  connection.report('unreachable');
});
afterEach(async () => {
  for (const controller of open) controller.abort();
  open = [];
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  localStorage.clear();
  await new GateDatabase().delete();
});

/** Opens the gate that this device is; again, it is the one before, killed and started again. */
async function start(session = keptSession()?.session): Promise<OpenGate> {
  if (session === undefined) throw new TypeError('expected a device that is a gate');
  const controller = new AbortController();
  open.push(controller);
  return openGate(session, { signal: controller.signal, onEnded: () => expect.unreachable() });
}

async function setUp(at = Date.now()): Promise<OpenGate> {
  await setUpGate(await tablet.read(gateBody(batch, at)), NORTH, 'Tablet 1');
  return start();
}

const verdictOf = async ({ desk }: OpenGate, serial: number) => (await desk.scan(await batch.tokenOf(serial))).verdict;

/** What a gate gives out, as the tablet that mints reads it. */
async function bodyOf({ files }: OpenGate, fromFirst = false): Promise<ScansFileBody> {
  const { bytes } = await files.scansFile({ fromFirst });
  const { body, publicKey } = await openGateFile(bytes, webCryptoEngine.verify);
  expect(publicKey).toEqual(await files.publicKey());
  if (body.kind !== 'scans') return expect.unreachable();
  return body;
}

test('a device that met no server is a gate by a file, also after it was killed', async () => {
  const gate = await setUp();
  expect([gate.files.isAlone, keptSession()?.isByFile, gate.desk.gate.name]).toEqual([true, true, 'North']);
  expect(await verdictOf(gate, 1)).toEqual({ kind: 'admitted', again: false });
  expect((await verdictOf(gate, 905)).kind).toBe('revoked');
  expect((await gate.desk.scan(await (await makeBatch()).tokenOf(1))).verdict.kind).toBe('unknown-batch');
  const next = await start();
  expect(await verdictOf(next, 1)).toMatchObject({ kind: 'already-used', gate: NORTH });
  expect(next.files.view).toMatchObject({ kept: 1, unsaved: 1, unconfirmed: 0 });
  expect(next.files.view.fileAt).toBe(gate.files.view.fileAt);
});

test('its scans go back in a file, and are let go of only once the tablet that mints has them', async () => {
  const gate = await setUp();
  const hub = new GateHub();
  for (const serial of [1, 2]) await verdictOf(gate, serial);
  const first = await bodyOf(gate);
  expect([first.from, first.scans.length, first.name, first.gate]).toEqual([0, 2, 'Tablet 1', NORTH]);
  await gate.files.noteSaved(2);
  await verdictOf(gate, 3);
  expect(gate.files.view).toMatchObject({ kept: 3, unsaved: 1, unconfirmed: 2 });
  hub.merge(first);
  hub.merge(scansBody('device000002', 0, [scanOf(batch.id, 3, { at: Date.now() - 60_000 })]) as ScansFileBody);
  await gate.files.take(await tablet.read(gateBody(batch, Date.now() + 1, hub)));
  expect(gate.files.view).toMatchObject({ kept: 3, unsaved: 1, unconfirmed: 0 });
  expect([gate.memory.state.inside(), await verdictOf(gate, 1)]).toMatchObject([4, { kind: 'already-used' }]);
  const next = await start();
  expect([(await bodyOf(next)).from, (await bodyOf(next, true)).from]).toEqual([2, 0]);
  await forgetGate();
  expect(await isGateKept()).toBe(true);
  hub.merge(await bodyOf(next));
  await next.files.take(await tablet.read(gateBody(batch, Date.now() + 2, hub)));
  for (const controller of open) controller.abort();
  await next.closed;
  await forgetGate();
  expect(await isGateKept()).toBe(false);
});

test('what another gate has let in is known by the next file, with its time and gate', async () => {
  const gate = await setUp();
  const hub = new GateHub();
  const [at, now] = [Date.now() - 60_000, Date.now()];
  hub.merge(scansBody('device000002', 0, [scanOf(batch.id, 7, { at })]) as ScansFileBody);
  await gate.files.take(await tablet.read(gateBody(batch, now + 1, hub)));
  expect(await verdictOf(gate, 7)).toEqual({ kind: 'already-used', at: Math.floor(at / 1_000) * 1_000, gate: SOUTH });
});

test('a file that is older, of another event, for the other side or by another key is not taken', async () => {
  const now = Date.now();
  const gate = await setUp(now);
  const refused = async (body: Parameters<Signer['read']>[0]) =>
    gate.files.take(await tablet.read(body)).then(
      () => 'taken',
      (error: unknown) => (error as { reason: string }).reason,
    );
  const elsewhere = new GateHub().gateFile(knownOf(batch, 'event0000009'), { at: now + 1 });
  const { setup } = knownOf(batch);
  const closed = { ...setup, gates: setup.gates.filter(({ id }) => id === SOUTH) };
  const withoutGate = new GateHub().gateFile({ ...knownOf(batch), setup: closed }, { at: now + 1 });
  expect(await refused(gateBody(batch, now - 1))).toBe('older');
  expect(await refused(elsewhere)).toBe('wrong-event');
  expect(await refused(scansBody('device000002', 0, []))).toBe('for-tablet');
  expect(await refused(withoutGate)).toBe('no-gate');
  const [known, strange] = [
    await tablet.read(gateBody(batch, now + 2)),
    await new Signer().read(gateBody(batch, now + 2)),
  ];
  expect([gate.files.trustOf(known), gate.files.trustOf(strange)]).toEqual(['compared', 'other']);
  expect(gate.files.view.fileAt).toBe(now);
});

test('a file that cannot be kept changes nothing', async () => {
  const now = Date.now();
  const gate = await setUp(now);
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(gate.files.take(await tablet.read(gateBody(batch, now + 1)))).rejects.toThrow();
  add.mockRestore();
  expect(gate.files.view.fileAt).toBe(now);
  expect(await verdictOf(gate, 4)).toMatchObject({ kind: 'admitted' });
  expect((await start()).files.view.fileAt).toBe(now);
});

test('a paired device takes a file in offline, forgets nothing the server told, and goes by the server again', async () => {
  const server = new FakeGateServer(batch);
  server.ledger.add(scanOf(batch.id, 40));
  vi.stubGlobal('fetch', server.answer);
  connection.report('online');
  const gate = await start(sessionOf('device000001'));
  await expect.poll(() => gate.memory.state.knowledge).toBeDefined();
  server.isUp = false;
  connection.report('unreachable');
  await verdictOf(gate, 41);
  const hub = new GateHub();
  hub.merge(scansBody('device000003', 0, [scanOf(batch.id, 42)]) as ScansFileBody);
  const file = await tablet.read(gateBody(batch, Date.now() + 60_000, hub));
  expect(gate.files.trustOf(file)).toBe('first');
  await gate.files.take(file);
  const kinds = async (one: OpenGate) => {
    const all = [];
    for (const serial of [40, 41, 42]) all.push((await verdictOf(one, serial)).kind);
    return all;
  };
  expect(await kinds(gate)).toEqual(['already-used', 'already-used', 'already-used']);
  expect(await kinds(await start(sessionOf('device000001')))).toEqual(['already-used', 'already-used', 'already-used']);
  server.isUp = true;
  connection.report('online');
  await expect
    .poll(() => [server.ledger.size, gate.files.view.fileAt, gate.link.view.unsent])
    .toEqual([2, undefined, 0]);
});

test('scans of another event stay numbered from their own first', async () => {
  const gate = await setUp();
  for (const serial of [1, 2]) await verdictOf(gate, serial);
  const { device } = await bodyOf(gate);
  await start({ ...sessionOf('device000001'), event: { ...sessionOf('x').event, id: 'event0000009' } });
  const again = await setUp(Date.now() + 1);
  const body = await bodyOf(again);
  expect([body.event, body.from, body.scans.length, body.device === device]).toEqual([EVENT, 0, 2, false]);
});
