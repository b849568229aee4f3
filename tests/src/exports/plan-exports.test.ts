import { expect, test } from 'vitest';
import { exportPlanSchema } from '../../../core/api/export-template.ts';
import { planExports } from '../../../src/features/exports/plan-exports.ts';

const EVERYTHING = { batches: null, columns: null, filters: null, sort: null };
const NOW = Date.UTC(2026, 10, 22, 9);

function fileNames(formats: readonly string[], fileName: string | null): readonly string[] {
  const plan = exportPlanSchema.parse({ ...EVERYTHING, formats: formats.map((id) => ({ id, options: {} })), fileName });
  const event = { name: 'Gala', timeZone: 'UTC' };
  return planExports({ plan, batches: [], columns: [], event, now: NOW }).map((draft) => draft.fileName);
}

test('files of one export have names of their own', () => {
  const both = ['tickets-pdf', 'report-pdf', 'csv'];
  expect(fileNames(both, null)).toEqual([
    'Gala tickets 2026-11-22.pdf',
    'Gala report 2026-11-22.pdf',
    'Gala tickets 2026-11-22.csv',
  ]);
  expect(fileNames(both, 'guests')).toEqual(['guests.pdf', 'guests report.pdf', 'guests.csv']);
  expect(fileNames(['report-pdf'], 'guests')).toEqual(['guests.pdf']);
});
