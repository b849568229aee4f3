import { proxy, type Remote, wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportDestination, ExportRequest } from '../../core/export/job.ts';
import { type ExportRecord, relaxedDatabase } from '../../src/database/database.ts';
import { finishedParts, recordRetry } from '../../src/database/export-records.ts';
import { installErrorTransfer } from '../../workers/error-transfer.ts';
import type { ExportApi } from '../../workers/export.worker.ts';
import { readCsv } from '../suites/export/csv-under-test.ts';
import {
  batchOf,
  buffer,
  bytesOf,
  namesIn,
  pickedFolder,
  requestOf,
  sha256Of,
  stagedNames,
  startAfresh,
} from './export-fixture.ts';

installErrorTransfer();

const ERRORS = [
  'NotAllowedError',
  'NoModificationAllowedError',
  'InvalidStateError',
  'AbortError',
  'QuotaExceededError',
] as const;
const MOMENTS = ['open', 'write', 'close'] as const;
const DAY_MS = 24 * 3_600_000;

const batch = batchOf('0123456789ab', 5_000);
let worker: Worker;
let api: Remote<ExportApi>;
const run = (request: ExportRequest) =>
  api.run(
    request,
    proxy(() => {}),
  );

async function recordOf(id: string): Promise<ExportRecord> {
  return (await relaxedDatabase().exports.get(id)) as ExportRecord;
}

async function textIn(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  return (await (await folder.getFileHandle(name)).getFile()).text();
}

beforeEach(async () => {
  await startAfresh();
  await buffer(batch);
  worker = new Worker(new URL('./export-faults.worker.ts', import.meta.url), { type: 'module' });
  api = wrap<ExportApi>(worker);
});
afterEach(() => worker.terminate());

describe('an export whose place fails', () => {
  async function destinationOf(kind: 'folder' | 'file', fileName: string): Promise<ExportDestination> {
    const folder = await pickedFolder();
    if (kind === 'folder') return { kind, handle: folder };
    return { kind, handle: await folder.getFileHandle(fileName, { create: true }) };
  }

  for (const error of ERRORS)
    for (const kind of ['folder', 'file'] as const)
      it(`stays whole and can be saved elsewhere after ${error} of a ${kind} (B9)`, async () => {
        for (const moment of MOMENTS) {
          const fileName = `${error} at ${moment}.csv`;
          const request = requestOf([batch], { fileName, destination: await destinationOf(kind, fileName) });
          const outcome = await run(request);
          expect(outcome).toMatchObject({
            place: 'staging',
            stagedBecause: { code: expect.stringMatching(/\w+-\w+/) },
          });
          expect(await recordOf(request.id)).toMatchObject({ state: 'completed', savedAt: null, unfinishedNames: [] });
          expect(await namesIn(await pickedFolder())).toEqual([]);
          const [copy] = await api.stagedFiles(request.id);
          expect(await sha256Of(await bytesOf(copy?.file))).toBe(outcome.manifest.sha256);

          const place = await (await pickedFolder()).getFileHandle('elsewhere.csv', { create: true });
          await api.save(request.id, { kind: 'file', handle: place });
          expect(await sha256Of(await bytesOf(await place.getFile()))).toBe(outcome.manifest.sha256);
          expect((await recordOf(request.id)).savedAt).not.toBeNull();
          await (await pickedFolder()).removeEntry('elsewhere.csv');
        }
      });

  it('goes straight to its place when the browser has no space of its own', async () => {
    const folder = await pickedFolder();
    const destination = { kind: 'folder', handle: folder } as const;
    const outcome = await run(requestOf([batch], { id: 'full-1', destination }));
    expect(outcome).toMatchObject({ place: 'folder', staged: [], manifest: { records: 5_000 } });
    expect(readCsv(new TextEncoder().encode(await textIn(folder, 'tickets.csv')))).toHaveLength(5_001);
    expect(await stagedNames()).toEqual([]);
  });

  it('clears copies of saved exports before it gives up for lack of space, and never those not saved', async () => {
    const saved = requestOf([batch], { destination: { kind: 'folder', handle: await pickedFolder() } });
    const unsaved = requestOf([batch]);
    await run(saved);
    await run(unsaved);
    await expect(run(requestOf([batch], { id: 'full-2' }))).rejects.toMatchObject({ code: 'export-sink-failed' });
    expect(await stagedNames()).toEqual([`${unsaved.id}-1.csv`]);
    expect(await recordOf(saved.id)).toMatchObject({ state: 'completed', staged: [] });
    expect(await recordOf('full-2')).toMatchObject({ state: 'failed', failure: { code: 'no-space' } });
  });
});

