import type { Scan, Verdict } from '../api/gate.ts';
import { type GateContext, judge, type TicketUses } from './decide.ts';
import { GateState } from './gate-state.ts';
import type { GateKnowledge } from './knowledge.ts';
import type { RehearsalDay, RehearsalHub, RehearsalPost } from './rehearsal-hub.ts';

/** How long an outage is, on average; from none to twice as long. */
const OUTAGE_MS = 15 * 60_000;
/** A device that reaches the server asks for others' scans as often. */
const SYNC_EVERY_MS = 5_000;
/** So often a device is started anew with what it has not sent, which bounds what it holds. */
const RESTART_EVERY_SCANS = 250;

/** One device at a gate: the state that a real one keeps, and the code by which it decides. */
export class RehearsalDevice {
  readonly gate: string;
  isOffline = false;
  /** When it loses the server, or reaches it again. */
  turnsAt = Number.POSITIVE_INFINITY;
  #state = new GateState();
  #syncedAt: number;
  #sinceStart = 0;
  readonly #hub: RehearsalHub;
  readonly #knowledge: GateKnowledge;

  constructor({ gate }: RehearsalPost, hub: RehearsalHub, { knowledge, startsAt }: RehearsalDay) {
    this.gate = gate;
    this.#hub = hub;
    this.#knowledge = knowledge;
    this.#syncedAt = startsAt;
    this.#sync(startsAt);
  }

  show(scan: Scan): Verdict {
    if (!this.isOffline && scan.at >= this.#syncedAt + SYNC_EVERY_MS) this.#sync(scan.at);
    const own = this.#judge(scan, this.#state);
    if (own.kind !== 'admitted') return own;
    // Together the server decides, apart the device; the same code.
    const verdict = this.isOffline ? own : this.#judge(scan, this.#hub);
    if (verdict.kind !== 'admitted') return verdict;
    this.#state.record(scan);
    this.#sinceStart++;
    if (!this.isOffline) this.#upload([scan]);
    return verdict;
  }

  /** Sends what is unsent, then learns what others did. @returns how many scans were sent again. */
  reconnect(now: number, isReplyLost: boolean): number {
    const unsent = this.#state.unsent();
    if (isReplyLost) for (const scan of unsent) this.#hub.add(scan);
    this.#upload(unsent);
    this.#sync(now);
    return isReplyLost ? unsent.length : 0;
  }

  #sync(now: number): void {
    this.#syncedAt = now;
    if (this.#sinceStart >= RESTART_EVERY_SCANS) {
      this.#state = new GateState(this.#state.unsent().map((scan) => ({ scan, seq: null })));
      this.#sinceStart = 0;
    }
    this.#state.applySync(this.#hub.sync(this.#state.cursor?.scans));
  }

  #upload(scans: readonly Scan[]): void {
    for (const scan of scans) this.#hub.add(scan);
    this.#state.confirm(scans.map(({ nonce }) => ({ nonce, seq: this.#hub.changes })));
  }

  #judge(scan: Scan, uses: TicketUses): Verdict {
    // Windows are not what is rehearsed.
    const now = { at: scan.at, uncertaintyMs: Number.POSITIVE_INFINITY };
    const context: GateContext = { gate: this.gate, direction: 'enter', now };
    return judge(scan, this.#knowledge, uses, context);
  }
}

interface OutagePlan {
  /** How much of the time a device is without the server, 0 to 1. */
  readonly offline: number;
  /** How many uploads' replies are lost, 0 to 1. */
  readonly lostReplies: number;
  readonly startsAt: number;
}

/** When devices lose the server, and reach it again. */
export class Outages {
  count = 0;
  /** Scans that were sent again, as the reply to them was lost. */
  sentAgain = 0;
  readonly #plan: OutagePlan;
  readonly #devices: readonly RehearsalDevice[];
  readonly #random: () => number;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(plan: OutagePlan, devices: readonly RehearsalDevice[], random: () => number) {
    this.#plan = plan;
    this.#devices = devices;
    this.#random = random;
    for (const device of devices) device.turnsAt = plan.startsAt + this.#lasts(device);
  }

  /** Lets happen what does until a time. */
  reach(now: number): void {
    if (now < this.#nextAt) return;
    for (const device of this.#devices)
      while (device.turnsAt <= now) {
        device.isOffline = !device.isOffline;
        if (device.isOffline) this.count++;
        else this.#reconnect(device, device.turnsAt);
        device.turnsAt += this.#lasts(device);
      }
    this.#nextAt = Math.min(...this.#devices.map(({ turnsAt }) => turnsAt));
  }

  /** In the evening all reach the server. */
  end(now: number): void {
    for (const device of this.#devices) this.#reconnect(device, now);
  }

  #reconnect(device: RehearsalDevice, now: number): void {
    this.sentAgain += device.reconnect(now, this.#random() < this.#plan.lostReplies);
  }

  /** How long a device stays as it is, so that the share of time comes out as planned. At least 1 ms. */
  #lasts({ isOffline }: RehearsalDevice): number {
    const { offline } = this.#plan;
    if (offline === 0) return Number.POSITIVE_INFINITY;
    const mean = isOffline ? OUTAGE_MS : (OUTAGE_MS * (1 - offline)) / offline;
    return 1 + 2 * mean * this.#random();
  }
}
