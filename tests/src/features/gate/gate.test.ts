import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GateSession } from '../../../../core/api/gate-device.ts';
import { connection } from '../../../../src/api/connection.ts';
import { GateDatabase } from '../../../../src/database/gate-database.ts';
import { type OpenGate, openGate } from '../../../../src/features/gate/open-gate.ts';
import { FakeGateServer, type GateBatchFixture, makeBatch, sessionOf } from './fake-gate-server.ts';

let batch: GateBatchFixture;
let server: FakeGateServer;
let open: AbortController[] = [];

beforeEach(async () => {
  batch = await makeBatch();
  server = new FakeGateServer(batch);
  vi.stubGlobal('fetch', server.answer);
  connection.report('online');
});
afterEach(async () => {
  for (const controller of open) controller.abort();
  open = [];
  vi.unstubAllGlobals();
  await new GateDatabase().delete();
});

/** Opens a gate; on the same device it is the one before, killed and started again. */
async function start(session: GateSession = sessionOf('device000001')): Promise<OpenGate> {
  const controller = new AbortController();
  open.push(controller);
  return openGate(session, { signal: controller.signal, onEnded: () => {} });
}

async function startSynced(session?: GateSession): Promise<OpenGate> {
  const gate = await start(session);
  await expect.poll(() => [gate.memory.state.knowledge !== undefined, gate.link.view.failure]).toEqual([true, null]);
  return gate;
}

/** The server is gone, and the device knows. */
async function cutLine(): Promise<void> {
  server.isUp = false;
  connection.report('unreachable');
  await expect.poll(() => connection.state).not.toBe('online');
}

function restoreLine(): void {
  server.isUp = true;
  connection.report('online');
}

const verdictOf = async ({ desk }: OpenGate, serial: number) => (await desk.scan(await batch.tokenOf(serial))).verdict;

test('one that is shown again while its scan is on its way to the disk is let in once', async () => {
  const gate = await startSynced();
  const token = await batch.tokenOf(1);
  const outcomes = await Promise.all([gate.desk.scan(token), gate.desk.scan(token)]);
  expect(outcomes.map(({ verdict }) => verdict.kind)).toEqual(['admitted', 'already-used']);
  expect(gate.memory.state.inside()).toBe(1);
});

test('many that come at once are decided in their order, each shown once it is on the disk', async () => {
  const gate = await startSynced();
  await cutLine();
  const tokens = await Promise.all([1, 2, 1, 3, 2].map((serial) => batch.tokenOf(serial)));
  const shown: unknown[] = [];
  gate.desk.subscribe(() => shown.push(gate.desk.view.latest?.ticket?.serial));
  const outcomes = await Promise.all(tokens.map((token) => gate.desk.scan(token)));
  expect(outcomes.map(({ verdict }) => verdict.kind)).toEqual([
    'admitted',
    'admitted',
    'already-used',
    'admitted',
    'already-used',
  ]);
  expect(shown).toEqual([1, 2, 1, 3, 2]);
  expect((await start()).memory.state.inside()).toBe(3);
});

test('of many at once those that cannot be kept are let in by a later showing', async () => {
  const gate = await startSynced();
  await cutLine();
  const [first, second] = await Promise.all([batch.tokenOf(1), batch.tokenOf(2)]);
  const begin = vi.spyOn(GateDatabase.prototype, 'transaction').mockRejectedValueOnce(new Error('no room'));
  const outcomes = await Promise.all([gate.desk.scan(first), gate.desk.scan(second)]);
  expect(outcomes.map(({ verdict }) => verdict.kind)).toContain('not-kept');
  begin.mockRestore();
  for (const [index, token] of [first, second].entries()) {
    const { verdict } = outcomes[index] as (typeof outcomes)[number];
    const again = await gate.desk.scan(token);
    expect(again.verdict.kind).toBe(verdict.kind === 'not-kept' ? 'admitted' : 'already-used');
  }
  expect([gate.memory.state.inside(), gate.memory.state.unsentCount]).toEqual([2, 2]);
  expect((await start()).memory.state.inside()).toBe(2);
});

