import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import { STANDARD_ADMISSION_RULES } from '../../../core/api/gate.ts';
import type { Gate } from '../../../core/api/gate-device.ts';
import { type GateKnowledge, knownBatch } from '../../../core/gate/knowledge.ts';
import type { RehearsalPlan } from '../../../core/gate/rehearsal.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { revokedSerials } from '../batches/revoked-serials.ts';
import type { ShownRevocation } from '../changes/overlay.ts';

/** Of a larger batch the first ones are shown: so many take some 150 MB. */
export const MAX_TICKETS = 1_000_000;
export const MAX_DEVICES = 100;

/** What a person chooses; shares in percent. */
export interface RehearsalDraft {
  readonly batchId: string | null;
  readonly devices: number;
  readonly offline: number;
  readonly copies: number;
  readonly lostReplies: number;
  /** Null: by chance. */
  readonly seed: number | null;
}

export const STANDARD_DRAFT = { devices: 4, offline: 30, copies: 2, lostReplies: 10, seed: null } as const;

/** The event as this device knows it, with the server or without. */
interface KnownEvent {
  readonly event: EventRecord;
  readonly types: readonly TicketType[];
  readonly gates: readonly Gate[];
  readonly revocations: readonly ShownRevocation[];
}

export function planOf(draft: RehearsalDraft, view: BatchView, known: KnownEvent): RehearsalPlan {
  const { startsAt, endsAt } = known.event;
  return {
    knowledge: knowledgeOf(view, known),
    batch: view.id,
    tickets: Math.min(view.count, MAX_TICKETS),
    devices: draft.devices,
    offline: draft.offline / 100,
    copies: draft.copies / 100,
    lostReplies: draft.lostReplies / 100,
    startsAt,
    endsAt,
    seed: draft.seed ?? (crypto.getRandomValues(new Uint32Array(1))[0] as number),
  };
}

/** What gates would know, of this batch alone; also of one that they do not get yet. */
function knowledgeOf(view: BatchView, { event, types, gates, revocations }: KnownEvent): GateKnowledge {
  const { id, name, timeZone, startsAt, endsAt, demo } = event;
  const declaration = view.server ?? view.local;
  if (declaration === undefined) throw new TypeError('expected a local or a server batch');
  const { publicKey, typeIndex, count, notBefore, notAfter, rehearsal = false } = declaration;
  const revoked = revokedSerials(revocations, view.id).map(([first, last]): [number, number] => [first, last]);
  const batch = { id: view.id, publicKey, typeIndex, count, notBefore, notAfter, rehearsal, revoked };
  return {
    setup: {
      event: { id, name, timeZone, startsAt, endsAt, demo: demo === true },
      types: types.map(({ index, name, colour, notBefore, notAfter }) => ({
        index,
        name,
        colour,
        notBefore,
        notAfter,
      })),
      gates: gates.map(({ createdAt: _, ...gate }) => gate),
      rules: STANDARD_ADMISSION_RULES,
    },
    batches: new Map([[view.id, knownBatch(batch)]]),
    withheld: new Set(),
    foreign: new Map(),
  };
}
