import { isOver, type LiveExport } from './live-exports.ts';

/** Several exports in one line. */
export interface ExportTotals {
  /** How many are under way. */
  readonly active: number;
  readonly records: number;
  readonly expectedRecords: number;
  readonly bytes: number;
  readonly recordsPerSecond: number;
  /** Until the last of them is done; null until that can be told of any. */
  readonly remainingMs: number | null;
}

export function exportTotals(exports: readonly LiveExport[]): ExportTotals {
  const active = exports.filter((live) => !isOver(live));
  const progress = active.flatMap((live) => live.progress ?? []);
  const sum = (numberOf: (one: (typeof progress)[number]) => number) =>
    progress.reduce((total, one) => total + numberOf(one), 0);
  const remaining = progress.flatMap(({ remainingMs }) => remainingMs ?? []);
  return {
    active: active.length,
    records: sum(({ records }) => records),
    expectedRecords: sum(({ expectedRecords }) => expectedRecords),
    bytes: sum(({ bytes }) => bytes),
    recordsPerSecond: sum(({ recordsPerSecond }) => recordsPerSecond),
    remainingMs: remaining.length === 0 ? null : Math.max(...remaining),
  };
}