test('what was let in offline is known after the application was killed between two scans', async () => {
  const gate = await startSynced();
  await cutLine();
  expect(await verdictOf(gate, 1)).toEqual({ kind: 'admitted', again: false });
  for (let restarts = 0; restarts < 3; restarts++) {
    const next = await start();
    expect(await verdictOf(next, 1)).toMatchObject({ kind: 'already-used', gate: 'gate00000000' });
    expect(next.memory.state.inside()).toBe(1 + restarts);
    expect(await verdictOf(next, 2 + restarts)).toMatchObject({ kind: 'admitted' });
    await verdictOf(next, 900);
    expect(next.desk.view.recent.map(({ verdict }) => verdict.kind).slice(0, 3)).toEqual([
      'revoked',
      'admitted',
      'already-used',
    ]);
  }
});

test('a scan that cannot be kept lets nobody in', async () => {
  const gate = await startSynced();
  await cutLine();
  const keep = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect(await verdictOf(gate, 1)).toEqual({ kind: 'not-kept' });
  keep.mockRestore();
  expect(await verdictOf(gate, 1)).toEqual({ kind: 'admitted', again: false });
});

test('what was scanned without the server arrives once it is back, and once only', async () => {
  const gate = await startSynced();
  await cutLine();
  for (let serial = 1; serial <= 250; serial++) await verdictOf(gate, serial);
  expect(gate.link.view.unsent).toBe(250);
  restoreLine();
  await expect.poll(() => gate.link.view.unsent).toBe(0);
  expect(server.ledger.size).toBe(250);
  // As after a lost reply: sent again, and the same.
  const database = new GateDatabase();
  await database.scans.toCollection().modify({ seq: null });
  database.close();
  const next = await startSynced();
  await expect.poll(() => next.link.view.unsent).toBe(0);
  expect([server.ledger.size, server.ledger.conflicts()]).toEqual([250, []]);
});

test('of two devices that are online the first one lets in', async () => {
  const [here, there] = [await startSynced(), await startSynced(sessionOf('device000002', 'gate00000001'))];
  const token = await batch.tokenOf(5);
  const verdicts = await Promise.all([here.desk.scan(token), there.desk.scan(token)]);
  expect(verdicts.map(({ verdict }) => verdict.kind).sort()).toEqual(['admitted', 'already-used']);
  expect(server.ledger.conflicts()).toEqual([]);
});

test('a server that does not answer in time is not waited for, and its late answer changes nothing', async () => {
  const gate = await startSynced();
  const late = Promise.withResolvers<void>();
  server.claimDelay = late.promise;
  expect(await verdictOf(gate, 7)).toEqual({ kind: 'admitted', again: false });
  const claims = () => server.requests.filter((path) => path.endsWith('/claim')).length;
  expect(await verdictOf(gate, 8)).toEqual({ kind: 'admitted', again: false });
  expect(claims()).toBe(1);
  late.resolve();
  await expect.poll(() => gate.link.view.unsent).toBe(0);
  expect([server.ledger.size, server.ledger.conflicts()]).toEqual([2, []]);
});

test('a network’s own page in place of an answer, however late, keeps nobody from asking again', async () => {
  const gate = await startSynced();
  const late = Promise.withResolvers<void>();
  let isCaught = true;
  vi.stubGlobal('fetch', async (...call: ConstructorParameters<typeof Request>) => {
    const [input] = call;
    if (!isCaught || !(input instanceof Request) || !input.url.endsWith('/claim')) return server.answer(...call);
    await late.promise;
    return new Response('<p>Sign in</p>', { headers: { 'Content-Type': 'text/html' } });
  });
  expect(await verdictOf(gate, 7)).toEqual({ kind: 'admitted', again: false });
  late.resolve();
  isCaught = false;
  let serial = 8;
  const claimsAfterNext = async () => {
    expect(await verdictOf(gate, serial++)).toEqual({ kind: 'admitted', again: false });
    return server.requests.filter((path) => path.endsWith('/claim')).length;
  };
  await expect.poll(claimsAfterNext).toBeGreaterThan(0);
});

