import type { Admissions } from '../../../core/api/gate.ts';
import { wallTimeOf } from '../../utils/zoned-time.ts';

const MINUTE_MS = 60_000;
/** What an axis is divided into, in minutes. */
const STEP_MINUTES = [1, 5, 10, 15, 30, 60, 120] as const;
/** More are neither told apart on a phone nor read in a table. */
const MAX_STEPS = 48;
/** Once nobody has come for so long, the chart ends there. */
const QUIET_MS = 60 * MINUTE_MS;

/** What happened from `from` on, until the next step; and how things stood after it. */
export interface ArrivalStep {
  readonly from: number;
  readonly admitted: number;
  readonly exited: number;
  readonly admittedSoFar: number;
  readonly inside: number;
}

export interface Arrivals {
  readonly stepMs: number;
  /** One after another, also those in which nothing happened; none where nobody was scanned. */
  readonly steps: readonly ArrivalStep[];
  /** Where the last step ends, when that is before its time. */
  readonly until: number;
  /** How things stood before the first. */
  readonly admittedBefore: number;
  readonly insideBefore: number;
}

/**
 * The minutes of admissions as steps of equal length that begin at round times of the event's zone.
 * @param timeZone IANA name.
 */
export function arrivalsOf({ at, minutes, admitted, inside }: Admissions, timeZone: string): Arrivals {
  const [first, last] = [minutes[0]?.minute, minutes.at(-1)?.minute];
  const counted = sumOf(minutes);
  const admittedBefore = admitted - counted.admitted;
  const insideBefore = inside - (counted.admitted - counted.exited);
  const before = { admittedBefore, insideBefore };
  if (first === undefined || last === undefined) return { ...before, stepMs: MINUTE_MS, steps: [], until: at };
  const until = Math.max(last + MINUTE_MS, Math.min(at, last + QUIET_MS));
  const stepMs = stepFor(until - first);
  const offsetMs = Date.parse(`${wallTimeOf(first, timeZone)}Z`) - first;
  const begin = Math.floor((first + offsetMs) / stepMs) * stepMs - offsetMs;
  const groups = Map.groupBy(minutes, ({ minute }) => Math.floor((minute - begin) / stepMs));
  const steps: ArrivalStep[] = [];
  for (let from = begin; from < until; from += stepMs) {
    const flow = sumOf(groups.get(steps.length) ?? []);
    const previous = steps.at(-1) ?? { admittedSoFar: admittedBefore, inside: insideBefore };
    steps.push({
      ...flow,
      from,
      admittedSoFar: previous.admittedSoFar + flow.admitted,
      inside: previous.inside + flow.admitted - flow.exited,
    });
  }
  return { ...before, stepMs, steps, until };
}

function stepFor(spanMs: number): number {
  const minutes = STEP_MINUTES.find((step) => spanMs / (step * MINUTE_MS) <= MAX_STEPS - 1) ?? 120;
  return minutes * MINUTE_MS;
}

function sumOf(flows: readonly { readonly admitted: number; readonly exited: number }[]) {
  return {
    admitted: flows.reduce((sum, { admitted }) => sum + admitted, 0),
    exited: flows.reduce((sum, { exited }) => sum + exited, 0),
  };
}

/** Round numbers from 0 to at least `most`, four or five of them. */
export function roundTicks(most: number): readonly number[] {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough);
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, index) => index * step);
}
