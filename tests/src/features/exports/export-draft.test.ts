import { expect, test } from 'vitest';
import type { BatchView } from '../../../../src/features/batches/batch-view.ts';
import { chosenBatches } from '../../../../src/features/exports/export-draft.ts';

const view = (id: string, rehearsal?: true) => ({ id, server: { rehearsal } }) as BatchView;
const [sold, tests] = [view('aaaaaaaaaaaa'), view('bbbbbbbbbbbb', true)];

test('all tickets are all but tests, which are exported by their batch', () => {
  expect(chosenBatches(null, [sold, tests], {})).toEqual([sold]);
  expect(chosenBatches([tests.id], [sold, tests], {})).toEqual([tests]);
});

test('tests are all tickets where there are no others, and at a demo event', () => {
  expect(chosenBatches(null, [tests], {})).toEqual([tests]);
  expect(chosenBatches(null, [sold, tests], { demo: true })).toEqual([sold, tests]);
});
