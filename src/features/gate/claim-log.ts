import type { Scan } from '../../../core/api/gate.ts';
import type { TicketId } from '../../../core/gate/decide.ts';
import type { GateStore } from './gate-store.ts';

/**
 * What the server is asked to decide and record, on the disk before it is asked. Whatever ends the application between the answer
 * and its verdict, the ticket's next showing is the same scan again: the person is let in, and counts once.
 */
export class ClaimLog {
  readonly #store: GateStore;
  readonly #scans: Map<string, Scan>;

  private constructor(store: GateStore, scans: readonly Scan[]) {
    this.#store = store;
    this.#scans = new Map(scans.map((scan) => [scan.nonce, scan]));
  }

  /** @param made the device's scans: what became one of them is settled. */
  static async open(store: GateStore, made: readonly Scan[]): Promise<ClaimLog> {
    const settled = new Set(made.map(({ nonce }) => nonce));
    const log = new ClaimLog(store, await store.claims());
    for (const nonce of log.#scans.keys()) if (settled.has(nonce)) log.drop(nonce);
    return log;
  }

  /** A claim of this ticket that was never shown. @param isMade whether a claim has become a scan, and is being kept. */
  find({ batch, serial }: TicketId, kind: Scan['kind'], isMade: (nonce: string) => boolean): Scan | undefined {
    const isOfTicket = (scan: Scan) => scan.batch === batch && scan.serial === serial && scan.kind === kind;
    return [...this.#scans.values()].find((scan) => isOfTicket(scan) && !isMade(scan.nonce));
  }

  /** Keeps a claim: it is on the disk when this resolves. */
  async note(scan: Scan): Promise<void> {
    await this.#store.putClaim(scan);
    this.#scans.set(scan.nonce, scan);
  }

  /** It is settled: shown, or refused by the server. */
  drop(nonce: string): void {
    if (!this.#scans.delete(nonce)) return;
    // One that stays on the disk is found settled at the next start, or asked anew, which comes to the same.
    this.#store.dropClaim(nonce).catch(() => undefined);
  }
}
