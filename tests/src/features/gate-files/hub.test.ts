import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Scan, scanUploadSchema } from '../../../../core/api/gate.ts';
import { openGateFile, type ScansFileBody } from '../../../../core/gate/gate-file.ts';
import { webCryptoEngine } from '../../../../core/ticket/signer/web-crypto.ts';
import { connection } from '../../../../src/api/connection.ts';
import { relaxedDatabase } from '../../../../src/database/database.ts';
import { putOwnGate, readHub, sendRefusedAgain, trustDevice } from '../../../../src/database/hub-records.ts';
import { putAnswer } from '../../../../src/database/known-answers.ts';
import {
  acceptFile,
  type Brought,
  bringIn,
  makeGateFile,
  readHubView,
} from '../../../../src/features/gate-files/hub.ts';
import { ensureScanSender } from '../../../../src/features/gate-files/scan-sender.ts';
import { type GateBatchFixture, makeBatch } from '../gate/fake-gate-server.ts';
import { EVENT, gateBody, knownOf, NORTH, Signer, SOUTH, scanOf, scansBody } from './files-fixture.ts';

const ONE = 'device000001';
const TWO = 'device000002';
/** Before the other in the order of ids. */
const GONE = 'event0000000';
/** A batch that waits for approval. */
const WAITING = 'dddddddddddd';

let batch: GateBatchFixture;
let tablet: Signer;

beforeEach(async () => {
  batch = await makeBatch();
  tablet = new Signer();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  connection.report('unreachable');
});
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await Promise.all([relaxedDatabase().settings.clear(), relaxedDatabase().batches.clear()]);
});

const bring = (...files: readonly File[]) => bringIn(EVENT, files);
const kindsOf = (brought: readonly Brought[]) => brought.map(({ kind }) => kind);

/** Brings a file whose key a person compares on the spot. */
async function bringAccepted(file: File): Promise<Brought> {
  const [brought] = await bring(file);
  if (brought?.kind !== 'compare') return brought as Brought;
  return acceptFile(brought.file);
}

test('a tablet’s first file waits for a person to compare its key; later ones are taken, each scan once', async () => {
  const scans = [1, 2, 3].map((serial) => scanOf(batch.id, serial));
  const first = await tablet.file(scansBody(ONE, 0, scans.slice(0, 2)));
  expect(await bring(first)).toMatchObject([{ kind: 'compare', why: 'first' }]);
  expect(await readHub(EVENT)).toMatchObject({ scans: [], devices: [] });
  expect(await bringAccepted(first)).toMatchObject({ kind: 'taken', added: 2, known: 0 });
  expect(await bring(first)).toMatchObject([{ kind: 'taken', added: 0, known: 2 }]);
  expect(await bring(await tablet.file(scansBody(ONE, 0, scans)))).toMatchObject([
    { kind: 'taken', added: 1, known: 2 },
  ]);
  expect(await readHubView(EVENT)).toMatchObject({ scans: 3, waiting: 3, devices: [{ count: 3, isTrusted: true }] });
});

test('files come in any order at once, and one that is missing is said', async () => {
  const scans = Array.from({ length: 6 }, (_, index) => scanOf(batch.id, index + 1));
  const part = (from: number) => tablet.file(scansBody(ONE, from, scans.slice(from, from + 2)), `${from}.gatefile`);
  await bringAccepted(await part(0));
  expect(await bring(await part(4))).toMatchObject([{ kind: 'missing', have: 2 }]);
  expect(await bring(await part(4), await part(2))).toMatchObject([{ added: 2 }, { added: 2 }]);
});

test('another key, a key not trusted any more, and files that are none are refused; nothing is taken', async () => {
  await bringAccepted(await tablet.file(scansBody(ONE, 0, [scanOf(batch.id, 1)])));
  const other = scansBody(ONE, 0, [scanOf(batch.id, 2)]);
  expect(await bring(await new Signer().file(other))).toMatchObject([{ kind: 'compare', why: 'other' }]);
  expect(kindsOf(await bring(await tablet.file(scansBody(TWO, 0, [scanOf(batch.id, 3)]))))).toEqual(['taken']);
  const [device] = (await readHub(EVENT)).devices.filter((one) => one.device === ONE);
  if (device !== undefined) await trustDevice(device, false);
  expect(await bring(await tablet.file(other))).toMatchObject([{ kind: 'compare', why: 'revoked' }]);
  const whole = new Uint8Array(await (await tablet.file(other)).arrayBuffer());
  whole[200] = (whole[200] as number) ^ 1;
  const bad = [
    new File(['a photo'], 'photo.jpg'),
    new File([whole], 'changed.gatefile'),
    new File([whole.slice(0, 150)], 'cut.gatefile'),
    await tablet.file(gateBody(batch, 1)),
    await tablet.file({ ...scansBody(ONE, 0, []), event: 'event0000009' } as typeof other),
  ];
  const refusals = (await bring(...bad)).map((one) => (one.kind === 'failed' ? one.error : one));
  const faults = [{ fault: 'other' }, { fault: 'damaged' }, { fault: 'damaged' }];
  expect(refusals).toMatchObject([...faults, { reason: 'for-gates' }, { reason: 'wrong-event' }]);
  expect((await readHub(EVENT)).scans).toHaveLength(2);
});

