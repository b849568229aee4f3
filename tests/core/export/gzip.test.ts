import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf, rowOf, run } from '../../suites/export/format-contract.ts';

const TEXT_FORMATS = ['csv', 'json', 'ndjson', 'xml'] as const;
const source = (count: number) => new ProbeSource(pagesOf(countedRows(count)), count);

describe.each(TEXT_FORMATS)('gzip of %s', (id) => {
  it('inflates to the same bytes as are written without, and says so in the manifest', async () => {
    const [plain, zipped] = [new MemorySink(), new MemorySink()];
    const whole = await run({ format: await EXPORT_FORMATS[id].prepare({}), source: source(5_000), sink: plain });
    const format = await EXPORT_FORMATS[id].prepare({ compression: 'gzip' });
    const manifest = await run({ format, source: source(5_000), sink: zipped });
    const file = await zipped.file();
    expect(gunzipSync(file).equals(await plain.file())).toBe(true);
    expect(manifest.contentSha256).toBe(whole.sha256);
    expect(manifest.sha256).not.toBe(whole.sha256);
    expect(manifest).toMatchObject({ records: 5_000, bytes: file.length, lastKey: 'batch/5000' });
    expect(file.length).toBeLessThan(whole.bytes / 3);
  });

  it('is named so', async () => {
    const format = await EXPORT_FORMATS[id].prepare({ compression: 'gzip' });
    expect(format).toMatchObject({ mimeType: 'application/gzip', extension: `${id}.gz` });
  });
});

describe('a compressed export', () => {
  const csvGz = () => EXPORT_FORMATS.csv.prepare({ compression: 'gzip' });

  it('pulls nothing before the first read, and closes its source when left early', async () => {
    const records = source(100_000);
    const chunks = (await csvGz()).encode(records, {
      signal: new AbortController().signal,
      now: new Date(0),
      timeZone: 'UTC',
      locale: 'en',
      part: { number: 1, of: 1 },
      reject: () => {},
      progress: () => {},
    });
    expect(records.pulledPages).toBe(0);
    for await (const _ of chunks) break;
    expect(records.isClosed).toBe(true);
    expect(records.pulledPages).toBeLessThan(50);
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const records = source(5_000_000);
    const sink = new MemorySink(false);
    const running = run({
      format: await csvGz(),
      source: records,
      sink,
      signal: controller.signal,
      onProgress: ({ records: done }) => done > 0 && controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
    expect(sink.state).toBe('aborted');
    expect(records.isClosed).toBe(true);
  });

  it('passes on what the source throws', async () => {
    const { columns, estimatedCount } = source(1);
    const broken = {
      columns,
      estimatedCount,
      async *pages() {
        yield* pagesOf([rowOf(1)]);
        throw new RangeError('the store is gone');
      },
    };
    await expect(run({ format: await csvGz(), source: broken })).rejects.toThrow('the store is gone');
  });
});
