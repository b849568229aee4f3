import { describe, expect, it } from 'vitest';
import { runArchive } from '../../../core/export/archive.ts';
import type { ExportFile } from '../../../core/export/engine.ts';
import type { ExportAssets } from '../../../core/export/format.ts';
import { exportManifestSchema } from '../../../core/export/manifest.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf, rowOf } from '../../suites/export/format-contract.ts';
import { diskAssets } from '../../support/disk-assets.ts';
import { batchOf, MemoryChunks, sourceOf } from './memory-tickets.ts';
import { withFile, zipReaders } from './zip/zip-readers.ts';

const settings = {
  now: new Date('2026-11-22T10:00:00Z'),
  timeZone: 'Asia/Kolkata',
  locale: 'en-IN',
  signal: new AbortController().signal,
  onProgress: () => {},
};

async function fileOf(id: FormatId, rows: Iterable<readonly (string | number | null)[]>, count: number, per?: number) {
  const format = await EXPORT_FORMATS[id].prepare({});
  const source = new ProbeSource(pagesOf(rows, 1_000), count);
  return { format, source, fileName: `tickets.${format.extension}`, recordsPerFile: per } satisfies ExportFile;
}

async function archive(files: readonly ExportFile[], more: { readonly assets?: ExportAssets } = {}) {
  const sink = new MemorySink();
  const manifest = await runArchive(files, { ...settings, ...more }, { fileName: 'all.zip', sink });
  return { manifest: exportManifestSchema.parse(manifest), bytes: await sink.file() };
}

describe.for(zipReaders.filter(({ isHere }) => isHere))('an archive, as $name reads it', ({ list }) => {
  it('holds several formats and what proves them', async () => {
    const files = [await fileOf('csv', countedRows(2_500), 2_500), await fileOf('ndjson', countedRows(2_500), 2_500)];
    const { manifest, bytes } = await archive(files);
    const entries = withFile(bytes, list);
    expect(entries.map(({ name }) => name)).toEqual(['tickets.csv', 'tickets.ndjson', 'manifest.json']);
    expect(manifest).toMatchObject({ format: 'zip', fileName: 'all.zip', records: 2_500, bytes: bytes.length });
    expect(manifest.contents?.map(({ format, bytes: size }) => [format, size])).toEqual([
      ['csv', entries[0]?.bytes],
      ['ndjson', entries[1]?.bytes],
    ]);
  });

  it('holds a file for each record, named by it, safe and unique', async () => {
    const names = ['Meena R', 'Meena R', '../../etc/passwd', 'CON', 'ＣＯＮ', 'a\u202eb', '', 'x'.repeat(400)];
    const rows = names.map((name, index) => rowOf(index === 1 ? 1 : index + 1, name));
    const { manifest, bytes } = await archive([await fileOf('csv', rows, rows.length, 1)]);
    const entries = withFile(bytes, list);
    expect(entries).toHaveLength(names.length + 1);
    expect(entries.slice(0, 3).map(({ name }) => name)).toEqual([
      'tickets/batch/000001 Meena R.csv',
      'tickets/batch/000001 Meena R (2).csv',
      'tickets/batch/000003 .._.._etc_passwd.csv',
    ]);
    expect(manifest.contents?.[0]?.parts.map(({ fileName }) => fileName)).toEqual(
      entries.slice(0, -1).map(({ name }) => name),
    );
  });

  it('holds a PDF for each ticket', async () => {
    const batch = batchOf('0123456789ab', { count: 30, seqs: [[0, 0]], fieldColumns: ['holder'] });
    const source = sourceOf([batch], new MemoryChunks([batch], (serial) => ({ holder: `Person ${serial}` })));
    const format = await EXPORT_FORMATS['tickets-pdf'].prepare({});
    const file = { format, source, fileName: 'tickets.pdf', recordsPerFile: 1 };
    const { manifest, bytes } = await archive([file], { assets: diskAssets() });
    const entries = withFile(bytes, list);
    expect(entries[29]?.name).toBe('tickets/0123456789ab/000030 Person 30.pdf');
    expect(entries.map(({ bytes: size }) => size).slice(0, 30)).toEqual(
      manifest.contents?.[0]?.parts.map((part) => part.bytes),
    );
    expect(manifest).toMatchObject({ records: 30, rejectedCount: 0 });
  });

  it('leaves out the file of a record that is set aside, and says so', async () => {
    const rows = [rowOf(1), [2, 'x', null, Number.NaN, 0], rowOf(3)];
    const { manifest, bytes } = await archive([await fileOf('csv', rows, 3, 1)]);
    expect(withFile(bytes, list)).toHaveLength(3);
    expect(manifest).toMatchObject({ records: 2, rejectedCount: 1, rejected: [{ key: 'batch/2' }] });
    expect(manifest.contents?.[0]).toMatchObject({ partCount: 2, records: 2 });
  });
});

describe('an archive', () => {
  it('has the same content hash again, and lists no more than 1,000 of its files', async () => {
    const make = async () => archive([await fileOf('csv', countedRows(1_200), 1_200, 1)]);
    const [one, two] = [await make(), await make()];
    expect(one.manifest.contentSha256).toBe(two.manifest.contentSha256);
    expect(one.manifest.contents?.[0]).toMatchObject({ partCount: 1_200, records: 1_200 });
    expect(one.manifest.contents?.[0]?.parts).toHaveLength(1_000);
  });

  it('is aborted with its sources when it is cancelled', async () => {
    const controller = new AbortController();
    const sink = new MemorySink();
    const file = await fileOf('csv', countedRows(20_000), 20_000, 1_000);
    const phases: string[] = [];
    const onProgress = ({ phase, records }: { phase: string; records: number }) => {
      phases.push(phase);
      if (records > 5_000) controller.abort(new Error('enough'));
    };
    const running = { ...settings, signal: controller.signal, onProgress };
    await expect(runArchive([file], running, { fileName: 'all.zip', sink })).rejects.toThrow('enough');
    expect(sink.state).toBe('aborted');
    expect(file.source.isClosed).toBe(true);
    expect(phases.at(-1)).toBe('export-cancelled');
  });
});
