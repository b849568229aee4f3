import type { CaseResult } from '../harness/compare.ts';

export interface SuiteContext {
  /** Where the built bench page lies on disk. */
  readonly pages: string;
  /** The one size that was asked for, or `undefined` for the suite's own sizes. */
  readonly rows: number | undefined;
  /** Called as soon as a case is measured. */
  report(result: CaseResult): void;
}

export type Suite = (context: SuiteContext) => Promise<void>;

/** Three pairs decide; a million rows run once. */
export function pairsFor(rows: number): number {
  return rows >= 1_000_000 ? 1 : 3;
}