describe('an export that was interrupted', () => {
  const inParts = { recordsPerFile: 3_500, fileName: 'list.csv' } as const;

  it('goes on after the parts that are whole, and ends as if nothing had happened', async () => {
    const folder = await pickedFolder();
    // Chunks are read ahead, 8,000 tickets at a time: the one that is missing is among the second.
    const long = batchOf('ba9876543210', 12_000);
    await buffer(long);
    const whole = await run(requestOf([long], inParts));
    expect(whole.manifest.parts.map(({ fileName, records }) => [fileName, records])).toEqual([
      ['list 1 of 4.csv', 3_500],
      ['list 2 of 4.csv', 3_500],
      ['list 3 of 4.csv', 3_500],
      ['list 4 of 4.csv', 1_500],
    ]);

    const request = requestOf([{ ...long, seqs: [[0, 23]] }], {
      ...inParts,
      destination: { kind: 'folder', handle: folder },
    });
    const chunk = await relaxedDatabase().chunks.get(['ba9876543210', 20]);
    await relaxedDatabase().chunks.delete(['ba9876543210', 20]);
    await expect(run(request)).rejects.toMatchObject({
      code: 'export-incomplete',
    });
    expect(await finishedParts(request.id)).toHaveLength(2);
    const times = async () => {
      const root = await navigator.storage.getDirectory();
      const staging = await root.getDirectoryHandle('exports');
      const names = (await namesIn(staging)).filter((name) => name.startsWith(`${request.id}-`)).slice(0, 2);
      return Promise.all(names.map(async (name) => (await (await staging.getFileHandle(name)).getFile()).lastModified));
    };
    const before = await times();
    await relaxedDatabase().chunks.put(chunk as NonNullable<typeof chunk>);
    await api.sweep();
    await recordRetry(request.id, request.destination);
    const { manifest } = await run(request);
    expect(await times()).toEqual(before);
    expect(manifest).toMatchObject({ records: 12_000, contentSha256: whole.manifest.contentSha256 });
    expect(await namesIn(folder)).toEqual([
      ...manifest.parts.map(({ fileName }) => fileName),
      'list.csv.manifest.json',
    ]);
    expect(await finishedParts(request.id)).toEqual([]);
  });

  it('only delivers what is staged already, and knows the files that a crash left empty for its own', async () => {
    const folder = await pickedFolder();
    const request = requestOf([batch], { ...inParts, destination: { kind: 'folder', handle: folder } });
    const { manifest } = await run(request);
    // As it was when the second file was being copied.
    const names = manifest.parts.map(({ fileName }) => fileName).slice(0, 2);
    for (const name of await namesIn(folder)) if (!names.slice(0, 1).includes(name)) await folder.removeEntry(name);
    await folder.getFileHandle(names[1] ?? '', { create: true });
    const state = { state: 'running', unfinishedNames: names, savedAt: null } as const;
    await relaxedDatabase().exports.update(request.id, state);
    await relaxedDatabase().chunks.clear();
    expect((await run(request)).manifest).toEqual(manifest);
    expect(await namesIn(folder)).toEqual([
      ...manifest.parts.map(({ fileName }) => fileName),
      'list.csv.manifest.json',
    ]);
  });

  it('reads the same tickets again, though others were minted meanwhile', async () => {
    const larger = batchOf('ba9876543210', 2_000);
    await buffer(larger);
    await relaxedDatabase().chunks.delete(['ba9876543210', 3]);
    const request = requestOf([larger, { ...batch, stored: [[0, 10]] }], { id: 'full-3' });
    await expect(run(request)).rejects.toThrow();
    await buffer(larger);
    const stored = await relaxedDatabase().exportRequests.get('full-3');
    expect(stored?.request.batches[0]?.seqs).toEqual([[0, 2]]);
  });
});

describe('the browser’s own files', () => {
  it('are cleared seven days after an export was saved, and never before it was', async () => {
    const [saved, unsaved] = [requestOf([batch]), requestOf([batch])];
    for (const request of [saved, unsaved]) {
      await run(request);
      await relaxedDatabase().exports.update(request.id, { finishedAt: Date.now() - 8 * DAY_MS });
    }
    await relaxedDatabase().exports.update(saved.id, { savedAt: Date.now() - 8 * DAY_MS });
    await api.sweep();
    expect(await stagedNames()).toEqual([`${unsaved.id}-1.csv`]);
    expect((await recordOf(saved.id)).staged).toEqual([]);
    await expect(api.save(saved.id, { kind: 'folder', handle: await pickedFolder() })).rejects.toThrow();
  });
});
