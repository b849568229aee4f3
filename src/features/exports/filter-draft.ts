import { t } from '@lingui/core/macro';
import type { Filter } from '../../../core/export/filters.ts';
import type { RecordKind } from '../../../core/export/format.ts';

/** What one condition asks about a record; `and`, `or` and `not` are said around it. */
type ConditionFilter = Exclude<Filter, { readonly kind: 'and' | 'or' | 'not' }>;
export type ConditionKind = ConditionFilter['kind'];

/** One line of the filter form. A filter that the form cannot show, from elsewhere, is kept as it is. */
export interface Condition {
  readonly id: string;
  readonly isNot: boolean;
  readonly filter: Filter;
}

export interface FilterDraft {
  /** Whether records meet all conditions, or at least one. */
  readonly match: 'all' | 'any';
  readonly conditions: readonly Condition[];
}

export const NO_FILTER: FilterDraft = { match: 'all', conditions: [] };

const EMPTY = {
  type: { kind: 'type', types: [] },
  status: { kind: 'status', statuses: ['valid'] },
  batch: { kind: 'batch', batches: [] },
  serial: { kind: 'serial', from: null, to: null },
  date: { kind: 'date', column: 'mintedAt', from: null, before: null },
  gate: { kind: 'gate', gates: [] },
  scan: { kind: 'scan', scans: [] },
  effect: { kind: 'effect', effects: [] },
  text: { kind: 'text', text: '', columns: null },
} as const satisfies Record<ConditionKind, Filter>;

/** A condition as it is before it is filled in. */
export function newCondition(kind: ConditionKind, of: RecordKind): Condition {
  const empty: Filter = kind === 'date' && of === 'check-ins' ? { ...EMPTY.date, column: 'scannedAt' } : EMPTY[kind];
  return conditionOf(empty, crypto.randomUUID());
}

/** What the export is asked for; conditions that say nothing yet are left out, and null means all records. */
export function filterOf({ match, conditions }: FilterDraft): Filter | null {
  const filters = conditions
    .filter(({ filter }) => saysSomething(filter))
    .map(({ isNot, filter }): Filter => (isNot ? { kind: 'not', filter } : filter));
  const [only] = filters;
  if (only === undefined) return null;
  return filters.length === 1 ? only : { kind: match === 'all' ? 'and' : 'or', filters };
}

/** The form for a filter that was made before. */
export function filterDraftOf(filter: Filter | null): FilterDraft {
  if (filter === null) return NO_FILTER;
  if (filter.kind === 'and' || filter.kind === 'or')
    return { match: filter.kind === 'and' ? 'all' : 'any', conditions: filter.filters.map(givenCondition) };
  return { match: 'all', conditions: [givenCondition(filter, 0)] };
}

/** The same filter gives the same conditions, however often it is read. */
function givenCondition(filter: Filter, index: number): Condition {
  return conditionOf(filter, `given ${index}`);
}

function conditionOf(filter: Filter, id: string): Condition {
  return filter.kind === 'not' ? { id, isNot: true, filter: filter.filter } : { id, isNot: false, filter };
}

export function saysSomething(filter: Filter): boolean {
  switch (filter.kind) {
    case 'type':
      return filter.types.length > 0;
    case 'status':
      return filter.statuses.length > 0;
    case 'batch':
      return filter.batches.length > 0;
    case 'gate':
      return filter.gates.length > 0;
    case 'scan':
      return filter.scans.length > 0;
    case 'effect':
      return filter.effects.length > 0;
    case 'serial':
      return filter.from !== null || filter.to !== null;
    case 'date':
      return filter.from !== null || filter.before !== null;
    case 'text':
      return filter.text.trim() !== '';
    default:
      return true;
  }
}

/** Why no record can meet the condition; `undefined` where one can. */
export function conditionError(filter: Filter): string | undefined {
  if (filter.kind === 'serial' && filter.from !== null && filter.to !== null && filter.to < filter.from)
    return t`The last serial comes before the first`;
  if (filter.kind === 'date' && filter.from !== null && filter.before !== null && filter.before <= filter.from)
    return t`It has to end after it starts`;
  return undefined;
}
