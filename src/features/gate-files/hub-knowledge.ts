import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type BatchStatus, batchStatusSchema } from '../../../core/api/batch.ts';
import { type EventRecord, eventSchema, type TicketType } from '../../../core/api/event.ts';
import { type ForeignBatch, type GateBatch, type GateSetup, STANDARD_ADMISSION_RULES } from '../../../core/api/gate.ts';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { mergeRanges, missingRanges, type SeqRanges } from '../../../core/chunk/seq-ranges.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { type LocalBatch, relaxedDatabase } from '../../database/database.ts';
import { ownGates } from '../../database/hub-records.ts';
import { keptAnswers } from '../../database/known-answers.ts';
import { readChanges } from '../../database/waiting-changes.ts';
import { rulesQuery } from '../admissions/api/admission-rules.ts';
import { batchesQuery } from '../batches/api/get-batches.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { isWaitingForApproval } from '../batches/approval-state.ts';
import { revokedSerials } from '../batches/revoked-serials.ts';
import { revocationsWith } from '../changes/overlay.ts';
import { eventQuery } from '../events/api/get-event.ts';
import { gatesQuery } from '../gates/api/get-gates.ts';
import { meQuery } from '../session/api/get-me.ts';
import { typesQuery } from '../types/api/get-types.ts';

/** What this device knows of an event without asking anybody. */
export interface HubKnowledge {
  readonly setup: GateSetup;
  readonly batches: GateBatch[];
  /** Batches that wait for an administrator's approval. */
  readonly withheld: string[];
  readonly foreign: ForeignBatch[];
  /** The server was never asked for what was minted and revoked elsewhere. */
  readonly isPartial: boolean;
}

/** Puts together what gates need: what the server said last, and over it what was minted, revoked and made on this device. */
export async function hubKnowledge(queryClient: QueryClient, eventId: string): Promise<HubKnowledge> {
  const [event, types, me] = await Promise.all([
    queryClient.ensureQueryData(eventQuery(eventId)),
    queryClient.ensureQueryData(typesQuery(eventId)),
    queryClient.ensureQueryData(meQuery),
  ]);
  const [gates, batches, revocations, rules] = await Promise.all([
    unlessSilent(queryClient.fetchQuery(gatesQuery(eventId))),
    unlessSilent(queryClient.fetchQuery(batchesQuery(eventId))),
    unlessSilent(queryClient.fetchQuery(revocationsQuery(eventId))),
    unlessSilent(queryClient.fetchQuery(rulesQuery(eventId))),
  ]);
  const own = await ownGates(eventId);
  const changes = (await readChanges()).filter((change) => change.eventId === eventId);
  const holding = revocationsWith(changes, revocations ?? []);
  const local = await relaxedDatabase().batches.where('eventId').equals(eventId).toArray();
  const known = new Map((batches ?? []).map((batch) => [batch.id, batch]));
  const made = new Map(local.map((batch) => [batch.id, batch]));
  const isWithheld = (id: string) => {
    const server = known.get(id);
    // Whoever may approve decides on what only this device has.
    if (server === undefined && me?.role === 'admin') return false;
    return isWaitingForApproval({ server, local: made.get(id) }, event);
  };
  const all = [...new Set([...known.keys(), ...made.keys()])];
  const withheld = all.filter(isWithheld);
  const ids = all.filter((id) => !withheld.includes(id));
  return {
    setup: setupOf(event, types, {
      gates: [
        ...(gates ?? []),
        ...own.map(({ gate }) => gate).filter(({ id }) => !gates?.some((one) => one.id === id)),
      ],
      rules: rules ?? STANDARD_ADMISSION_RULES,
    }),
    batches: ids.map((id) => gateBatchOf(known.get(id) ?? made.get(id), revokedSerials(holding, id), made.get(id))),
    withheld,
    foreign: await foreignBatches(eventId),
    isPartial: batches === undefined || revocations === undefined,
  };
}

/** `undefined` where the server cannot be reached, and never said. */
async function unlessSilent<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem && (error.code === 'unreachable' || error.code === 'timed-out')) return undefined;
    throw error;
  }
}

function setupOf(
  { id, name, timeZone, startsAt, endsAt, demo }: EventRecord,
  types: readonly TicketType[],
  { gates, rules }: Pick<GateSetup, 'gates' | 'rules'>,
): GateSetup {
  return {
    event: { id, name, timeZone, startsAt, endsAt, demo: demo === true },
    types: types.map(({ index, name: label, colour, notBefore, notAfter }) => ({
      ...{ index, name: label, colour, notBefore, notAfter },
    })),
    gates: gates.map(({ id: gateId, name: gateName, types: of, direction, reentry, capacity, undo, archivedAt }) => ({
      ...{ id: gateId, name: gateName, types: of, direction, reentry, capacity, undo, archivedAt },
    })),
    rules,
  };
}

function gateBatchOf(
  batch: BatchStatus | LocalBatch | undefined,
  revoked: SeqRanges,
  local: LocalBatch | undefined,
): GateBatch {
  if (batch === undefined) throw new TypeError('expected a batch that is known');
  const { id, publicKey, typeIndex, count, notBefore, notAfter, rehearsal } = batch;
  const approvedAt = 'approval' in batch ? batch.approval?.at : undefined;
  const all = mergeRanges([...revoked, ...lostSerials(local)]).map(([first, last]): [number, number] => [first, last]);
  return {
    ...{ id, publicKey, typeIndex, count, notBefore, notAfter, rehearsal: rehearsal === true, revoked: all },
    ...(approvedAt === undefined ? {} : { approvedAt }),
  };
}

/** Of a batch that was given up only what the server has acknowledged is good. */
function lostSerials(local: LocalBatch | undefined): SeqRanges {
  if (local === undefined || (local.state !== 'cancelled' && local.state !== 'lost')) return [];
  const { chunkSize, count, acknowledged } = local;
  return missingRanges(acknowledged, chunkCountOf(local)).map(([first, last]) => [
    first * chunkSize + 1,
    Math.min(count, (last + 1) * chunkSize),
  ]);
}

const batchesSchema = z.array(batchStatusSchema);
const eventsSchema = z.array(eventSchema);

/** Batches of other events that this device has made or heard of: so that gates tell their tickets from forged ones. */
async function foreignBatches(eventId: string): Promise<ForeignBatch[]> {
  const answers = await keptAnswers();
  const names = new Map<string, string>();
  for (const { name, value } of answers) {
    const parsed = name === 'events' ? eventsSchema.safeParse(value) : eventSchema.safeParse(value);
    for (const event of parsed.success ? [parsed.data].flat() : []) names.set(event.id, event.name);
  }
  const heard = answers.flatMap(({ name, value }) => {
    const of = /^events\/(\w+)\/batches$/.exec(name)?.[1];
    const parsed = batchesSchema.safeParse(value);
    return of === undefined || !parsed.success ? [] : parsed.data.map((batch) => ({ ...batch, eventId: of }));
  });
  const made = await relaxedDatabase().batches.where('eventId').notEqual(eventId).toArray();
  const foreign = new Map<string, ForeignBatch>();
  for (const { id, publicKey, eventId: of } of [...heard, ...made])
    if (of !== eventId) foreign.set(id, { id, publicKey, eventName: names.get(of) ?? '' });
  return [...foreign.values()];
}
