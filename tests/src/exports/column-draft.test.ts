import { describe, expect, it } from 'vitest';
import type { Column } from '../../../core/export/format.ts';
import { adaptColumns, columnChoices, usualColumns } from '../../../src/features/exports/column-draft.ts';

const columns: readonly Column[] = [
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'holder', title: 'Holder', type: 'text' },
  { id: 'seat', title: 'Seat', type: 'text' },
];

describe('the columns of an export', () => {
  it('are the usual ones unless something was changed', () => {
    expect(columnChoices(usualColumns(columns), columns)).toBeNull();
  });

  it('are those chosen, in their order, with new headers only where they differ', () => {
    const [serial, holder, seat] = usualColumns(columns);
    const draft = [
      { ...holder!, title: 'Guest' },
      { ...serial!, title: '  ' },
      { ...seat!, isChosen: false },
    ];
    expect(columnChoices(draft, columns)).toEqual([{ id: 'holder', title: 'Guest' }, { id: 'serial' }]);
  });

  it('follow the batches: new ones join at the end, those that are gone go', () => {
    const [serial, holder] = usualColumns(columns);
    const draft = [
      { ...holder!, isChosen: false },
      { ...serial!, id: 'gone' },
    ];
    expect(adaptColumns(draft, columns).map(({ id, isChosen }) => [id, isChosen])).toEqual([
      ['holder', false],
      ['serial', true],
      ['seat', true],
    ]);
  });
});
