import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExportRecord, relaxedDatabase } from '../../src/database/database.ts';
import { exportLock, recordRequest } from '../../src/database/export-records.ts';
import { type ExportOrder, exportService } from '../../src/features/exports/export-service.ts';
import { isOver, type LiveExport } from '../../src/features/exports/live-exports.ts';
import { batchOf, buffer, namesIn, pickedFolder, requestOf, stagedNames, startAfresh } from './export-fixture.ts';

const batch = batchOf('0123456789ab', 20_000, { chunkSize: 2_000 });

async function orderOf(facts: Parameters<typeof requestOf>[1] = {}): Promise<ExportOrder> {
  const destination = { kind: 'folder', handle: await pickedFolder() } as const;
  const { id, batches, createdAt, ...order } = requestOf([], { destination, ...facts });
  return { ...order, gather: async () => ({ batches: [batch], isUpToDate: true }) };
}

function liveOf(id: string): LiveExport | undefined {
  return exportService.all().find((live) => live.id === id);
}

/** Resolves when it is so, looked at whenever an export changes. */
function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = exportService.subscribe(look);
    look();
  });
}

async function ended(id: string): Promise<LiveExport> {
  await until(() => isOver(liveOf(id) ?? { state: 'queued' }));
  return liveOf(id) as LiveExport;
}

async function recordOf(id: string): Promise<ExportRecord | undefined> {
  return relaxedDatabase().exports.get(id);
}

const releases: (() => void)[] = [];

/** Holds a lock as another tab would, until the test ends or lets it go. */
async function hold(name: string): Promise<() => void> {
  const { promise: end, resolve: release } = Promise.withResolvers<void>();
  const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
  void navigator.locks.request(name, () => {
    held();
    return end;
  });
  releases.push(release);
  await isHeld;
  return release;
}

describe('the exports of a device', () => {
  beforeEach(async () => {
    for (const { id } of exportService.all()) exportService.dismiss(id);
    await startAfresh();
    await buffer(batch);
  });
  afterEach(() => {
    for (const release of releases.splice(0)) release();
  });

  it('run five at once, and the others wait for their turn', async () => {
    const most = { running: 0, queued: 0 };
    const unsubscribe = exportService.subscribe(() => {
      for (const state of ['running', 'queued'] as const)
        most[state] = Math.max(most[state], exportService.all().filter((live) => live.state === state).length);
    });
    const order = await orderOf();
    const ids = Array.from({ length: 8 }, () => exportService.start(order));
    const all = await Promise.all(ids.map(ended));
    unsubscribe();
    expect(all.map(({ state }) => state)).toEqual(ids.map(() => 'completed'));
    expect(most.running).toBe(5);
    expect(most.queued).toBeGreaterThanOrEqual(3);
    expect((await namesIn(await pickedFolder())).filter((name) => name.endsWith('.csv'))).toHaveLength(8);
  });

  it('share the five with other tabs', async () => {
    await Promise.all([1, 2, 3, 5].map((slot) => hold(`ticketmint-export-slot-${slot}`)));
    const order = await orderOf();
    const ids = [exportService.start(order), exportService.start(order)];
    const states = () => ids.map((id) => liveOf(id)?.state);
    await until(() => states().includes('queued') && states().includes('running'));
    expect((await ended(ids[0] ?? '')).state).toBe('completed');
    expect((await ended(ids[1] ?? '')).state).toBe('completed');
  });

  it('are cancelled, whether they run or wait, and leave no file', async () => {
    const id = exportService.start(await orderOf({ formatId: 'tickets-pdf', fileName: 'tickets.pdf' }));
    await until(() => (liveOf(id)?.progress?.records ?? 0) > 0);
    await exportService.cancel(id);
    expect(liveOf(id)?.state).toBe('cancelled');
    // Held until what it has left is removed.
    await navigator.locks.request(exportLock(id), () => {});
    expect(await recordOf(id)).toMatchObject({ state: 'cancelled', manifest: null, staged: [] });

    await Promise.all([1, 2, 3, 4, 5].map((slot) => hold(`ticketmint-export-slot-${slot}`)));
    const waiting = exportService.start(await orderOf());
    await until(() => liveOf(waiting)?.state === 'queued');
    await exportService.cancel(waiting);
    expect(liveOf(waiting)?.state).toBe('cancelled');
    expect(await namesIn(await pickedFolder())).toEqual([]);
    expect(await stagedNames()).toEqual([]);
  });

  it('are tried again when somebody says so, under the same line of the history', async () => {
    const chunk = await relaxedDatabase().chunks.get([batch.id, 4]);
    await relaxedDatabase().chunks.delete([batch.id, 4]);
    const order = await orderOf();
    const gather: ExportOrder['gather'] = async () => ({ batches: [{ ...batch, seqs: [[0, 9]] }], isUpToDate: true });
    const id = exportService.start({ ...order, gather });
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'export-incomplete' } });
    expect(await recordOf(id)).toMatchObject({ state: 'failed', failure: { code: 'tickets-missing' } });
    await relaxedDatabase().chunks.put(chunk as NonNullable<typeof chunk>);
    await exportService.retry(id);
    expect(liveOf(id)).toMatchObject({ state: 'completed', outcome: { manifest: { records: 20_000 } } });
    expect(await relaxedDatabase().exports.count()).toBe(1);
  });

  it('are taken up from a tab that is gone, and then wait for a press where they cannot be saved without', async () => {
    const request = requestOf([batch], { id: 'left-behind' });
    const release = await hold(exportLock(request.id));
    await recordRequest(request);
    await exportService.resume();
    expect(liveOf(request.id)).toBeUndefined();
    release();
    await until(() => liveOf(request.id) !== undefined);
    expect(await ended(request.id)).toMatchObject({ state: 'completed', needsSaving: true });
    expect(await recordOf(request.id)).toMatchObject({ state: 'completed', savedAt: null });
    await exportService.save(request.id, { kind: 'folder', handle: await pickedFolder() });
    expect(liveOf(request.id)?.needsSaving).toBe(false);
    expect(await namesIn(await pickedFolder())).toEqual(['tickets.csv', 'tickets.csv.manifest.json']);
  });

  it('stop, and say so, when they were begun three times in vain', async () => {
    const request = requestOf([batch], { id: 'too-much' });
    await recordRequest(request);
    await relaxedDatabase().exports.update(request.id, { state: 'running', attempts: 3 });
    await exportService.resume();
    await until(() => liveOf(request.id) !== undefined);
    expect(await ended(request.id)).toMatchObject({ state: 'failed', error: { code: 'export-interrupted' } });
    expect(await recordOf(request.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'browser-gave-out', times: 3 },
    });
  });
});
