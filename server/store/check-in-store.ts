import type {
  AdmissionRules,
  Admissions,
  ConflictCursor,
  GateCursor,
  GateSync,
  RecordedScan,
  Scan,
  ScanConflicts,
  ScanResult,
  ScanTotals,
  Verdict,
} from '../../core/api/gate.ts';

/**
 * Scans at an event's gates, and all that follows from them. Scans are a log of their own: only a supervisor's word leaves an
 * audit line, too.
 */
export interface CheckInStore {
  /** The standard ones where none were set. @throws `event-not-found` */
  getRules(eventId: string): Promise<AdmissionRules>;
  /** @throws `event-not-found` */
  setRules(eventId: string, rules: AdmissionRules, actorId: string): Promise<AdmissionRules>;
  /**
   * Takes in what happened at gates, in any order; what is there already changes nothing. One that cannot be is refused, and
   * the others are taken. Results come in the order of the scans.
   * @param from the id of the device or the user that sent them.
   * @throws `event-not-found`
   */
  add(eventId: string, scans: readonly Scan[], from: string): Promise<ScanResult[]>;
  /**
   * Decides an entry or exit as a gate would, and records it if it may pass, in one transaction: the first wins. A scan that
   * is recorded already is answered as it was.
   * @throws `event-not-found`
   */
  claim(eventId: string, scan: Scan, from: string): Promise<{ readonly verdict: Verdict; readonly seq: number | null }>;
  /**
   * What a gate has to know: all of it without a cursor, after a long absence, or when the cursor is none of this store's.
   * @throws `event-not-found`
   */
  sync(eventId: string, cursor?: GateCursor): Promise<GateSync>;
  /** The newest first, by door time; those that follow a place in the list. @throws `event-not-found` */
  conflicts(eventId: string, limit: number, after?: ConflictCursor): Promise<ScanConflicts>;
  /** In the order in which they arrived, those after a number. @throws `event-not-found` */
  list(eventId: string, after: number, limit: number): Promise<RecordedScan[]>;
  /** How many scans there are, and the number of the last. @throws `event-not-found` */
  totals(eventId: string): Promise<ScanTotals>;
  /** @param since minutes from this time on, ms since epoch. @throws `event-not-found` */
  admissions(eventId: string, since: number): Promise<Admissions>;
}
