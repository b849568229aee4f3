import { t } from '@lingui/core/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { useEvent } from '../events/use-event.ts';
import { type DraftSource, MAX_QUANTITY, type MintDraft } from './mint-draft.ts';
import { NO_SEATS, type SeatValues, seatPatternOf } from './seat-pattern-fields.tsx';
import { type ListImport, useListImport } from './use-list-import.ts';
import { TYPE_VALIDITY, type ValidityValues, validityOf } from './validity-fields.tsx';

/** The first step's fields as they stand. */
interface WhatValues {
  readonly typeIndex: number | null;
  readonly count: number | string;
  readonly seats: SeatValues;
  readonly validity: ValidityValues;
}

export interface WhatState {
  /** Stands in the address, so that others can link to a list's import. */
  readonly kind: DraftSource['kind'];
  readonly setKind: (kind: DraftSource['kind']) => void;
  /** Whether they are test tickets, which no gate lets in; in the address, too. `undefined` where all are. */
  readonly isTest: boolean | undefined;
  readonly setTest: (isTest: boolean) => void;
  readonly values: WhatValues;
  readonly set: (changes: Partial<WhatValues>) => void;
  readonly list: ListImport;
  /** What the fields make, or `undefined` while something is missing. */
  readonly draft: MintDraft | undefined;
  /** What is missing, in words; undefined when nothing is. */
  readonly missing: string | undefined;
}

/** The state of the first step: a quantity of one type, or an attendee list. */
export function useDraft(types: readonly TicketType[]): WhatState {
  const event = useEvent();
  const { by: kind = 'quantity', test } = useSearch({ strict: false });
  const navigate = useNavigate();
  const setKind = (by: DraftSource['kind']) =>
    void navigate({ to: '.', search: (search) => ({ ...search, by }), replace: true });
  const setTest = (isTest: boolean) =>
    void navigate({ to: '.', search: (search) => ({ ...search, test: isTest || undefined }), replace: true });
  const [values, setValues] = useState<WhatValues>({
    typeIndex: types.length === 1 ? (types[0]?.index ?? null) : null,
    count: '',
    seats: NO_SEATS,
    validity: TYPE_VALIDITY,
  });
  const list = useListImport(event.id, types, values.typeIndex);
  const set = (changes: Partial<WhatValues>) => setValues((current) => ({ ...current, ...changes }));
  const source = kind === 'list' ? listSourceOf(values.typeIndex, list) : quantityOf(values);
  const seats = seatPatternOf(kind === 'list' && list.targets.includes('seat') ? NO_SEATS : values.seats);
  const { validity, error: validityError } = validityOf(values.validity, event.timeZone);
  const missing = typeof source === 'string' ? source : (seats.error ?? validityError);
  const draft =
    typeof source === 'string' || missing !== undefined
      ? undefined
      : { eventId: event.id, source, seatPattern: seats.pattern, validity, rehearsal: event.demo ?? test };
  const isTest = event.demo === true ? undefined : test === true;
  return { kind, setKind, isTest, setTest, values, set, list, draft, missing };
}

/** The source, or what is missing of it. */
function quantityOf({ typeIndex, count }: WhatValues): DraftSource | string {
  if (typeIndex === null) return t`Choose a ticket type`;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_QUANTITY)
    return t`Say how many tickets`;
  return { kind: 'quantity', typeIndex, count };
}

/** The source, or what is missing of it. */
function listSourceOf(
  typeIndex: number | null,
  { file, error, targets, choices, report, issued, issuedSummary, isReady }: ListImport,
): DraftSource | string {
  if (file === null) return t`Choose an attendee list`;
  if (error !== null) return t`Choose a list that can be read`;
  if (!targets.includes('type') && typeIndex === null) return t`Choose a ticket type`;
  if (!targets.some((target) => target !== 'ignore' && target !== 'type')) return t`Keep at least one column`;
  if (report === undefined || !isReady) return t`The list is still being read`;
  if (report.usable === 0)
    return report.issued > 0 ? t`Everyone who could get a ticket has one` : t`No row of the list gives a ticket`;
  const isComplete = issuedSummary?.isComplete ?? issued?.asksServer ?? true;
  return { kind: 'list', fileName: file.name, report, knowsIssued: isComplete || !choices.leavesOutIssued };
}
