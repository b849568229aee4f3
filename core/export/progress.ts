import type { ExportPhase } from './format.ts';

/** Where an export stands. */
export interface ExportProgress {
  readonly phase: ExportPhase;
  /** Records encoded. */
  readonly records: number;
  /** Records expected; may be off where the source cannot know. */
  readonly expectedRecords: number;
  readonly bytes: number;
  /** Since processing began; 0 before. */
  readonly recordsPerSecond: number;
  /** Null until it can be told. */
  readonly remainingMs: number | null;
}

/** Between two reports of the same phase: enough for a smooth bar, and cheap to send across threads. */
const REPORT_EVERY_MS = 100;
/** A rate from less than this says nothing yet. */
const SETTLED_MS = 500;

/** Keeps an export's counts and reports them: at once when the phase changes and with the first bytes, else a few times a second. */
export class ProgressMeter {
  readonly #report: (progress: ExportProgress) => void;
  readonly #clock: () => number;
  readonly #expectedRecords: number;
  #phase: ExportPhase = 'export-fetching';
  #records = 0;
  /** Those of an earlier attempt say nothing of the rate. */
  #recordsBefore = 0;
  #bytes = 0;
  #processingSince: number | undefined;
  #reportedAt = 0;

  /** @param clock monotonic, in milliseconds. */
  constructor(expectedRecords: number, report: (progress: ExportProgress) => void, clock: () => number) {
    this.#expectedRecords = expectedRecords;
    this.#report = report;
    this.#clock = clock;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Says how many records are done from an earlier attempt. */
  begin(records: number): void {
    this.#recordsBefore = records;
    this.#records = records;
  }

  enter(phase: ExportPhase): void {
    this.#phase = phase;
    if (phase === 'export-processing') this.#processingSince ??= this.#clock();
    this.#send(this.#clock());
  }

  countRecords(records: number): void {
    this.#records = records;
    this.#sendIfDue();
  }

  countBytes(bytes: number): void {
    const isFirst = this.#bytes === 0;
    this.#bytes += bytes;
    if (isFirst) this.#send(this.#clock());
    else this.#sendIfDue();
  }

  #sendIfDue(): void {
    const now = this.#clock();
    if (now - this.#reportedAt >= REPORT_EVERY_MS) this.#send(now);
  }

  #send(now: number): void {
    this.#reportedAt = now;
    const elapsedMs = this.#processingSince === undefined ? 0 : now - this.#processingSince;
    const recordsPerSecond = elapsedMs > 0 ? (1_000 * (this.#records - this.#recordsBefore)) / elapsedMs : 0;
    const left = Math.max(0, this.#expectedRecords - this.#records);
    this.#report({
      phase: this.#phase,
      records: this.#records,
      expectedRecords: this.#expectedRecords,
      bytes: this.#bytes,
      recordsPerSecond,
      remainingMs: elapsedMs >= SETTLED_MS && recordsPerSecond > 0 ? (1_000 * left) / recordsPerSecond : null,
    });
  }
}
