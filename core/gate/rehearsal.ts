import type { GateSync, Scan, ScanConflict } from '../api/gate.ts';
import { type GateContext, judge, type TicketId } from './decide.ts';
import { GateState } from './gate-state.ts';
import type { GateKnowledge } from './knowledge.ts';
import { ScanLedger } from './scan-ledger.ts';

/** A day at the gates, to be played through. Shares are 0 to 1. */
export interface RehearsalPlan {
  /** What the event's gates know: one device is played at each of `devices` places, over its gates in turn. */
  readonly knowledge: GateKnowledge;
  /** A real batch, of which the first `tickets` serials are shown. */
  readonly batch: string;
  readonly tickets: number;
  readonly devices: number;
  /** How much of the time a device is without the server. */
  readonly offline: number;
  /** How many tickets are shown a second time, by somebody who has a copy. */
  readonly copies: number;
  /** How many uploads' replies are lost, so that they are sent again. */
  readonly lostReplies: number;
  /** When it begins, ms since epoch; somebody comes each second. */
  readonly startsAt: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export interface RehearsalReport {
  /** How often a ticket was shown. */
  readonly shown: number;
  readonly admitted: number;
  readonly refused: number;
  /** Entries on top of another, as the door saw them. */
  readonly letInTwice: number;
  /** Double entries that the scans showed in the end; as many as were let in twice, or something is wrong. */
  readonly conflicts: readonly ScanConflict[];
  /** How often a device lost the server. */
  readonly outages: number;
  /** Scans that were sent again after a lost reply; none of them counts twice. */
  readonly sentAgain: number;
  /** On site by the scans, and by the door: the same, or something is wrong. */
  readonly inside: number;
}

/** How many people come during an outage, on average. */
const OUTAGE_SCANS = 60;
/** A device that reaches the server asks for others' scans as often. */
const SYNC_EVERY_SCANS = 5;

/** The server's part: all scans, and which tickets they changed. */
class Hub {
  readonly ledger = new ScanLedger();
  readonly #changed: TicketId[] = [];

  get changes(): number {
    return this.#changed.length;
  }

  add(scan: Scan): void {
    if (this.ledger.add(scan)) this.#changed.push(scan);
  }

  /** What changed after a number of changes, as a device is told; all of it for the first time. */
  sync(knowledge: GateKnowledge, from: number | undefined): GateSync {
    const { setup } = knowledge;
    const gates = setup.gates.map(({ id }): [string, number] => [id, this.ledger.insideOf(id)]);
    const uses = this.#changed.slice(from).map(({ batch, serial }): GateSync['uses'][number] => {
      const { state, at, gate } = this.ledger.stateOf({ batch, serial });
      return [batch, serial, state, at, gate];
    });
    return {
      v: 1,
      at: 0,
      cursor: { changes: 0, scans: this.changes },
      complete: from === undefined,
      more: false,
      ...(from === undefined ? { setup } : {}),
      batches: [],
      revoked: [],
      foreign: [],
      used: [],
      uses,
      inside: { total: this.ledger.inside(), gates },
    };
  }
}

class Device {
  readonly id: string;
  readonly gate: string;
  readonly state = new GateState();
  isOffline = false;
  #sinceSync = 0;
  readonly #hub: Hub;
  readonly #knowledge: GateKnowledge;

  constructor(id: string, gate: string, hub: Hub, knowledge: GateKnowledge) {
    this.id = id;
    this.gate = gate;
    this.#hub = hub;
    this.#knowledge = knowledge;
    this.sync();
  }

