import { afterEach, expect, test } from 'vitest';
import { relaxedDatabase } from '../../../../src/database/database.ts';
import {
  bearWitness,
  bearWitnessToAll,
  forgetWitness,
  missingBatches,
  noteTold,
  witnessed,
} from '../../../../src/features/store/witness.ts';
import { BATCH } from '../../../suites/workspace/sample-workspace.ts';

const LOCAL = { ...BATCH, refused: [] };
const KEY = 'ticketmint-witness';

afterEach(async () => {
  forgetWitness();
  await relaxedDatabase().batches.clear();
});

test('a batch that was here and is not any more is missing until that was told', async () => {
  await relaxedDatabase().batches.put(LOCAL);
  bearWitness([LOCAL]);
  expect(await missingBatches()).toEqual([]);
  await relaxedDatabase().batches.clear();
  const { id, eventId, count, mintedAt } = BATCH;
  expect(await missingBatches()).toEqual([{ id, eventId, count, mintedAt, source: 'list' }]);
  noteTold([id]);
  // Kept all the same: its own alert knows by it that the batch was minted here.
  expect(await missingBatches()).toMatchObject([{ id, isTold: true }]);
});

test('is known to this tab after the site’s data was cleared under it, and not after it was forgotten on purpose', async () => {
  bearWitness([LOCAL]);
  localStorage.clear();
  expect(witnessed()).toMatchObject([{ id: BATCH.id }]);
  forgetWitness();
  expect(witnessed()).toEqual([]);
});

test('what cannot be read is begun anew from what is here', async () => {
  localStorage.setItem(KEY, '{"torn');
  expect(witnessed()).toEqual([]);
  await relaxedDatabase().batches.put(LOCAL);
  await bearWitnessToAll();
  expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toMatchObject([{ id: BATCH.id, count: 120 }]);
});
