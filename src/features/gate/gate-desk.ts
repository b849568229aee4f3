import type { ClaimAnswer, Scan, Verdict } from '../../../core/api/gate.ts';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { identify, isOverridable, judge, type TicketId } from '../../../core/gate/decide.ts';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import type { TicketNames } from '../../../core/gate/name-pack.ts';
import { parseShortCode } from '../../../core/ticket/short-code.ts';
import type { SignatureEngine } from '../../../core/ticket/signer/signer.ts';
import { bytesToHex } from '../../../core/ticket/token.ts';
import type { ClaimLog } from './claim-log.ts';
import type { CodeFinding } from './code-lookup.ts';
import { earlierOutcomes } from './earlier-outcomes.ts';
import type { GateClock } from './gate-clock.ts';
import type { GateMemory } from './gate-memory.ts';
import type { ScanOutcome, ShownVerdict } from './scan-outcome.ts';

/** Shown again, newest first. */
const RECENT = 50;

export type Direction = 'enter' | 'exit';

/** What a desk needs of its surroundings. */
export interface DeskParts {
  readonly session: GateSession;
  readonly memory: GateMemory;
  readonly clock: GateClock;
  readonly verify: SignatureEngine['verify'];
  /** Asks the server, which decides first come, first served; `undefined` where it does not answer soon. */
  readonly claim: (scan: Scan) => Promise<ClaimAnswer | undefined>;
  /** What was asked of the server before and never shown. */
  readonly claims: ClaimLog;
  /** Finds tickets by a typed short code. */
  readonly lookUp: (code: string) => Promise<CodeFinding>;
  /** What a ticket's record says, with its token in hand. */
  readonly namesOf: (text: string) => Promise<TicketNames | undefined>;
}

/** What is shown of a desk. Never changes: whatever happens makes another. */
export interface DeskView {
  readonly recent: readonly ScanOutcome[];
  readonly direction: Direction;
  /** The last that was shown here since the page was opened. */
  readonly latest: ScanOutcome | undefined;
  /** Whose the latest is, where the event has it shown and its token was read. Shown once, and in no list. */
  readonly names: TicketNames | undefined;
}

/** How a ticket was shown. */
interface Showing {
  readonly direction: Direction;
  readonly isTyped: boolean;
}

interface Early {
  readonly by: GateKnowledge;
  readonly identified: Awaited<ReturnType<typeof identify>>;
}
interface Passed extends Pick<ScanOutcome, 'verdict' | 'ticket' | 'scan'> {
  /** Whether the scan is on the disk, once that is known. */
  readonly kept?: Promise<boolean>;
}
interface Decided extends Omit<ScanOutcome, 'id'>, Pick<Passed, 'kept'> {
  readonly names: Promise<TicketNames | undefined> | undefined;
}

/**
 * Decides on what is shown at a gate, one after the other; what it lets in or out is on the disk before it says so. While one is
 * written the next is decided, and verified before its turn.
 */
