import type { ClaimAnswer, Scan, Verdict } from '../../../core/api/gate.ts';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { identify, isOverridable, judge, type TicketId } from '../../../core/gate/decide.ts';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import { parseShortCode } from '../../../core/ticket/short-code.ts';
import type { SignatureEngine } from '../../../core/ticket/signer/signer.ts';
import { bytesToHex } from '../../../core/ticket/token.ts';
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
}

/** What is shown of a desk. Never changes: whatever happens makes another. */
export interface DeskView {
  readonly recent: readonly ScanOutcome[];
  readonly direction: Direction;
  /** The last that was shown here since the page was opened. */
  readonly latest: ScanOutcome | undefined;
}

/** Decides on what is shown at a gate, one after the other; what it lets in or out is on the disk before it says so. */
export class GateDesk {
  readonly #parts: DeskParts;
  readonly #listeners = new Set<() => void>();
  #view: DeskView;
  #last: Promise<unknown> = Promise.resolve();
  #outcomes = 0;
  #isClosed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    const recent = parts.memory.ownScans().slice(-RECENT).reverse();
    this.#view = { direction: 'enter', latest: undefined, recent: this.#withoutUndone(recent) };
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
    return this.#inTurn(async () => this.#show(await this.#decide(text, direction)));
  }

  /** Takes a scan back, within a minute. @returns whether it was in time. */
  undo(outcome: ScanOutcome): Promise<boolean> {
    return this.#inTurn(async () => {
      const { scan } = outcome;
      if (scan === null || !this.canUndo(outcome)) return false;
      const { nonce, batch, serial, device, gate } = scan;
      const at = scan.at + Math.round(performance.now() - outcome.monotonicMs);
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
      const scan: Scan = { ...this.#scanOf(ticket, 'enter'), kind: 'override', reason };
      await this.#parts.memory.keep(scan, null);
      this.#replace({ ...outcome, scan, monotonicMs: performance.now(), change: 'let-in' });
    });
  }

  canUndo({ scan, change, monotonicMs }: ScanOutcome): boolean {
    const isMade = scan !== null && change !== 'undone' && monotonicMs > 0;
    return isMade && this.gate.undo && performance.now() - monotonicMs < UNDO_MS;
  }

  canOverride({ verdict, ticket, change }: ScanOutcome): boolean {
    if (ticket === null || change !== null || verdict.kind === 'short-code' || verdict.kind === 'not-kept')
      return false;
    return isOverridable(verdict);
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

  async #decide(text: string, direction: Direction): Promise<Omit<ScanOutcome, 'id'>> {
    const { memory, clock, verify } = this.#parts;
    const { knowledge } = memory.state;
    const nothing = { at: clock.now().at, monotonicMs: performance.now(), ticket: null, scan: null, change: null };
    if (parseShortCode(text) !== undefined) return { ...nothing, verdict: { kind: 'short-code' } };
    if (knowledge === undefined) return { ...nothing, verdict: { kind: 'unknown-batch' } };
    const identified = await identify(text, knowledge, verify);
    if ('verdict' in identified) return { ...nothing, verdict: identified.verdict };
    return { ...nothing, ...(await this.#pass(identified.ticket, direction)) };
  }

  /** Only what passes here is asked of the server: it may know better, and it decides who of several was first. */
  async #pass(ticket: TicketId, direction: Direction): Promise<Pick<ScanOutcome, 'verdict' | 'ticket' | 'scan'>> {
    const scan = this.#scanOf(ticket, direction);
    let verdict: Verdict = this.#judge(ticket, direction);
    if (!passes(verdict)) return { verdict, ticket, scan: null };
    const answer = await this.#parts.claim(scan);
    // Meanwhile a sync may have told more.
    verdict = answer?.verdict ?? this.#judge(ticket, direction);
    if (!passes(verdict)) return { verdict, ticket, scan: null };
    const made: Scan = verdict.kind === 'admitted' && verdict.again ? { ...scan, again: true } : scan;
    return { ticket, ...(await this.#keep(made, { verdict, seq: answer?.seq ?? null })) };
  }

  async #keep(
    scan: Scan,
    { verdict, seq }: { readonly verdict: Verdict; readonly seq: number | null },
  ): Promise<{ readonly verdict: ShownVerdict; readonly scan: Scan | null }> {
    try {
      await this.#parts.memory.keep(scan, seq);
      return { verdict, scan };
    } catch {
      // Whoever passed now could pass again after a restart.
      return { verdict: { kind: 'not-kept' }, scan: null };
    }
  }

  #judge(ticket: TicketId, direction: Direction): Verdict {
    const { memory, clock, session } = this.#parts;
    const { knowledge } = memory.state;
    if (knowledge === undefined) return { kind: 'unknown-batch' };
    return judge(ticket, knowledge, memory.state, { gate: session.gate.id, direction, now: clock.now() });
  }

  #scanOf({ batch, serial }: TicketId, kind: Direction): Scan {
    const { clock, session } = this.#parts;
    const { device, gate } = session;
    return { nonce: newNonce(), batch, serial, kind, at: clock.now().at, device: device.id, gate: gate.id };
  }

  /** Scans of an earlier visit, as they are listed. */
  #withoutUndone(scans: readonly Scan[]): ScanOutcome[] {
    const undone = new Set(scans.map(({ undoes }) => undoes));
    return scans
      .filter(({ kind }) => kind !== 'undo')
      .map((scan) => ({
        id: ++this.#outcomes,
        at: scan.at,
        monotonicMs: 0,
        verdict: scan.kind === 'exit' ? { kind: 'exited' } : { kind: 'admitted', again: scan.again === true },
        ticket: scan,
        scan,
        change: undone.has(scan.nonce) ? 'undone' : scan.kind === 'override' ? 'let-in' : null,
      }));
  }

  #show(decided: Omit<ScanOutcome, 'id'>): ScanOutcome {
    const latest = { ...decided, id: ++this.#outcomes };
    this.#change({ latest, recent: [latest, ...this.#view.recent].slice(0, RECENT) });
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

function newNonce(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
}
