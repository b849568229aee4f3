import { describe, expect, it } from 'vitest';
import { runParts } from '../../../core/export/engine.ts';
import type { FinishedPart } from '../../../core/export/manifest.ts';
import { partName, splitFileName } from '../../../core/export/part-names.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf } from '../../suites/export/format-contract.ts';
import { readNdjson } from '../../suites/export/json-under-test.ts';

const base = {
  now: new Date('2026-11-22T10:00:00Z'),
  timeZone: 'Asia/Kolkata',
  locale: 'en-IN',
  signal: new AbortController().signal,
};

async function inParts(recordsPerFile: number, count: number, finished: readonly FinishedPart[] = [], pageSize = 300) {
  const format = await EXPORT_FORMATS.ndjson.prepare({});
  const source = new ProbeSource(pagesOf(countedRows(count), pageSize), count);
  const sinks: { readonly fileName: string; readonly sink: MemorySink }[] = [];
  const parts: FinishedPart[] = [...finished];
  const phases: string[] = [];
  const manifest = await runParts(
    { format, source, fileName: 'list.ndjson', recordsPerFile },
    { ...base, onProgress: ({ phase }) => phases.at(-1) !== phase && phases.push(phase) },
    {
      finished,
      async openSink(fileName) {
        const sink = new MemorySink();
        sinks.push({ fileName, sink });
        return { sink, fileName };
      },
      async onFinished(part) {
        parts.push(part);
      },
    },
  );
  const files = await Promise.all(sinks.map(({ sink }) => sink.file()));
  const serials = files.map((file) => readNdjson(file).map(({ serial }) => serial));
  return { manifest, parts, names: sinks.map(({ fileName }) => fileName), serials, phases, source };
}

describe('an export in parts', () => {
  it('has every record once, in order, in files of the wanted number of records', async () => {
    for (const [per, count] of [
      [250, 1_000],
      [300, 1_000],
      [999, 1_000],
      [1, 7],
      [1_000, 1_000],
    ] as const) {
      const { serials, manifest, source } = await inParts(per, count);
      expect(serials.flat()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(serials.slice(0, -1).every(({ length }) => length === per)).toBe(true);
      expect(manifest).toMatchObject({ records: count, partCount: Math.ceil(count / per) });
      expect(source.isClosed).toBe(true);
    }
  });

  it('reports each phase once, in the order of every export', async () => {
    expect((await inParts(250, 1_000)).phases).toEqual([
      'export-fetching',
      'export-processing',
      'export-file-generation',
      'export-finalizing',
      'export-completed',
    ]);
  });

  it('goes on after any number of finished parts, and says the same in the end', async () => {
    const whole = await inParts(250, 1_000);
    for (const done of [1, 2, 3, 4]) {
      const rest = await inParts(250, 1_000, whole.parts.slice(0, done));
      expect(rest.manifest).toEqual(whole.manifest);
      expect(rest.names).toEqual(whole.names.slice(done));
    }
  });

  it('is one empty file when there are no records', async () => {
    const { names, manifest } = await inParts(250, 0);
    expect(names).toEqual(['list.ndjson']);
    expect(manifest).toMatchObject({ records: 0, fileName: 'list.ndjson', firstKey: null });
  });

  it('refuses a source with more records than it said', async () => {
    const format = await EXPORT_FORMATS.ndjson.prepare({});
    const source = new ProbeSource(pagesOf(countedRows(1_000)), 900);
    const sink = new MemorySink(false);
    const place = { openSink: async (fileName: string) => ({ sink, fileName }) };
    const running = runParts(
      { format, source, fileName: 'x.ndjson', recordsPerFile: 300 },
      { ...base, onProgress: () => {} },
      place,
    );
    await expect(running).rejects.toMatchObject({ code: 'export-incomplete' });
  });
});

describe('a file’s name', () => {
  it('is numbered before all of its extensions', () => {
    expect(splitFileName('a.b.csv')).toEqual({ stem: 'a.b', extension: '.csv' });
    expect(splitFileName('list.csv.gz')).toEqual({ stem: 'list', extension: '.csv.gz' });
    expect(splitFileName('list.pdf.manifest.json')).toEqual({ stem: 'list', extension: '.pdf.manifest.json' });
    expect(splitFileName('none')).toEqual({ stem: 'none', extension: '' });
    expect(partName('list.csv.gz', 3, 12)).toBe('list 03 of 12.csv.gz');
  });
});
