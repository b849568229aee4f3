import { expect, it } from 'vitest';
import { type ExportProgress, ProgressMeter } from '../../../core/export/progress.ts';

it('reports the first bytes at once, and then no more than every tenth of a second', () => {
  const reports: ExportProgress[] = [];
  let now = 1_000;
  const meter = new ProgressMeter(
    10,
    (progress) => reports.push(progress),
    () => now,
  );
  meter.enter('export-processing');
  meter.countBytes(7);
  expect(reports.map(({ bytes }) => bytes)).toEqual([0, 7]);
  now += 99;
  meter.countBytes(1);
  expect(reports).toHaveLength(2);
  now += 1;
  meter.countBytes(1);
  expect(reports.at(-1)?.bytes).toBe(9);
});
