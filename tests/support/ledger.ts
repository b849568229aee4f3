/** What came out against what went in, after Jepsen's set checker. Ids are `batch/serial`. */
export interface Verdict {
  readonly attempted: number;
  readonly acknowledged: number;
  readonly present: number;
  /** Acknowledged and absent. */
  readonly lost: readonly string[];
  /** Present more than once. */
  readonly doubled: readonly string[];
  /** Present and never attempted. */
  readonly phantom: readonly string[];
}

/**
 * Writes down, outside the system under test, every ticket that was asked for and every ticket that was acknowledged.
 * What is present without an acknowledgement is legal: the acknowledgement may have been lost.
 */
export interface Ledger {
  /** Serials `first` to `last` of a batch were asked for. */
  attempt(batchId: string, first: number, last: number): void;
  /** Serials `first` to `last` of a batch were promised to be kept. */
  acknowledge(batchId: string, first: number, last: number): void;
  /** Judges everything that is there in the end, each occurrence as one id. */
  judge(present: Iterable<string>): Verdict;
}

export function createLedger(): Ledger {
  const attempted = new Set<string>();
  const acknowledged = new Set<string>();
  return {
    attempt: (batchId, first, last) => addAll(attempted, ticketIds(batchId, first, last)),
    acknowledge: (batchId, first, last) => addAll(acknowledged, ticketIds(batchId, first, last)),
    judge(present) {
      const seen = new Set<string>();
      const doubled = new Set<string>();
      for (const id of present) (seen.has(id) ? doubled : seen).add(id);
      return {
        attempted: attempted.size,
        acknowledged: acknowledged.size,
        present: seen.size,
        lost: [...acknowledged].filter((id) => !seen.has(id)),
        doubled: [...doubled],
        phantom: [...seen].filter((id) => !attempted.has(id)),
      };
    },
  };
}

/** The ids of consecutive tickets of one batch. */
function* ticketIds(batchId: string, first: number, last: number): Generator<string> {
  for (let serial = first; serial <= last; serial++) yield `${batchId}/${serial}`;
}

function addAll(set: Set<string>, ids: Iterable<string>): void {
  for (const id of ids) set.add(id);
}
