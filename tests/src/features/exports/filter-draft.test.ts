import { describe, expect, it } from 'vitest';
import { type Filter, filterSchema } from '../../../../core/export/filters.ts';
import {
  conditionError,
  type FilterDraft,
  filterDraftOf,
  filterOf,
  NO_FILTER,
  newCondition,
} from '../../../../src/features/exports/filter-draft.ts';

const VIP: Filter = { kind: 'type', types: [1] };
const REVOKED: Filter = { kind: 'status', statuses: ['revoked'] };

describe('the filter form', () => {
  it('asks for all tickets while it says nothing', () => {
    expect(filterOf(NO_FILTER)).toBeNull();
    const empty = (['type', 'batch', 'serial', 'date', 'text'] as const).map((kind) => newCondition(kind, 'tickets'));
    expect(filterOf({ match: 'all', conditions: empty })).toBeNull();
  });

  it('joins its conditions, each also the other way round', () => {
    const conditions = [
      { id: 'a', isNot: false, filter: VIP },
      { id: 'b', isNot: true, filter: REVOKED },
      newCondition('text', 'tickets'),
    ];
    const filters = [VIP, { kind: 'not', filter: REVOKED }];
    expect(filterOf({ match: 'all', conditions })).toEqual({ kind: 'and', filters });
    expect(filterOf({ match: 'any', conditions })).toEqual({ kind: 'or', filters });
    expect(filterOf({ match: 'any', conditions: conditions.slice(1) })).toEqual({ kind: 'not', filter: REVOKED });
  });

  it.each<Filter>([
    VIP,
    { kind: 'not', filter: VIP },
    { kind: 'and', filters: [VIP, { kind: 'not', filter: REVOKED }] },
    { kind: 'or', filters: [VIP, { kind: 'and', filters: [REVOKED, { kind: 'serial', from: 1, to: null }] }] },
  ])('gives back what it was given: %j', (filter) => {
    const draft = filterDraftOf(filterSchema.parse(filter));
    expect(filterOf(draft)).toEqual(filter);
    expect(filterDraftOf(filter)).toEqual<FilterDraft>(draft);
  });

  it('says why a condition holds for no ticket', () => {
    expect(conditionError({ kind: 'serial', from: 9, to: 3 })).toContain('first');
    expect(conditionError({ kind: 'serial', from: 9, to: 9 })).toBeUndefined();
    expect(conditionError({ kind: 'date', column: 'mintedAt', from: 5, before: 5 })).toContain('end');
  });
});
