import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { countedRows, MemorySink, ProbeSource, pagesOf, run } from '../../suites/export/format-contract.ts';

const source = (count: number) => new ProbeSource(pagesOf(countedRows(count)), count);
const csv = () => EXPORT_FORMATS.csv.prepare({});

describe('runExport', () => {
  it('does not call an export done when the sink holds another size', async () => {
    class ShortSink extends MemorySink {
      override close = async () => this.bytes - 1;
    }
    const sink = new ShortSink();
    const phases: string[] = [];
    const running = run({
      format: await csv(),
      source: source(10),
      sink,
      onProgress: ({ phase }) => phases.push(phase),
    });
    await expect(running).rejects.toMatchObject({ code: 'export-incomplete' });
    expect(sink.state).toBe('aborted');
    expect(phases.at(-1)).toBe('export-failed');
  });

  it('aborts the sink and closes the source when a write fails', async () => {
    class FullSink extends MemorySink {
      override write = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      };
    }
    const sink = new FullSink();
    const records = source(5_000);
    await expect(run({ format: await csv(), source: records, sink })).rejects.toThrow('full');
    expect(sink.state).toBe('aborted');
    expect(records.isClosed).toBe(true);
  });

  it('passes on what the source throws', async () => {
    const broken = {
      ...pick(source(0)),
      async *pages(): AsyncGenerator<never> {
        yield* [];
        throw new RangeError('the store is gone');
      },
    };
    await expect(run({ format: await csv(), source: broken })).rejects.toThrow('the store is gone');
  });

  it('reads nothing when it is cancelled before it begins', async () => {
    const records = source(10);
    const sink = new MemorySink();
    await expect(
      run({ format: await csv(), source: records, sink, signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no');
    expect(records.pulledPages).toBe(0);
    expect(sink.state).toBe('aborted');
  });

  it('lists the first 1,000 rejections and counts all', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => [index, 'x', null, Number.NaN, 0]);
    const manifest = await run({ format: await csv(), source: new ProbeSource(pagesOf(rows), rows.length) });
    expect(manifest.rejectedCount).toBe(1_500);
    expect(manifest.rejected).toHaveLength(1_000);
    expect(manifest).toMatchObject({ records: 0, firstKey: null, lastKey: null });
  });
});

function pick({ columns, estimatedCount }: ProbeSource) {
  return { columns, estimatedCount };
}