test('a double entry of two devices that were offline is found when they meet', async () => {
  const gate = await startSynced();
  await cutLine();
  expect(await verdictOf(gate, 9)).toMatchObject({ kind: 'admitted' });
  server.ledger.add({
    ...{ nonce: 'f'.repeat(32), batch: batch.id, serial: 9, kind: 'enter', at: Date.now() - 60_000 },
    ...{ device: 'device000002', gate: 'gate00000001' },
  });
  restoreLine();
  await expect.poll(() => server.ledger.conflicts()).toMatchObject([{ serial: 9, kept: { gate: 'gate00000001' } }]);
});

test('a wrong clock is measured and corrected for, also over a restart', async () => {
  server.aheadMs = 5 * 60_000;
  const gate = await startSynced();
  const { scan } = await gate.desk.scan(await batch.tokenOf(11));
  expect(Math.abs((scan?.at ?? 0) - Date.now() - server.aheadMs)).toBeLessThan(30_000);
  await cutLine();
  const next = await start();
  expect(Math.abs(next.clock.estimate.offsetMs - server.aheadMs)).toBeLessThan(30_000);
});

test('a scan is taken back within its minute, and a supervisor lets in with a reason', async () => {
  const gate = await startSynced();
  const first = await gate.desk.scan(await batch.tokenOf(12));
  expect(await gate.desk.undo(first)).toBe(true);
  expect(gate.memory.state.inside()).toBe(0);
  expect(await verdictOf(gate, 12)).toMatchObject({ kind: 'admitted' });
  const again = await gate.desk.scan(await batch.tokenOf(12));
  expect([again.verdict.kind, gate.desk.canOverride(again)]).toEqual(['already-used', true]);
  await gate.desk.override(again, 'came back for a bag');
  expect(gate.desk.view.latest).toMatchObject({ change: 'let-in', scan: { kind: 'override' } });
  await expect.poll(() => gate.link.view.unsent).toBe(0);
  expect([server.ledger.inside(), server.ledger.conflicts()]).toEqual([2, []]);
  const revoked = await gate.desk.scan(await batch.tokenOf(900));
  expect([revoked.verdict.kind, gate.desk.canOverride(revoked)]).toEqual(['revoked', false]);
});

test('a short code is told from a token, and what is neither is refused', async () => {
  const gate = await startSynced();
  const kinds = [];
  for (const text of ['ABCD-1234-WXYZ', 'hello', (await batch.tokenOf(3)).replace(/^./, 'B')])
    kinds.push((await gate.desk.scan(text)).verdict.kind);
  expect(kinds).toEqual(['code-unknown', 'malformed', 'malformed']);
});

test('a typed short code is asked of the server, and judged as any ticket; of several the steward says which', async () => {
  const gate = await startSynced();
  const ticket = (serial: number) => ({ batch: batch.id, serial });
  server.codes.set('ABCD-1234-WXYZ', [ticket(41)]).set('ABCD-1234-WXYY', [ticket(42), ticket(901)]);
  const first = await gate.desk.scan('abcd 1234 wxyz');
  expect(first).toMatchObject({ verdict: { kind: 'admitted' }, isTyped: true, scan: { serial: 41, typed: true } });
  expect((await gate.desk.scan('ABCD-1234-WXYZ')).verdict).toMatchObject({ kind: 'already-used' });
  expect((await gate.desk.scan(await batch.tokenOf(41))).verdict).toMatchObject({ kind: 'already-used' });
  const several = await gate.desk.scan('ABCD-1234-WXYY');
  expect(several).toMatchObject({ verdict: { kind: 'which-one' }, ticket: null, scan: null });
  expect((await gate.desk.choose(several, ticket(901)))?.verdict.kind).toBe('revoked');
  expect((await gate.desk.choose(several, ticket(42)))?.verdict.kind).toBe('admitted');
  await cutLine();
  expect((await gate.desk.scan('ABCD-1234-WXYZ')).verdict).toEqual({ kind: 'short-code', why: 'not-here' });
});