export class GateDesk {
  readonly #parts: DeskParts;
  readonly #listeners = new Set<() => void>();
  #view: DeskView;
  #last: Promise<unknown> = Promise.resolve();
  #lastShown: Promise<unknown> = Promise.resolve();
  #outcomes = 0;
  #isClosed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    const scans = parts.memory.ownScans().slice(-RECENT).reverse();
    const recent = earlierOutcomes(scans, parts.clock.now().at).map((outcome) => ({
      ...outcome,
      id: ++this.#outcomes,
    }));
    this.#view = { direction: 'enter', latest: undefined, names: undefined, recent };
  }

  get view(): DeskView {
    return this.#view;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** At a gate for both, what the next scan means. */
  setDirection(direction: Direction): void {
    this.#change({ direction });
  }

  /** Decides on a text as it was read or typed. Resolves when the verdict is shown. */
  scan(text: string): Promise<ScanOutcome> {
    const direction = this.#direction();
    const early = this.#identify(text);
    // Where its turn never comes, nobody reads it.
    early.catch(() => undefined);
    return this.#inOrder(this.#inTurn(() => this.#decide(text, early, direction)));
  }

  /** Decides on one of several tickets that have the same short code. */
  choose({ verdict }: ScanOutcome, ticket: TicketId): Promise<ScanOutcome | undefined> {
    const showing = { direction: this.#direction(), isTyped: true };
    if (verdict.kind !== 'which-one') return Promise.resolve(undefined);
    return this.#inOrder(
      this.#inTurn(async () => ({ ...this.#nothing(true), ...(await this.#pass(ticket, showing)) })),
    );
  }

  /** Takes a scan back, within a minute. @returns whether it was in time. */
  undo(outcome: ScanOutcome): Promise<boolean> {
    return this.#inTurn(async () => {
      const { scan } = outcome;
      if (scan === null || !this.canUndo(outcome)) return false;
      const { nonce, batch, serial, device, gate } = scan;
      const at = scan.at + Math.round(performance.now() - (outcome.monotonicMs ?? 0));
      const undo: Scan = { nonce: newNonce(), batch, serial, kind: 'undo', at, device, gate, undoes: nonce };
      await this.#parts.memory.keep(undo, null);
      this.#replace({ ...outcome, change: 'undone' });
      return true;
    });
  }

  /** Lets in what only a rule speaks against, on a supervisor's word. */
  override(outcome: ScanOutcome, reason: string): Promise<void> {
    return this.#inTurn(async () => {
      const { ticket } = outcome;
      if (ticket === null || !this.canOverride(outcome)) return;
      const showing = { direction: 'enter', isTyped: outcome.isTyped } as const;
      const scan: Scan = { ...this.#scanOf(ticket, showing), kind: 'override', reason };
      await this.#parts.memory.keep(scan, null);
      this.#replace({ ...outcome, scan, monotonicMs: performance.now(), change: 'let-in' });
    });
  }

  canUndo({ scan, change, monotonicMs }: ScanOutcome): boolean {
    if (scan === null || change === 'undone' || monotonicMs === null) return false;
    return this.gate.undo && performance.now() - monotonicMs < UNDO_MS;
  }

  canOverride({ verdict, ticket, change }: ScanOutcome): boolean {
    return ticket !== null && change === null && isOfTicket(verdict) && isOverridable(verdict);
  }

  /** This device's gate, by the newest rules that are known. */
  get gate() {
    const { gate } = this.#parts.session;
    return this.#parts.memory.state.knowledge?.setup.gates.find(({ id }) => id === gate.id) ?? gate;
  }

  /** The gate's own, also when its rules have changed meanwhile; at one for both, what the steward says. */
  #direction(): Direction {
    const { direction } = this.gate;
    if (direction === 'both') return this.#view.direction;
    return direction === 'exit' ? 'exit' : 'enter';
  }

  /** By what is known now; where more is known at its turn, it is done anew. */
  async #identify(text: string): Promise<Early | undefined> {
    const { memory, verify } = this.#parts;
    const { knowledge } = memory.state;
    if (knowledge === undefined) return undefined;
    return { by: knowledge, identified: await identify(text, knowledge, verify) };
  }

  async #decide(text: string, early: Promise<Early | undefined>, direction: Direction): Promise<Decided> {
    const { memory, verify, namesOf } = this.#parts;
    const { knowledge } = memory.state;
    const code = parseShortCode(text);
    const nothing = this.#nothing(code !== undefined);
    if (knowledge === undefined) return { ...nothing, verdict: { kind: 'unknown-batch' } };
    if (code !== undefined) return { ...nothing, ...(await this.#decideCode(code, direction)) };
    const known = await early;
    const identified = known?.by === knowledge ? known.identified : await identify(text, knowledge, verify);
    if ('verdict' in identified) return { ...nothing, verdict: identified.verdict };
    const names = namesOf(text);
    return { ...nothing, ...(await this.#pass(identified.ticket, { direction, isTyped: false })), names };
  }

  /** A code says which ticket it is; what holds for that one is judged as always. */
  async #decideCode(code: string, direction: Direction): Promise<Passed> {
    const finding = await this.#parts.lookUp(code);
    if ('verdict' in finding) return { verdict: finding.verdict, ticket: null, scan: null };
    const [ticket, ...others] = finding.tickets;
    if (others.length === 0) return this.#pass(ticket, { direction, isTyped: true });
    return { verdict: { kind: 'which-one', tickets: finding.tickets }, ticket: null, scan: null };
  }

  #nothing(isTyped: boolean): Omit<Decided, 'verdict'> {
    const at = this.#parts.clock.now().at;
    return { at, monotonicMs: performance.now(), ticket: null, scan: null, change: null, isTyped, names: undefined };
  }

  /**
   * What passes here is asked of the server: it may know better, and it decides who of several was first. So is what was used at
   * a time that is not known here, for its words.
   */
  async #pass(ticket: TicketId, showing: Showing): Promise<Passed> {
    const { claim, claims, memory } = this.#parts;
    // Asked before the application was ended, and never shown: the same scan again, so that it counts once.
    const left = claims.find(ticket, showing.direction, (nonce) => memory.state.has(nonce));
    const scan = { ...this.#scanOf(ticket, showing), ...(left === undefined ? {} : { nonce: left.nonce }) };
    let verdict = this.#judge(ticket, showing.direction, left);
    if (!isAsked(verdict, left)) return { verdict, ticket, scan: null };
    const answer = await claim(scan);
    // Meanwhile a sync may have told more.
    verdict = answer?.verdict ?? this.#judge(ticket, showing.direction, left);
    if (!passes(verdict)) {
      if (answer !== undefined) claims.drop(scan.nonce);
      return { verdict, ticket, scan: null };
    }
    const made: Scan = verdict.kind === 'admitted' && verdict.again ? { ...scan, again: true } : scan;
    return { verdict, ticket, scan: made, kept: this.#keep(made, answer?.seq ?? null) };
  }

  /** @returns false where it cannot be kept: whoever passed now could pass again after a restart. */
  async #keep(scan: Scan, seq: number | null): Promise<boolean> {
    try {
      await this.#parts.memory.keep(scan, seq);
      this.#parts.claims.drop(scan.nonce);
      return true;
    } catch {
      return false;
    }
  }

  /** @param left a claim of this ticket that was never shown: a use that comes from it speaks against nobody. */
  #judge(ticket: TicketId, direction: Direction, left: Scan | undefined): Verdict {
    const { memory, clock, session } = this.#parts;
    const { knowledge } = memory.state;
    if (knowledge === undefined) return { kind: 'unknown-batch' };
    const context = { gate: session.gate.id, direction, now: clock.now() };
    const verdict = judge(ticket, knowledge, memory.state, context);
    return verdict.kind === 'already-used' && isUseOf(left, verdict) ? { kind: 'admitted', again: false } : verdict;
  }

  #scanOf({ batch, serial }: TicketId, { direction, isTyped }: Showing): Scan {
    const { clock, session } = this.#parts;
    const { device, gate } = session;
    const what = { nonce: newNonce(), batch, serial, kind: direction, at: clock.now().at };
    return { ...what, device: device.id, gate: gate.id, ...(isTyped ? { typed: true } : {}) };
  }

  /** Shows what was decided once it is on the disk, in the order in which it was decided. */
  #inOrder(deciding: Promise<Decided>): Promise<ScanOutcome> {
    const before = this.#lastShown;
    const shown = deciding.then(async (decided) => {
      await before;
      return this.#show(decided);
    });
    this.#lastShown = shown.catch(() => undefined);
    return shown;
  }

  async #show({ names: reading, kept, ...decided }: Decided): Promise<ScanOutcome> {
    const [names, isKept] = await Promise.all([reading, kept ?? true]);
    const refusal = isKept ? {} : ({ verdict: { kind: 'not-kept' }, scan: null } as const);
    const latest = { ...decided, ...refusal, id: ++this.#outcomes };
    this.#change({ latest, names, recent: [latest, ...this.#view.recent].slice(0, RECENT) });
    return latest;
  }

  #replace(outcome: ScanOutcome): void {
    const { recent, latest } = this.#view;
    this.#change({
      recent: recent.map((other) => (other.id === outcome.id ? outcome : other)),
      latest: latest?.id === outcome.id ? outcome : latest,
    });
  }

  #change(parts: Partial<DeskView>): void {
    this.#view = { ...this.#view, ...parts };
    for (const listener of this.#listeners) listener();
  }

  /** Decides nothing more. Resolves when what was begun is done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    await this.#lastShown;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(() => {
      if (this.#isClosed) throw new TicketmintError('aborted', 'another page has the gate');
      return work();
    });
    // Whoever asked is told; the next one's turn comes all the same.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function passes({ kind }: Verdict): boolean {
  return kind === 'admitted' || kind === 'exited';
}

function isAsked(verdict: Verdict, left: Scan | undefined): boolean {
  if (passes(verdict)) return true;
  if (verdict.kind === 'already-used') return verdict.at === null || left !== undefined;
  // These may come from the claim itself.
  return left !== undefined && (verdict.kind === 'not-inside' || verdict.kind === 'full');
}

/** Whether a use is the one that a claim has made; times of uses are kept to the second. */
function isUseOf(claim: Scan | undefined, { at, gate }: { readonly at: number | null; readonly gate: string | null }) {
  if (claim === undefined || at === null) return false;
  return claim.gate === gate && Math.floor(claim.at / 1_000) === Math.floor(at / 1_000);
}

/** Whether it is said of a ticket, rather than of what was typed or of this device. */
function isOfTicket(verdict: ShownVerdict): verdict is Verdict {
  return !['short-code', 'code-unknown', 'which-one', 'not-kept'].includes(verdict.kind);
}

function newNonce(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
}