test('trust is taken back of a tablet as it is by then, not as it was shown', async () => {
  const scans = [1, 2].map((serial) => scanOf(batch.id, serial));
  await bringAccepted(await tablet.file(scansBody(ONE, 0, scans.slice(0, 1))));
  const [shown] = (await readHub(EVENT)).devices;
  await bring(await tablet.file(scansBody(ONE, 1, scans.slice(1))));
  if (shown !== undefined) await trustDevice(shown, false);
  expect((await readHub(EVENT)).devices).toMatchObject([{ count: 2, isTrusted: false }]);
});

test('what cannot be kept is not taken, and is taken when it is brought again', async () => {
  const file = await tablet.file(scansBody(ONE, 0, [scanOf(batch.id, 1)]));
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect(await bringAccepted(file)).toMatchObject({ kind: 'failed' });
  put.mockRestore();
  expect(await readHub(EVENT)).toMatchObject({ scans: [], devices: [] });
  expect(await bringAccepted(file)).toMatchObject({ kind: 'taken', added: 1 });
});

/** What the server has said of the event at an earlier visit. */
async function hear(): Promise<void> {
  const { setup, batches } = knownOf(batch);
  const event = { ...setup.event, place: '', currency: 'INR', language: 'en', createdAt: 1 };
  const { demo: _, ...inEarnest } = event;
  const declared = { chunkSize: 500, runId: 'a'.repeat(32), keyProtection: 'webcrypto', personalised: false };
  const counts = { stored: 1_000, verified: 1_000, quarantined: 0, revoked: 0, sealReason: null, sealedAt: null };
  const status = { ...declared, ...counts, state: 'open', declaredAt: 1, declaredBy: 'A', activeAt: 1 };
  const approval = { at: 5, by: 'A' };
  const path = `events/${EVENT}`;
  const type = { index: 0, name: 'General', colour: 'blue', priceMinor: 1, capacity: null, notBefore: null };
  await putAnswer('me', { id: 'u', name: 'A', email: 'a@example.org', role: 'admin' });
  await putAnswer(path, inEarnest);
  await putAnswer(`${path}/types`, [{ ...type, notAfter: null, declared: 1_000, archivedAt: null }]);
  await putAnswer(`${path}/gates`, [{ ...setup.gates[0], createdAt: 1 }]);
  await putAnswer(`${path}/batches`, [
    ...batches.map(({ revoked: _, rehearsal: __, ...known }) => ({ ...known, ...status, approval })),
    ...batches.map(({ revoked: _, rehearsal: __, ...known }) => ({ ...known, ...status, id: WAITING, approval: null })),
  ]);
  await putAnswer(`${path}/revocations`, [
    { batch: batch.id, from: 5, to: 7, reason: 'x', id: 1, createdAt: 1, createdBy: 'A', undoneAt: null },
  ]);
}

test('a gate file is made of what this device knows, without the server', async () => {
  await hear();
  const own = { ...knownOf(batch).setup.gates[1], id: SOUTH, name: 'Made here', createdAt: 2 };
  await putOwnGate(EVENT, { gate: own as Parameters<typeof putOwnGate>[1]['gate'], state: 'waiting' });
  const entry = scanOf(batch.id, 1);
  await bringAccepted(await tablet.file(scansBody(ONE, 0, [entry])));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  const made = [await makeGateFile(client, EVENT), await makeGateFile(client, EVENT)];
  const [first, second] = await Promise.all(made.map(({ bytes }) => openGateFile(bytes, webCryptoEngine.verify)));
  expect(first?.publicKey).toEqual(second?.publicKey);
  const bodies = [first?.body, second?.body];
  expect(bodies).toMatchObject([
    {
      covers: [[ONE, 1]],
      sync: {
        setup: { gates: [{ id: NORTH }, { id: SOUTH, name: 'Made here' }] },
        batches: [{ id: batch.id, count: 1_000, revoked: [[5, 7]], approvedAt: 5 }],
        withheld: [WAITING],
        uses: [[batch.id, 1, 'inside', entry.at, SOUTH]],
      },
    },
    { kind: 'gate' },
  ]);
  expect((made[1]?.at ?? 0) > (made[0]?.at ?? 0)).toBe(true);
});