  /** @returns whether it let the ticket in. */
  show(scan: Scan): boolean {
    if (!this.isOffline && ++this.#sinceSync >= SYNC_EVERY_SCANS) this.sync();
    // Together the server decides, apart the device; the same code.
    const isIn = this.#letsIn(scan, this.state) && (this.isOffline || this.#letsIn(scan, this.#hub.ledger));
    if (!isIn) return false;
    this.state.record(scan);
    if (!this.isOffline) this.#upload([scan]);
    return true;
  }

  /** Sends what is unsent, then learns what others did. @returns how many scans were sent again. */
  reconnect(isReplyLost: boolean): number {
    const unsent = this.state.unsent();
    if (isReplyLost) for (const scan of unsent) this.#hub.add(scan);
    this.#upload(unsent);
    this.sync();
    return isReplyLost ? unsent.length : 0;
  }

  sync(): void {
    this.#sinceSync = 0;
    this.state.applySync(this.#hub.sync(this.#knowledge, this.state.cursor?.scans));
  }

  #upload(scans: readonly Scan[]): void {
    for (const scan of scans) this.#hub.add(scan);
    this.state.confirm(scans.map(({ nonce }) => ({ nonce, seq: this.#hub.changes })));
  }

  #letsIn(scan: Scan, uses: GateState | ScanLedger): boolean {
    // Windows are not what is rehearsed.
    const now = { at: scan.at, uncertaintyMs: Number.POSITIVE_INFINITY };
    const context: GateContext = { gate: this.gate, direction: 'enter', now };
    return judge(scan, this.#knowledge, uses, context).kind === 'admitted';
  }
}

/**
 * Plays a day at the gates through, with devices that lose the server, copies of tickets and replies that get lost, and
 * says what was found. Nothing of it is recorded anywhere. 100,000 tickets take some seconds: a worker's task.
 * @throws {TypeError} when the event has no gate, or the batch is not known.
 */
export function rehearse(plan: RehearsalPlan): RehearsalReport {
  const { batch, startsAt, random, offline, lostReplies } = plan;
  const knowledge = asRehearsal(plan.knowledge, batch);
  const hub = new Hub();
  const devices = makeDevices(plan.devices, hub, knowledge);
  const comers = arrivals(plan);
  const inside = new Map<number, number>();
  let [outages, sentAgain] = [0, 0];
  for (const [index, serial] of comers.entries()) {
    const device = devices[Math.floor(random() * devices.length)] as Device;
    // So often that the shares of time come out as planned.
    const turns = device.isOffline ? 1 - offline : offline;
    if (random() < turns / (OUTAGE_SCANS * Math.max(offline, 1 - offline))) {
      device.isOffline = !device.isOffline;
      if (device.isOffline) outages++;
      else sentAgain += device.reconnect(random() < lostReplies);
    }
    const nonce = index.toString(16).padStart(32, '0');
    const at = startsAt + index * 1_000;
    const scan: Scan = { nonce, batch, serial, kind: 'enter', at, device: device.id, gate: device.gate };
    if (device.show(scan)) inside.set(serial, (inside.get(serial) ?? 0) + 1);
  }
  for (const device of devices) sentAgain += device.reconnect(random() < lostReplies);
  const admitted = [...inside.values()].reduce((sum, people) => sum + people, 0);
  return {
    shown: comers.length,
    admitted,
    refused: comers.length - admitted,
    letInTwice: admitted - inside.size,
    conflicts: hub.ledger.conflicts(),
    outages,
    sentAgain,
    inside: hub.ledger.inside(),
  };
}

/** Rehearsal batches pass, as at a demo event. */
function asRehearsal(knowledge: GateKnowledge, batch: string): GateKnowledge {
  if (!knowledge.batches.has(batch)) throw new TypeError('batch: expected one that is known');
  const { setup } = knowledge;
  return { ...knowledge, setup: { ...setup, event: { ...setup.event, demo: true } } };
}

function makeDevices(count: number, hub: Hub, knowledge: GateKnowledge): Device[] {
  const { gates } = knowledge.setup;
  return Array.from({ length: count }, (_, index) => {
    const gate = gates[index % gates.length];
    if (gate === undefined) throw new TypeError('knowledge: expected an event with a gate');
    return new Device(`rehearsal${String(index + 1).padStart(3, '0')}`, gate.id, hub, knowledge);
  });
}

/** Serials in the order in which they are shown: each once, and the copies anywhere. */
function arrivals({ tickets, copies, random }: RehearsalPlan): number[] {
  const serials = Array.from({ length: tickets }, (_, index) => index + 1);
  const all = [...serials, ...serials.filter(() => random() < copies)];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as number, all[last] as number];
  }
  return all;
}
