import type { GateSetup, TicketUse, Verdict } from '../api/gate.ts';
import type { SignatureEngine } from '../ticket/signer/signer.ts';
import { normalizeTokenInput, parseToken } from '../ticket/token.ts';
import { type GateKnowledge, isRevoked, type KnownBatch } from './knowledge.ts';

/** A ticket's identity. */
export interface TicketId {
  /** 12 lower-case hex digits. */
  readonly batch: string;
  readonly serial: number;
}

/** How tickets stand, as far as is known here. */
export interface TicketUses {
  stateOf(ticket: TicketId): TicketUse;
  /** How many are inside now. */
  inside(): number;
  /** How many came in by a gate and have not left by it. */
  insideOf(gate: string): number;
}

/** The time, and how far it may be off. */
interface GateTime {
  /** ms since epoch, corrected. */
  readonly at: number;
  /** How far it may be off, either way, ms; nothing is refused for a window that may be open. */
  readonly uncertaintyMs: number;
}

export interface GateContext {
  /** Where the ticket is shown. */
  readonly gate: string;
  readonly direction: 'enter' | 'exit';
  readonly now: GateTime;
}

/** What a ticket turned out to be, before it is known whether it may pass. */
type Identified = { readonly ticket: TicketId } | { readonly verdict: Verdict };

type Verify = SignatureEngine['verify'];

/**
 * Finds out which ticket a text is, and whether it is genuine. What was identified once stays so; {@link judge} then
 * answers at once.
 * @param text as a camera, a scanner or a person gives it: white space, hyphens and lower case are forgiven.
 */
export async function identify(text: string, knowledge: GateKnowledge, verify: Verify): Promise<Identified> {
  const token = parseToken(normalizeTokenInput(text));
  if (token === undefined) return { verdict: { kind: 'malformed' } };
  const batch = knowledge.batches.get(token.batchId);
  const foreign = knowledge.foreign.get(token.batchId);
  const known = batch ?? foreign;
  if (known === undefined) return { verdict: unknownBatch(token.batchId, knowledge) };
  if (!(await verify(known.publicKey, token.signature, token.signedMessage)))
    return { verdict: { kind: 'bad-signature' } };
  if (batch === undefined) return { verdict: { kind: 'wrong-event', eventName: foreign?.eventName ?? '' } };
  // Signed with the batch's key, and yet none of the tickets that the batch declared.
  if (token.typeIndex !== batch.typeIndex) return { verdict: { kind: 'out-of-range' } };
  return { ticket: { batch: token.batchId, serial: token.serial } };
}

/**
 * What a gate says of a genuine ticket, also of one found by its code or number. The first reason in the order of
 * `docs/token.md` counts. Takes the same time however many tickets and scans there are.
 */
export function judge(ticket: TicketId, knowledge: GateKnowledge, uses: TicketUses, context: GateContext): Verdict {
  const batch = knowledge.batches.get(ticket.batch);
  if (batch === undefined) return unknownBatch(ticket.batch, knowledge);
  const { setup } = knowledge;
  // Who is inside may leave, also after the end, with a ticket revoked meanwhile, or by another gate.
  if (context.direction === 'exit') return refusalOfTicket(ticket, batch, setup) ?? judgeExit(ticket, uses);
  return (
    refusalOfTicket(ticket, batch, setup) ??
    (isRevoked(batch, ticket.serial) ? { kind: 'revoked' } : undefined) ??
    refusalOfTime(batch, setup, context.now) ??
    refusalOfGate(batch, setup, context.gate) ??
    judgeEntry(ticket, setup, uses, context.gate)
  );
}

/** {@link identify}, then {@link judge}. */
export async function decide(
  shown: string | TicketId,
  knowledge: GateKnowledge,
  uses: TicketUses,
  context: GateContext & { readonly verify: Verify },
): Promise<Verdict> {
  const identified = typeof shown === 'string' ? await identify(shown, knowledge, context.verify) : { ticket: shown };
  return 'verdict' in identified ? identified.verdict : judge(identified.ticket, knowledge, uses, context);
}

function unknownBatch(id: string, { withheld }: GateKnowledge): Verdict {
  return withheld.has(id) ? { kind: 'unknown-batch', waiting: true } : { kind: 'unknown-batch' };
}

function refusalOfTicket(ticket: TicketId, batch: KnownBatch, { event }: GateSetup): Verdict | undefined {
  // At a demo event everything is a rehearsal, and its gates are there to be tried out.
  if (batch.rehearsal && !event.demo) return { kind: 'rehearsal' };
  return ticket.serial > batch.count ? { kind: 'out-of-range' } : undefined;
}

function refusalOfTime(batch: KnownBatch, setup: GateSetup, now: GateTime): Verdict | undefined {
  const { from, until } = windowOf(batch, setup);
  if (now.at + now.uncertaintyMs < from) return { kind: 'not-yet-valid', from };
  return now.at - now.uncertaintyMs > until ? { kind: 'expired', until } : undefined;
}

/** When a batch's tickets are let in: its own window, else its type's, else the event's time, widened by the tolerance. */
function windowOf(batch: KnownBatch, setup: GateSetup): { readonly from: number; readonly until: number } {
  const type = setup.types.find(({ index }) => index === batch.typeIndex);
  return {
    from: (batch.notBefore ?? type?.notBefore ?? setup.event.startsAt) - setup.rules.earlyMs,
    until: (batch.notAfter ?? type?.notAfter ?? setup.event.endsAt) + setup.rules.lateMs,
  };
}

function refusalOfGate(batch: KnownBatch, { gates }: GateSetup, here: string): Verdict | undefined {
  const open = gates.filter(
    ({ archivedAt, direction, types }) =>
      archivedAt === null && direction !== 'exit' && (types === null || types.includes(batch.typeIndex)),
  );
  return open.some(({ id }) => id === here) ? undefined : { kind: 'wrong-gate', gates: open.map(({ id }) => id) };
}

function judgeExit(ticket: TicketId, uses: TicketUses): Verdict {
  return uses.stateOf(ticket).state === 'inside' ? { kind: 'exited' } : { kind: 'not-inside' };
}

function judgeEntry(ticket: TicketId, { gates, rules }: GateSetup, uses: TicketUses, here: string): Verdict {
  const gate = gates.find(({ id }) => id === here);
  const use = uses.stateOf(ticket);
  const again = use.state === 'outside';
  if (use.state === 'inside' || (again && gate?.reentry !== true))
    return { kind: 'already-used', at: use.at, gate: use.gate };
  if (rules.capacity !== null && uses.inside() >= rules.capacity)
    return { kind: 'full', capacity: rules.capacity, gate: null };
  const capacity = gate?.capacity ?? null;
  if (capacity !== null && uses.insideOf(here) >= capacity) return { kind: 'full', capacity, gate: here };
  return { kind: 'admitted', again };
}

const OVERRIDABLE: ReadonlySet<Verdict['kind']> = new Set([
  'not-yet-valid',
  'expired',
  'wrong-gate',
  'already-used',
  'full',
]);

/** Whether a supervisor may let the ticket in all the same: it is genuine, and only a rule speaks against it. */
export function isOverridable(verdict: Verdict): boolean {
  return OVERRIDABLE.has(verdict.kind);
}
