import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceDestination, WorkspaceProgress } from '../../core/workspace/workspace-job.ts';
import type { WorkspaceBatch } from '../../core/workspace/workspace-record.ts';
import { type LocalBatch, type RunRecord, relaxedDatabase } from '../../src/database/database.ts';
import { noteJoin, sweepJoin } from '../../src/database/unfinished-join.ts';
import type { WaitingChange } from '../../src/database/waiting-changes.ts';
import { startWorker, type WorkerHandle } from '../../workers/bridge.ts';
import { BATCH, chunkOf, PASSPHRASE } from '../suites/workspace/sample-workspace.ts';
import { pickedFolder, stagedNames, startAfresh } from './export-fixture.ts';

const RUN: RunRecord = {
  id: BATCH.runId,
  eventId: BATCH.eventId,
  state: 'running',
  count: 120,
  createdAt: 1_699_999_998_000,
  finishedAt: null,
  title: '120 × VIP',
  batchIds: [BATCH.id],
};
const CHANGE: WaitingChange = {
  nonce: 'c'.repeat(32),
  order: 1_699_999_999_500,
  eventId: BATCH.eventId,
  madeAt: 1_699_999_999_500,
  madeBy: 'Asha',
  state: 'waiting',
  refusal: null,
  content: { kind: 'correct', batch: BATCH.id, serial: 7, column: 'holder', value: 'Meena R', basedOn: null },
};
const MINTING = { ...BATCH, id: 'aaaaaaaaaaaa', state: 'minting', acknowledged: [] } satisfies WorkspaceBatch;
const MEMORY: WorkspaceDestination = { kind: 'memory' };

let worker: WorkerHandle<'workspace'>;

beforeEach(async () => {
  await startAfresh();
  worker = startWorker('workspace');
});
afterEach(() => worker.terminate());

function local(batch: WorkspaceBatch, changes: Partial<LocalBatch> = {}): LocalBatch {
  return { ...batch, refused: [], ...changes };
}

/** A batch on this device, one that is still minted, and all that may lie around them. */
async function fillDevice(): Promise<void> {
  const { batches, chunks, runs, logs, keys, stagedPages, settings } = relaxedDatabase();
  await batches.bulkPut([local(BATCH), local(MINTING)]);
  await chunks.bulkPut([0, 1, 2].map((seq) => rowOf(BATCH, seq)));
  await chunks.put(rowOf(MINTING, 1));
  await runs.put(RUN);
  await logs.add({ runId: RUN.id, at: 1, level: 'info', text: 'saved 1 of 3' });
  const privateKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  await keys.put({ batchId: MINTING.id, storedKey: { protection: 'webcrypto', privateKey } });
  await stagedPages.put({ batchId: MINTING.id, seq: 2, fields: { holder: ['Guest'] } });
  await settings.bulkPut([
    { key: 'answer me', value: { email: 'admin@example.org' } },
    { key: 'answer events', value: [{ id: BATCH.eventId }] },
    { key: `change ${String(CHANGE.order).padStart(16, '0')}`, value: CHANGE },
    { key: 'export-folder', value: await pickedFolder() },
  ]);
}

function rowOf(batch: WorkspaceBatch, seq: number) {
  const { kind: _, ...row } = chunkOf(batch, seq);
  return { ...row, bytes: new Uint8Array(row.bytes) };
}

async function save(destination = MEMORY): Promise<File> {
  const request = { passphrase: PASSPHRASE, fileName: 'all.ticketmint', destination };
  const { file } = await worker.call((api) =>
    api.save(
      request,
      proxy(() => {}),
    ),
  );
  return new File(file === null ? [] : [file], 'all.ticketmint');
}

const inspect = (file: Blob, passphrase = PASSPHRASE) =>
  worker.call((api) =>
    api.inspect(
      file,
      passphrase,
      proxy(() => {}),
    ),
  );
const bring = (file: Blob, passphrase = PASSPHRASE) =>
  worker.call((api) =>
    api.bring(
      file,
      passphrase,
      proxy(() => {}),
    ),
  );

/** Everything in every table, as plain values. */
async function dump(): Promise<Record<string, unknown[]>> {
  const { tables } = relaxedDatabase();
  const rows = await Promise.all(tables.map(async (table) => [table.name, await table.toArray()] as const));
  return Object.fromEntries(rows);
}