/** The server has recorded a claim, and the application is killed before anything of it is written or shown. */
async function killInClaim(serial: number): Promise<OpenGate> {
  const gate = await startSynced();
  vi.spyOn(gate.memory, 'keep').mockReturnValue(new Promise(() => {}));
  server.claimReply = new Promise(() => {});
  void gate.desk.scan(await batch.tokenOf(serial));
  await expect.poll(() => server.ledger.size).toBe(1);
  server.claimReply = Promise.resolve();
  const next = await startSynced();
  await expect.poll(() => next.memory.state.stateOf({ batch: batch.id, serial }).state).toBe('inside');
  return next;
}

test('whoever was claimed when the application was killed is let in after it, and counts once', async () => {
  const next = await killInClaim(51);
  expect(await verdictOf(next, 51)).toEqual({ kind: 'admitted', again: false });
  expect(await verdictOf(next, 51)).toMatchObject({ kind: 'already-used' });
  await expect.poll(() => next.link.view.unsent).toBe(0);
  expect([server.ledger.size, server.ledger.inside(), next.memory.state.inside()]).toEqual([1, 1, 1]);
});

test('the same without the server afterwards', async () => {
  const next = await killInClaim(52);
  await cutLine();
  expect(await verdictOf(next, 52)).toEqual({ kind: 'admitted', again: false });
  expect(await verdictOf(next, 52)).toMatchObject({ kind: 'already-used' });
  restoreLine();
  await expect.poll(() => next.link.view.unsent).toBe(0);
  expect([server.ledger.size, server.ledger.conflicts()]).toEqual([1, []]);
});

test('a claim that the server refused speaks for nobody later', async () => {
  const [gate, there] = [await startSynced(), await startSynced(sessionOf('device000002', 'gate00000001'))];
  expect(await verdictOf(there, 53)).toMatchObject({ kind: 'admitted' });
  expect(await verdictOf(gate, 53)).toMatchObject({ kind: 'already-used', gate: 'gate00000001' });
  const next = await startSynced();
  expect(await verdictOf(next, 53)).toMatchObject({ kind: 'already-used', gate: 'gate00000001' });
});

test('a scan is taken back within its minute also after a restart, and not later', async () => {
  const gate = await startSynced();
  await verdictOf(gate, 61);
  const next = await startSynced();
  const [scanned] = next.desk.view.recent;
  if (scanned === undefined) throw new Error('expected the scan to be listed');
  expect([next.desk.canUndo(scanned), await next.desk.undo(scanned)]).toEqual([true, true]);
  await expect.poll(() => server.ledger.inside()).toBe(0);
  await verdictOf(next, 62);
  await new GateDatabase().scans.toCollection().modify((row) => {
    Object.assign(row, { scan: { ...row.scan, at: row.scan.at - 61_000 } });
  });
  const last = await startSynced();
  expect(last.desk.view.recent.filter((outcome) => last.desk.canUndo(outcome))).toEqual([]);
});

test('whoever is inside leaves once, with the server and without', async () => {
  const gate = await startSynced();
  for (const serial of [21, 22]) expect(await verdictOf(gate, serial)).toMatchObject({ kind: 'admitted' });
  gate.desk.setDirection('exit');
  const out = async (serial: number) => [await verdictOf(gate, serial), await verdictOf(gate, serial)];
  expect(await out(21)).toEqual([{ kind: 'exited' }, { kind: 'not-inside' }]);
  await cutLine();
  expect(await out(22)).toEqual([{ kind: 'exited' }, { kind: 'not-inside' }]);
  expect(gate.memory.state.inside()).toBe(0);
  restoreLine();
  await expect.poll(() => [gate.link.view.unsent, server.ledger.inside()]).toEqual([0, 0]);
});

test('what a device let in before it was paired anew is still known to it', async () => {
  const gate = await startSynced();
  await cutLine();
  expect(await verdictOf(gate, 31)).toMatchObject({ kind: 'admitted' });
  const next = await start(sessionOf('device000009'));
  expect(await verdictOf(next, 31)).toMatchObject({ kind: 'already-used' });
});
