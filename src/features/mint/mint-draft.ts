import { t } from '@lingui/core/macro';
import type { TicketType } from '../../../core/api/event.ts';
import type { ListReport } from '../../../core/attendees/list-reader.ts';
import type { SeatPattern } from '../../../core/attendees/seat-pattern.ts';
import { compileSeatPattern } from '../../../core/attendees/seat-pattern.ts';
import { chunkSizeFor } from '../../../core/chunk/chunk.ts';
import { formatCount } from '../../utils/format.ts';
import type { MintPlan, PlannedBatch } from './run-controller.ts';

/** Above this many tickets the person confirms the number. */
export const CONFIRM_ABOVE = 5_000;
/** What one batch may hold. */
export const MAX_QUANTITY = 10_000_000;

/** When tickets are valid; null where the ticket type, or the event, says it. */
export interface Validity {
  readonly notBefore: number | null;
  readonly notAfter: number | null;
}

export type DraftSource =
  | { readonly kind: 'quantity'; readonly typeIndex: number; readonly count: number }
  | {
      readonly kind: 'list';
      readonly fileName: string;
      readonly report: ListReport;
      /** Whether all tickets of the event were compared, or nobody was to be left out. */
      readonly knowsIssued: boolean;
    };

/** Everything that the first step asks for. */
export interface MintDraft {
  readonly eventId: string;
  readonly source: DraftSource;
  readonly seatPattern: SeatPattern | null;
  readonly validity: Validity;
  /** Present in a demo event, and on test tickets. */
  readonly rehearsal?: true | undefined;
}

/** The plan that a draft makes: one batch for each ticket type that has tickets; seats go on from one to the next. */
export function planOf(
  { eventId, source, seatPattern, validity, rehearsal }: MintDraft,
  types: readonly TicketType[],
): MintPlan {
  const personalised = source.kind === 'list';
  const counts = source.kind === 'list' ? source.report.counts : [source];
  let seatOffset = 0;
  const batches = counts.map(({ typeIndex, count }): PlannedBatch => {
    const batch = { typeIndex, count, ...validity, personalised, seatPattern, seatOffset };
    if (seatPattern !== null) seatOffset += count;
    return batch;
  });
  const count = counts.reduce((sum, type) => sum + type.count, 0);
  return { eventId, title: titleOf(source, types), chunkSize: chunkSizeFor(count, personalised), batches, rehearsal };
}

function titleOf(source: DraftSource, types: readonly TicketType[]): string {
  if (source.kind === 'list') return source.fileName;
  return `${formatCount(source.count)} × ${typeName(types, source.typeIndex)}`;
}

export function typeName(types: readonly TicketType[], typeIndex: number): string {
  return types.find(({ index }) => index === typeIndex)?.name ?? t`Type ${{ index: typeIndex }}`;
}

export function countOf({ batches }: MintPlan): number {
  return batches.reduce((sum, { count }) => sum + count, 0);
}

/** What a ticket's fields add to its signature, in bytes, on average. */
export function bytesPerTicket({ source, seatPattern }: MintDraft): number {
  const values =
    source.kind === 'list' && source.report.usable > 0 ? source.report.valueBytes / source.report.usable : 0;
  const seat = seatPattern === null ? 0 : compileSeatPattern(seatPattern)(0).length + 2;
  return values + seat;
}

/** A batch that would not fit its ticket type's capacity: the server would refuse it. */
export interface OverCapacity {
  readonly name: string;
  readonly count: number;
  readonly free: number;
}

export function overCapacity({ batches }: MintPlan, types: readonly TicketType[]): readonly OverCapacity[] {
  return batches.flatMap(({ typeIndex, count }) => {
    const type = types.find(({ index }) => index === typeIndex);
    if (type === undefined || type.capacity === null) return [];
    const free = Math.max(0, type.capacity - type.declared);
    return count > free ? [{ name: type.name, count, free }] : [];
  });
}