test('double entries of two tablets are found', async () => {
  const [first, second] = [
    scanOf(batch.id, 9, { at: 1_000 }),
    scanOf(batch.id, 9, { at: 2_000, device: ONE, gate: NORTH }),
  ];
  await bringAccepted(await tablet.file(scansBody(ONE, 0, [second])));
  await bringAccepted(await new Signer().file(scansBody(TWO, 0, [first])));
  expect((await readHubView(EVENT)).conflicts).toMatchObject([
    { serial: 9, kept: { gate: SOUTH, at: 1_000 }, doubled: { gate: NORTH, at: 2_000 } },
  ]);
});

test('the server gets gates first, then scans in parts, but those of batches that it does not know yet', async () => {
  const scans = Array.from({ length: 230 }, (_, index) => scanOf(batch.id, index + 1));
  const later = scanOf('eeeeeeeeeeee', 1);
  await bringAccepted(await tablet.file(scansBody(ONE, 0, [...scans, later])));
  const gate = { ...knownOf(batch).setup.gates[1], id: SOUTH, name: 'Made here', createdAt: 2 };
  await putOwnGate(EVENT, { gate: gate as Parameters<typeof putOwnGate>[1]['gate'], state: 'waiting' });
  const local = { id: 'eeeeeeeeeeee', eventId: EVENT, runId: 'r', state: 'minted', declared: false, sealed: null };
  await relaxedDatabase().batches.put(
    local as unknown as Parameters<ReturnType<typeof relaxedDatabase>['batches']['put']>[0],
  );
  const asked: string[] = [];
  const stored = new Set<string>();
  const answer = async (...call: ConstructorParameters<typeof Request>): Promise<Response> => {
    const request = new Request(...call);
    const { pathname } = new URL(request.url);
    if (!/gates$|scans$/.test(pathname)) return Response.json({});
    if (pathname.includes(GONE))
      return Response.json(
        { type: 'about:blank', title: 'Gone', status: 404, code: 'event-not-found' },
        { status: 404, headers: { 'Content-Type': 'application/problem+json' } },
      );
    const body: unknown = await request.json();
    asked.push(pathname.replace(/.*\//, ''));
    if (pathname.endsWith('/gates')) return Response.json({ ...gate, ...(body as object) }, { status: 201 });
    const results = scanUploadSchema.parse(body).scans.map(({ nonce, serial }: Scan) => {
      stored.add(nonce);
      return { nonce, outcome: serial === 4 ? 'refused' : 'stored', seq: serial === 4 ? null : serial };
    });
    return Response.json({ at: Date.now(), results });
  };
  vi.stubGlobal('fetch', answer);
  connection.report('online');
  ensureScanSender(new QueryClient());
  const counts = async () => {
    const { waiting, refused } = await readHub(EVENT);
    return { waiting, refused };
  };
  await expect.poll(counts).toEqual({ waiting: 1, refused: 1 });
  expect([asked, stored.has(later.nonce)]).toEqual([['gates', 'scans', 'scans', 'scans'], false]);
  await relaxedDatabase().batches.update('eeeeeeeeeeee', { declared: true });
  await expect.poll(counts).toEqual({ waiting: 0, refused: 1 });
  await sendRefusedAgain(EVENT);
  await expect.poll(() => asked.length).toBe(6);
  expect((await readHub(EVENT)).scans).toHaveLength(231);

  // One that is gone from the server stands before none.
  const gone = { ...scansBody(TWO, 0, [scanOf(batch.id, 300)]), event: GONE } as ScansFileBody;
  const [brought] = await bringIn(GONE, [await tablet.file(gone)]);
  if (brought?.kind === 'compare') await acceptFile(brought.file);
  await bring(await tablet.file(scansBody(ONE, 231, [scanOf(batch.id, 301)])));
  await expect.poll(counts).toMatchObject({ waiting: 0 });
  expect(await readHub(GONE)).toMatchObject({ waiting: 0, refused: 1 });
});
