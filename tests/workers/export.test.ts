import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchRequest, type ExportRequest, STAGING_FOLDER } from '../../core/export/job.ts';
import type { ExportProgress } from '../../core/export/progress.ts';
import { encodeToken } from '../../core/ticket/token.ts';
import { relaxedDatabase } from '../../src/database/database.ts';
import { recordRequest } from '../../src/database/export-records.ts';
import { startWorker, type WorkerHandle } from '../../workers/bridge.ts';
import { readCsv } from '../suites/export/csv-under-test.ts';
import { readNdjson } from '../suites/export/json-under-test.ts';
import {
  batchOf,
  buffer,
  bytesOf,
  EVENT,
  namesIn,
  pickedFolder,
  requestOf,
  sha256Of,
  signatureOf,
  stagedNames,
  startAfresh,
} from './export-fixture.ts';

describe('the export worker', () => {
  let worker: WorkerHandle<'export'>;
  const noProgress = () => proxy(() => {});
  const run = (request: ExportRequest) => worker.call((api) => api.run(request, noProgress()));

  beforeEach(async () => {
    await startAfresh();
    worker = startWorker('export');
  });
  afterEach(() => worker.terminate());

  it('writes every ticket of two batches into a fresh file of the picked folder, with its manifest', async () => {
    const folder = await pickedFolder();
    const taken = await (await folder.getFileHandle('tickets.csv', { create: true })).createWritable();
    await taken.write('precious');
    await taken.close();
    const batches = [
      batchOf('0123456789ab', 1_230, { revoked: [[3, 4]] }),
      batchOf('ba9876543210', 600, {
        corrections: [
          { batch: 'ba9876543210', serial: 2, column: 'holder', value: '=Meena', createdAt: 0, createdBy: 'x' },
        ],
      }),
    ];
    await buffer(batches[0] as BatchRequest);
    await buffer(batches[1] as BatchRequest, (serial) => ({ holder: `விருந்தினர் ${serial}`, 'x-shirt': 'L' }));
    const request = requestOf(batches, { destination: { kind: 'folder', handle: folder } });
    const reports: ExportProgress[] = [];
    const outcome = await worker.call((api) =>
      api.run(
        request,
        proxy((report: ExportProgress) => void reports.push(report)),
      ),
    );

    expect(await namesIn(folder)).toEqual(['tickets (2).csv', 'tickets (2).csv.manifest.json', 'tickets.csv']);
    expect(await (await (await folder.getFileHandle('tickets.csv')).getFile()).text()).toBe('precious');
    const file = await bytesOf(await (await folder.getFileHandle('tickets (2).csv')).getFile());
    const [header, ...records] = readCsv(file);
    expect(header?.slice(0, 9)).toEqual([
      'Event',
      'Batch',
      'Serial',
      'Code',
      'Token',
      'Type number',
      'Type',
      'Holder',
      'Shirt',
    ]);
    expect(records).toHaveLength(1_830);
    for (const serial of [1, 500, 501, 1_230]) {
      const payload = { batchId: '0123456789ab', serial, typeIndex: 2 };
      expect(records[serial - 1]?.slice(4, 7)).toEqual([encodeToken(payload, signatureOf(serial)), '2', 'VIP, front']);
    }
    expect(records.slice(1, 5).map((record) => record[10])).toEqual(['valid', 'revoked', 'revoked', 'valid']);
    expect(records.slice(1_230, 1_232).map((record) => record[7])).toEqual(['விருந்தினர் 1', "'=Meena"]);

    const { manifest } = outcome;
    expect(outcome).toMatchObject({ place: 'folder', stagedBecause: null, blob: null });
    expect(manifest).toMatchObject({
      fileName: 'tickets (2).csv',
      records: 1_830,
      bytes: file.length,
      sha256: await sha256Of(file),
      firstKey: '0123456789ab/1',
      lastKey: 'ba9876543210/600',
    });
    const beside = await (await (await folder.getFileHandle('tickets (2).csv.manifest.json')).getFile()).text();
    expect(JSON.parse(beside)).toEqual(manifest);
    expect(await relaxedDatabase().exports.get(request.id)).toMatchObject({
      state: 'completed',
      manifest,
      savedAt: expect.any(Number),
      unfinishedNames: [],
    });
    expect(reports.at(-1)).toMatchObject({ phase: 'export-completed', records: 1_830 });
  });

  it('writes into a picked file', async () => {
    const handle = await (await pickedFolder()).getFileHandle('mine.csv', { create: true });
    const batch = batchOf('0123456789ab', 2_000);
    await buffer(batch);
    const { manifest } = await run(requestOf([batch], { destination: { kind: 'file', handle } }));
    const file = await bytesOf(await handle.getFile());
    expect(manifest).toMatchObject({
      fileName: 'mine.csv',
      records: 2_000,
      bytes: file.length,
      sha256: await sha256Of(file),
    });
  });

  it('stages a file to be downloaded, finds it again, and proves it', async () => {
    const batch = batchOf('0123456789ab', 12_000);
    await buffer(batch);
    const request = requestOf([batch]);
    const { manifest } = await run(request);
    const [{ file, fileName } = {}] = await worker.call((api) => api.stagedFiles(request.id));
    expect(fileName).toBe('tickets.csv');
    expect(readCsv(await bytesOf(file))).toHaveLength(12_001);
    const { bytes, sha256 } = manifest;
    expect(await worker.call((api) => api.hashFile(file as File))).toEqual({ bytes, sha256 });
    await worker.call((api) => api.forget(request.id));
    expect(await stagedNames()).toEqual([]);
    expect(await relaxedDatabase().exports.get(request.id)).toBeUndefined();
  });

  it('gives the file itself where the browser has none of its own', async () => {
    const batch = batchOf('0123456789ab', 700);
    await buffer(batch);
    const { blob, manifest } = await run(requestOf([batch], { destination: { kind: 'memory' } }));
    expect(blob?.type).toBe('text/csv;charset=utf-8');
    expect(await sha256Of(await bytesOf(blob ?? undefined))).toBe(manifest.sha256);
  });

  it('compresses on the way into the file, and keeps both extensions of its name', async () => {
    const folder = await pickedFolder();
    const batch = batchOf('0123456789ab', 1_200);
    await buffer(batch);
    const destination = { kind: 'folder', handle: folder } as const;
    const options = { compression: 'gzip' };
    const facts = { destination, options, formatId: 'json', fileName: 'tickets.json.gz' } as const;
    await run(requestOf([batch], facts));
    const { manifest } = await run(requestOf([batch], facts));
    expect(manifest.fileName).toBe('tickets (2).json.gz');
    const file = await (await folder.getFileHandle(manifest.fileName)).getFile();
    expect(await sha256Of(await bytesOf(file))).toBe(manifest.sha256);
    const content = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
    expect(await sha256Of(await bytesOf(content))).toBe(manifest.contentSha256);
    expect(JSON.parse(await content.text())).toMatchObject({ statistics: { records: 1_200 } });
  });

  it('exports the tickets that were asked for, in the order that was asked for', async () => {
    const batches = [batchOf('0123456789ab', 1_000, { revoked: [[1, 10]] }), batchOf('ba9876543210', 40_000)];
    await buffer(batches[0] as BatchRequest, (serial) => ({ holder: `Guest ${(serial * 617) % 1_000}` }));
    await buffer(batches[1] as BatchRequest, (serial) => ({ holder: `Guest ${(serial * 617) % 40_009}` }));
    const options = {
      columns: [{ id: 'serial' }, { id: 'holder' }],
      filters: { kind: 'not', filter: { kind: 'status', statuses: ['revoked'] } },
      sort: { column: 'holder', direction: 'descending' },
    };
    const { manifest, blob } = await run(
      requestOf(batches, { formatId: 'ndjson', options, destination: { kind: 'memory' } }),
    );
    expect(manifest).toMatchObject({ records: 40_990, options });
    const holders = readNdjson(await bytesOf(blob ?? undefined)).map(({ holder }) => String(holder));
    const { compare } = new Intl.Collator('en-IN', { numeric: true });
    expect(holders).toEqual(holders.toSorted((left, right) => compare(right, left)));
    expect(holders[0]).toBe('Guest 40008');
  });

  it('gives the same bytes wherever they go', async () => {
    const batch = batchOf('0123456789ab', 3_000);
    await buffer(batch);
    const hashes: string[] = [];
    const handle = await (await pickedFolder()).getFileHandle('a.csv', { create: true });
    const destinations = [{ kind: 'file', handle }, { kind: 'staging' }, { kind: 'memory' }] as const;
    for (const destination of destinations)
      hashes.push((await run(requestOf([batch], { destination }))).manifest.contentSha256);
    expect(new Set(hashes).size).toBe(1);
  });

  it('stages the file instead when the picked one is locked, and says why', async () => {
    const handle = await (await pickedFolder()).getFileHandle('locked.csv', { create: true });
    const locked = new Worker(
      URL.createObjectURL(
        new Blob([
          'onmessage = async ({ data }) => { self.access = await data.createSyncAccessHandle(); postMessage(1); }',
        ]),
      ),
    );
    const isLocked = new Promise((resolve) => locked.addEventListener('message', resolve, { once: true }));
    locked.postMessage(handle);
    await isLocked;
    const batch = batchOf('0123456789ab', 900);
    await buffer(batch);
    const outcome = await run(requestOf([batch], { destination: { kind: 'file', handle } }));
    locked.terminate();
    expect(outcome).toMatchObject({ place: 'staging', stagedBecause: { code: 'file-in-use' } });
    expect(outcome.manifest.records).toBe(900);
    expect(await stagedNames()).toHaveLength(1);
  });

  it('leaves nothing that looks done when tickets are missing', async () => {
    const folder = await pickedFolder();
    const batch = batchOf('0123456789ab', 1_500, { stored: [[0, 2]] });
    await buffer(batch);
    await relaxedDatabase().chunks.delete(['0123456789ab', 1]);
    for (const destination of [{ kind: 'folder', handle: folder }, { kind: 'staging' }] as const) {
      const request = requestOf([batch], { destination });
      await expect(run(request)).rejects.toMatchObject({ code: 'export-incomplete' });
      expect(await relaxedDatabase().exports.get(request.id)).toMatchObject({ state: 'failed', manifest: null });
    }
    expect(await namesIn(folder)).toEqual([]);
    expect(await stagedNames()).toEqual([]);
  });

  it('stops when it is cancelled and leaves no file', async () => {
    const folder = await pickedFolder();
    const batch = batchOf('0123456789ab', 200_000, { chunkSize: 5_000 });
    await buffer(batch);
    const files = [{ formatId: 'xlsx', options: {}, fileName: 'tickets.xlsx' }] as const;
    const request = requestOf([batch], { files, destination: { kind: 'folder', handle: folder } });
    let isCancelled = false;
    const onProgress = proxy(({ records }: ExportProgress) => {
      if (records === 0 || isCancelled) return;
      isCancelled = true;
      void worker.call((api) => api.cancel(request.id));
    });
    // How soon is measured by `npm run bench -- csv`.
    await expect(worker.call((api) => api.run(request, onProgress))).rejects.toMatchObject({ code: 'aborted' });
    expect(await namesIn(folder)).toEqual([]);
    expect(await stagedNames()).toEqual([]);
    expect(await relaxedDatabase().exports.get(request.id)).toMatchObject({ state: 'cancelled', failure: null });
  });

  it('removes what a crash has left half written, and keeps what is whole', async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(STAGING_FOLDER, { create: true });
    const batch = batchOf('0123456789ab', 600);
    await buffer(batch);
    const [crashed, kept] = [requestOf([batch]), requestOf([batch])];
    await recordRequest(crashed);
    for (const name of [`${crashed.id}-1.csv`, 'nobodys-3.csv', 'strange']) {
      const half = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await half.write('half');
      await half.close();
    }
    await run(kept);
    await worker.call((api) => api.sweep());
    expect(await relaxedDatabase().exports.get(crashed.id)).toMatchObject({ state: 'queued' });
    expect(await relaxedDatabase().exports.get(kept.id)).toMatchObject({ state: 'completed' });
    expect(await stagedNames()).toEqual([`${kept.id}-1.csv`]);
  });

  it('names the personal columns of the batches', async () => {
    const batches = [batchOf('0123456789ab', 600), batchOf('ba9876543210', 600)];
    await buffer(batches[0] as BatchRequest);
    await buffer(batches[1] as BatchRequest, () => ({ holder: 'x', 'x-shirt': 'L' }));
    expect(await worker.call((api) => api.fieldColumns(EVENT, batches))).toEqual(['holder', 'x-shirt']);
  });
});
