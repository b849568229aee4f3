import type { GateSetup, ScanConflict, Verdict } from '../api/gate.ts';
import type { GateKnowledge } from './knowledge.ts';
import { Outages, RehearsalDevice } from './rehearsal-devices.ts';
import { type RehearsalDay, RehearsalHub, type RehearsalPost, scanOfShowing } from './rehearsal-hub.ts';
import { seededRandom } from './seeded-random.ts';

/** A day at the gates, to be played through. Shares are 0 to 1. */
export interface RehearsalPlan {
  /** What the event's gates know. */
  readonly knowledge: GateKnowledge;
  /** A real batch, of which the first `tickets` serials are shown. */
  readonly batch: string;
  readonly tickets: number;
  /** 1 to 999, over the gates in turn that let the batch's type in. */
  readonly devices: number;
  /** How much of the time a device is without the server. */
  readonly offline: number;
  /** How many tickets are shown a second time, by somebody who has a copy. */
  readonly copies: number;
  /** How many uploads' replies are lost, so that they are sent again. */
  readonly lostReplies: number;
  /** People come evenly between these times, ms since epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** 0 to 2³² − 1: the same plan with the same seed gives the same report. */
  readonly seed: number;
}

export interface RehearsalProgress {
  /** How often a ticket was shown, and is to be in all. */
  readonly shown: number;
  readonly total: number;
}

export interface RehearsalReport {
  /** How often a ticket was shown. */
  readonly shown: number;
  readonly admitted: number;
  readonly refused: number;
  /** Why those were refused, by the kind of the verdict. */
  readonly refusals: Readonly<Partial<Record<Verdict['kind'], number>>>;
  /** Entries on top of another, as the door saw them. */
  readonly letInTwice: number;
  /** Double entries that the scans showed in the end; as many as were let in twice, or something is wrong. */
  readonly found: number;
  /** The newest of them first, {@link MAX_CONFLICTS} at most. */
  readonly conflicts: readonly ScanConflict[];
  /** How often a device lost the server. */
  readonly outages: number;
  /** Scans that were sent again after a lost reply; none of them counts twice. */
  readonly sentAgain: number;
  /** On site by the scans, and by the door (`admitted`): the same, or something is wrong. */
  readonly inside: number;
}

/** Whether every double entry was found, and nobody is counted twice or not at all. */
export function isSound({ found, letInTwice, inside, admitted }: RehearsalReport): boolean {
  return found === letInTwice && inside === admitted;
}

/** How many double entries a report names. */
const MAX_CONFLICTS = 10_000;
const PROGRESS_EVERY_SHOWINGS = 1_000;

/**
 * Plays a day at the gates through, with devices that lose the server, copies of tickets and replies that get lost, and
 * says what was found. Nothing of it is recorded anywhere. Yields every 1,000 showings; who stops asking ends it. A million
 * tickets take some ten seconds and 200 MB: a worker's task. Windows and capacities are left out.
 * @throws {TypeError} when no open gate lets the batch's type in, or the batch is not known.
 */
export function* rehearse(plan: RehearsalPlan): Generator<RehearsalProgress, RehearsalReport, void> {
  const random = seededRandom(plan.seed);
  const day = makeDay(plan, random);
  const hub = new RehearsalHub(day);
  const devices = day.posts.map((post) => new RehearsalDevice(post, hub, day));
  const outages = new Outages(plan, devices, random);
  /** By serial, how many are inside by it, as somebody at the door would count. */
  const people = new Uint8Array(plan.tickets + 1);
  const refusals: Partial<Record<Verdict['kind'], number>> = {};
  let [admitted, letInTwice] = [0, 0];
  const total = day.serials.length;
  for (let showing = 0; showing < total; showing++) {
    if (showing % PROGRESS_EVERY_SHOWINGS === 0) yield { shown: showing, total };
    const scan = scanOfShowing(day, showing);
    outages.reach(scan.at);
    const { kind } = (devices[day.devices[showing] as number] as RehearsalDevice).show(scan);
    if (kind !== 'admitted') {
      refusals[kind] = (refusals[kind] ?? 0) + 1;
      continue;
    }
    admitted++;
    if ((people[scan.serial] as number)++ > 0) letInTwice++;
  }
  outages.end(plan.endsAt);
  const { found, newest: conflicts } = hub.conflicts(MAX_CONFLICTS);
  const counts = { shown: total, admitted, refused: total - admitted, refusals };
  const { count, sentAgain } = outages;
  return { ...counts, letInTwice, found, conflicts, outages: count, sentAgain, inside: hub.inside() };
}

function makeDay(plan: RehearsalPlan, random: () => number): RehearsalDay {
  const { batch, tickets, startsAt, endsAt } = plan;
  const knowledge = asRehearsal(plan.knowledge, batch);
  const posts = makePosts(plan.devices, knowledge, batch);
  const serials = arrivals(plan, random);
  const devices = Uint16Array.from(serials, () => Math.floor(random() * posts.length));
  const intervalMs = Math.max(1, (endsAt - startsAt) / serials.length);
  return { batch, tickets, serials, devices, posts, knowledge, startsAt, intervalMs };
}

/** Rehearsal batches pass, as at a demo event; and nobody leaves, so there is room for all. */
function asRehearsal(knowledge: GateKnowledge, batch: string): GateKnowledge {
  if (!knowledge.batches.has(batch)) throw new TypeError('batch: expected one that is known');
  const { event, rules, gates, types } = knowledge.setup;
  const setup: GateSetup = {
    types,
    event: { ...event, demo: true },
    rules: { ...rules, capacity: null },
    gates: gates.map((gate) => ({ ...gate, capacity: null })),
  };
  return { ...knowledge, setup };
}

function makePosts(count: number, { setup, batches }: GateKnowledge, batch: string): RehearsalPost[] {
  const gates = gatesFor(setup, batches.get(batch)?.typeIndex);
  return Array.from({ length: count }, (_, index) => {
    const gate = gates[index % gates.length];
    if (gate === undefined) throw new TypeError('knowledge: expected an open gate that lets the type in');
    return { id: `rehearsal${String(index + 1).padStart(3, '0')}`, gate: gate.id };
  });
}

/** The open gates that let a ticket type in. */
export function gatesFor<Gate extends Pick<GateSetup['gates'][number], 'archivedAt' | 'direction' | 'types'>>(
  { gates }: { readonly gates: readonly Gate[] },
  typeIndex: number | undefined,
): Gate[] {
  return gates.filter(
    ({ archivedAt, direction, types }) =>
      archivedAt === null && direction !== 'exit' && (types === null || types.includes(typeIndex ?? -1)),
  );
}

/** Serials in the order in which they are shown: each once, and the copies anywhere. */
function arrivals({ tickets, copies }: RehearsalPlan, random: () => number): Uint32Array {
  const all = new Uint32Array(2 * tickets);
  let count = 0;
  for (let serial = 1; serial <= tickets; serial++) {
    all[count++] = serial;
    if (random() < copies) all[count++] = serial;
  }
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as number, all[last] as number];
  }
  return all.slice(0, count);
}
