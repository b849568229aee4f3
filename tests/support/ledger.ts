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
  /**
   * Judges everything that is there in the end, each occurrence as one id.
   * @param batchIds judges these batches alone, of which `present` is everything.
   */
  judge(present: Iterable<string>, batchIds?: readonly string[]): Verdict;
}

export function createLedger(): Ledger {
  const attemptedOf = new Map<string, Set<string>>();
  const acknowledgedOf = new Map<string, Set<string>>();
  return {
    attempt: (batchId, first, last) => addTickets(attemptedOf, batchId, first, last),
    acknowledge: (batchId, first, last) => addTickets(acknowledgedOf, batchId, first, last),
    judge(present, batchIds) {
      const attempted = ticketsOf(attemptedOf, batchIds);
      const acknowledged = ticketsOf(acknowledgedOf, batchIds);
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

function addTickets(tickets: Map<string, Set<string>>, batchId: string, first: number, last: number): void {
  const ids = tickets.get(batchId) ?? new Set();
  tickets.set(batchId, ids);
  for (let serial = first; serial <= last; serial++) ids.add(`${batchId}/${serial}`);
}

function ticketsOf(
  tickets: ReadonlyMap<string, ReadonlySet<string>>,
  batchIds: readonly string[] = [...tickets.keys()],
): Set<string> {
  return new Set(batchIds.flatMap((batchId) => [...(tickets.get(batchId) ?? [])]));
}
