import { describe, expect, it } from 'vitest';
import type { ExportPreview } from '../../../../core/export/preview.ts';
import type { ExportRecord } from '../../../../src/database/database.ts';
import { estimateExport, exportNotes } from '../../../../src/features/exports/estimate.ts';
import { exportTotals } from '../../../../src/features/exports/export-totals.ts';
import type { LiveExport } from '../../../../src/features/exports/live-exports.ts';
import type { FormatPreview } from '../../../../src/features/exports/use-previews.ts';

const drawn: ExportPreview = {
  content: { kind: 'none' },
  shown: 5,
  isOrdered: true,
  records: 10_000,
  isExact: true,
  trial: { fixedBytes: 1_000, bytesPerRecord: 100, fixedMs: 40, msPerRecord: 0.5 },
  rejected: [],
  tried: 1_000,
};
const previewOf = (formatId: FormatPreview['formatId'], preview?: ExportPreview): FormatPreview => ({
  formatId,
  preview,
  isStale: false,
  error: null,
  retry: () => {},
});
const recordOf = (formatId: string, records: number, tookMs: number) =>
  ({ formatId, startedAt: 0, finishedAt: tookMs, manifest: { records } }) as ExportRecord;

describe('the estimate', () => {
  it('is that of the trial while this device has not exported the format', () => {
    const other = recordOf('xlsx', 5_000, 1);
    expect(estimateExport([previewOf('csv', drawn)], [other, recordOf('csv', 10, 9_999)])).toEqual({
      records: 10_000,
      isExact: true,
      bytes: 1_001_000,
      durationMs: 5_040,
      basis: 'trial',
    });
  });

  it('takes the time from the last exports of the format, and the size from the trial on its options', () => {
    const history = [recordOf('csv', 10_000, 9_000), recordOf('csv', 30_000, 3_000), recordOf('csv', 10_000, 1_000)];
    expect(estimateExport([previewOf('csv', drawn)], history)).toMatchObject({
      bytes: 1_001_000,
      durationMs: 1_000,
      basis: 'history',
    });
  });

  it('adds up several formats, and says nothing before all are drawn', () => {
    const both = [previewOf('csv', drawn), previewOf('json', { ...drawn, isExact: false })];
    expect(estimateExport(both, [])).toMatchObject({ bytes: 2_002_000, durationMs: 10_080, isExact: false });
    const one = [previewOf('csv', drawn), previewOf('json')];
    expect(estimateExport(one, [])).toMatchObject({ records: 10_000, bytes: null, durationMs: null, basis: null });
  });

  it('warns where a download would find no room', () => {
    const estimate = estimateExport([previewOf('csv', drawn)], []);
    const notes = exportNotes({
      source: 'tickets',
      batches: [],
      estimate,
      connectionState: 'online',
      bytesAvailable: 1_000_000,
      canPick: false,
    });
    expect(notes).toHaveLength(1);
    expect(
      exportNotes({
        source: 'tickets',
        batches: [],
        estimate,
        connectionState: 'online',
        bytesAvailable: null,
        canPick: true,
      }),
    ).toEqual([]);
  });
});

describe('the totals', () => {
  it('add up what is under way, until the last is done', () => {
    const progress = { phase: 'export-processing', records: 10, expectedRecords: 40, bytes: 5, recordsPerSecond: 2 };
    const live = (state: LiveExport['state'], remainingMs: number | null) =>
      ({ state, progress: { ...progress, remainingMs } }) as LiveExport;
    const exports = [live('running', 9_000), live('running', 3_000), live('completed', null), live('failed', null)];
    expect(exportTotals(exports)).toEqual({
      active: 2,
      records: 20,
      expectedRecords: 80,
      bytes: 10,
      recordsPerSecond: 4,
      remainingMs: 9_000,
    });
    expect(exportTotals([])).toMatchObject({ active: 0, remainingMs: null });
  });
});