describe('a workspace file', () => {
  test('carries tickets, runs, logs and events to an empty device; no key, no session, no folder', async () => {
    await fillDevice();
    const before = await dump();
    const file = await save();
    await startAfresh();
    expect((await bring(file)).gain).toEqual({ batches: 2, tickets: 170, runs: 1, exports: 0, answers: 1, changes: 1 });
    const after = await dump();
    expect(after.chunks).toEqual(before.chunks);
    expect(after.runs).toEqual(before.runs);
    expect(after.batches).toEqual([local(BATCH), local(MINTING, { isKeyElsewhere: true })]);
    expect(after.logs).toMatchObject([{ runId: RUN.id, text: 'saved 1 of 3' }]);
    expect(after.keys).toEqual([]);
    expect(after.stagedPages).toEqual([]);
    expect(after.settings).toEqual(
      (before.settings ?? []).filter((row) => /^(?:answer events|change )/.test((row as { key: string }).key)),
    );
  });

  test('says what it would bring, and changes nothing by that', async () => {
    await fillDevice();
    const file = await save();
    await startAfresh();
    expect(await inspect(file)).toMatchObject({
      origin: location.origin,
      holds: { batches: 2, tickets: 170, chunks: 4 },
      gain: { batches: 2, tickets: 170 },
      // The last part of one, and all that there is of the other.
      notUploaded: 70,
      unfinishedBatches: 1,
    });
    for (const rows of Object.values(await dump())) expect(rows).toEqual([]);
  });

  test('fills gaps and takes nothing away where the device has gone on since', async () => {
    await fillDevice();
    const file = await save();
    const { batches, chunks, runs, settings } = relaxedDatabase();
    await chunks.delete([BATCH.id, 2]);
    await batches.update(BATCH.id, { acknowledged: [[0, 2]], sealed: 'complete' });
    await runs.update(RUN.id, { state: 'done', finishedAt: 9 });
    await settings.put({ key: 'answer events', value: ['newer'] });
    const before = await dump();
    expect((await bring(file)).gain).toEqual({ batches: 0, tickets: 20, runs: 0, exports: 0, answers: 0, changes: 0 });
    expect(await dump()).toEqual({ ...before, chunks: [...(before.chunks ?? []), rowOf(BATCH, 2)].sort(byKey) });
    expect((await bring(file)).gain).toMatchObject({ tickets: 0 });
  });

  const byKey = (left: unknown, right: unknown) => (keyOf(left) < keyOf(right) ? -1 : 1);
  const keyOf = (row: unknown) =>
    Object.values(row as { batchId: string; seq: number })
      .slice(0, 2)
      .join();

  test('that is cut off, altered or opened with another passphrase changes nothing', async () => {
    await fillDevice();
    const file = await save();
    await startAfresh();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const altered = bytes.slice();
    altered[bytes.length - 30] = (altered[bytes.length - 30] as number) ^ 1;
    const damaged = { code: 'workspace-damaged' };
    for (const use of [inspect, bring]) {
      await expect(use(new Blob([altered]))).rejects.toMatchObject(damaged);
      await expect(use(new Blob([bytes.subarray(0, -1)]))).rejects.toMatchObject(damaged);
      await expect(use(file, 'another')).rejects.toMatchObject({ code: 'workspace-passphrase-wrong' });
      await expect(use(new Blob(['no file']))).rejects.toMatchObject({ code: 'workspace-unsupported' });
    }
    for (const rows of Object.values(await dump())) expect(rows).toEqual([]);
  });

  test('is staged or written into the picked file, and a cancelled one leaves nothing', async () => {
    await fillDevice();
    expect((await inspect(await save({ kind: 'staging' }))).holds.tickets).toBe(170);
    expect(await stagedNames()).toEqual(['workspace-1.ticketmint']);
    const folder = await pickedFolder();
    const handle = await folder.getFileHandle('picked.ticketmint', { create: true });
    await save({ kind: 'file', handle });
    expect((await inspect(await handle.getFile())).holds.tickets).toBe(170);
    await startAfresh();
    const request = { passphrase: PASSPHRASE, fileName: 'x.ticketmint', destination: { kind: 'staging' } as const };
    const saving = worker.call((api) =>
      api.save(
        request,
        proxy(() => {}),
      ),
    );
    await worker.call((api) => api.cancel());
    await expect(saving).rejects.toMatchObject({ code: 'aborted' });
    expect(await stagedNames()).toEqual([]);
  });
});

test('what a crash in the middle has brought in is removed by the next start', async () => {
  await fillDevice();
  const before = await dump();
  await noteJoin(['bbbbbbbbbbbb', BATCH.id]);
  await relaxedDatabase().chunks.put(rowOf({ ...BATCH, id: 'bbbbbbbbbbbb' }, 0));
  await sweepJoin();
  expect(await dump()).toEqual(before);
});

test('a large workspace goes through in pieces, and tells how far it is', async () => {
  const large = { ...BATCH, count: 100_000, chunkSize: 500, acknowledged: [] };
  await relaxedDatabase().batches.put(local(large));
  await relaxedDatabase().chunks.bulkPut(Array.from({ length: 200 }, (_, seq) => rowOf(large, seq)));
  const told: WorkspaceProgress[] = [];
  const request = { passphrase: PASSPHRASE, fileName: 'x.ticketmint', destination: MEMORY };
  const saved = await worker.call((api) =>
    api.save(
      request,
      proxy((progress) => void told.push(progress)),
    ),
  );
  expect(saved.tickets).toBe(100_000);
  expect(told.every(({ totalTickets }) => totalTickets === 100_000)).toBe(true);
  await startAfresh();
  expect((await bring(saved.file ?? new Blob())).gain.tickets).toBe(100_000);
  expect(await relaxedDatabase().chunks.count()).toBe(200);
});
