/** What a scenario is asked to do; the same for ours and its peers. */
export interface ScenarioOptions {
  readonly rows: number;
  /** What tells variants of one scenario apart, like the rows a transaction. */
  readonly variant?: string;
  /** The event that ingest scenarios upload to, and its ticket type. */
  readonly eventId?: string;
}

/** What the timed part of a scenario tells; all other figures are taken from outside. */
export interface Timed {
  readonly seconds: number;
  /** Bytes that it produced. */
  readonly bytes: number;
  /** Further figures by name, like `firstByteMs`. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** One thing to measure in the page. Making it prepares its input, outside the clock. */
export interface Scenario {
  run(): Promise<Timed>;
  /** Throws when what came out is wrong: then its time does not count. */
  check(): Promise<void>;
}

/** What the bench page offers to the process that drives it. */
export interface BenchPage {
  prepare(name: string, options: ScenarioOptions): Promise<void>;
  run(): Promise<Timed>;
  check(): Promise<void>;
}

/** Throws unless the condition holds; for checks of results. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`The result is wrong: ${message}`);
}

/** A ticket as the upload peers send it. */
export interface PeerTicket {
  readonly serial: number;
  readonly code: string;
  readonly token: string;
  readonly batchId: string;
  readonly typeIndex: number;
  readonly status: string;
  readonly mintedAt: number;
}

/** How an upload peer sends. */
export interface PeerUpload {
  readonly chunkSize: number;
  readonly parallel: number;
  readonly pauseMs: number;
}
