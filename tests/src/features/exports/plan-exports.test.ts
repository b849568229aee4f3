import { describe, expect, it } from 'vitest';
import type { ExportPlan } from '../../../../core/api/export-template.ts';
import { ticketColumns } from '../../../../core/export/sources/ticket-columns.ts';
import type { BatchView } from '../../../../src/features/batches/batch-view.ts';
import { draftOf, FIRST_DRAFT, planOf } from '../../../../src/features/exports/export-draft.ts';
import { planExports } from '../../../../src/features/exports/plan-exports.ts';

const COLUMNS = ticketColumns(['holder', 'seat'], 2);
const EVENT = { name: 'Gala', timeZone: 'Asia/Kolkata' };
const NOW = Date.UTC(2026, 10, 22, 20);
const PLAN: ExportPlan = {
  batches: ['aaaaaaaaaaaa'],
  formats: [
    { id: 'csv', options: { delimiter: ';', compression: 'gzip' } },
    { id: 'xlsx', options: {} },
  ],
  columns: [{ id: 'holder', title: 'Guest' }, { id: 'serial' }],
  filters: { kind: 'not', filter: { kind: 'status', statuses: ['revoked'] } },
  sort: { column: 'holder', direction: 'ascending' },
  fileName: 'door: list',
};
const batch = (id: string, startedAt: number) => ({ id, startedAt, typeIndex: 0 }) as BatchView;

describe('a plan', () => {
  it('comes back from the form as it went in', () => {
    expect(planOf(draftOf(PLAN, COLUMNS), COLUMNS)).toEqual(PLAN);
    const usual = planOf(FIRST_DRAFT, COLUMNS);
    expect(usual).toEqual({ ...usual, batches: null, columns: null, filters: null, sort: null, fileName: null });
    expect(planOf(draftOf(usual, COLUMNS), COLUMNS)).toEqual(usual);
  });

  it('has the columns that it left out switched off in the form', () => {
    const { columns } = draftOf(PLAN, COLUMNS);
    expect(columns?.slice(0, 2).map(({ title }) => title)).toEqual(['Guest', 'Serial']);
    expect(columns?.filter(({ isChosen }) => isChosen)).toHaveLength(2);
    expect(columns).toHaveLength(COLUMNS.length);
  });

  it('leaves out formats that this version does not know', () => {
    const plan = { ...PLAN, formats: [{ id: 'papyrus', options: {} }] };
    expect(draftOf(plan, COLUMNS).formats).toEqual(['csv']);
    expect(planExports({ plan, batches: [], columns: COLUMNS, event: EVENT, now: NOW })).toEqual([]);
  });

  it('becomes one export a format, oldest batch first, under safe names', () => {
    const batches = [batch('bbbbbbbbbbbb', 2), batch('aaaaaaaaaaaa', 1)];
    const exports = planExports({ plan: PLAN, batches, columns: COLUMNS, event: EVENT, now: NOW });
    const { columns, filters, sort } = PLAN;
    expect(exports.map(({ fileName }) => fileName)).toEqual(['door list.csv.gz', 'door list.xlsx']);
    expect(exports[0]?.options).toEqual({ delimiter: ';', compression: 'gzip', columns, filters, sort });
    expect(exports[1]?.batches.map(({ id }) => id)).toEqual(['aaaaaaaaaaaa', 'bbbbbbbbbbbb']);
    const [usual] = planExports({
      plan: { ...PLAN, fileName: null },
      batches,
      columns: COLUMNS,
      event: EVENT,
      now: NOW,
    });
    expect(usual?.fileName).toBe('Gala tickets 2026-11-23.csv.gz');
  });

  it('asks for no column and no order that the batches do not have', () => {
    const columns = ticketColumns([], 2);
    const [csv] = planExports({ plan: PLAN, batches: [], columns, event: EVENT, now: NOW });
    expect(csv?.options).toEqual({
      delimiter: ';',
      compression: 'gzip',
      columns: [{ id: 'serial' }],
      filters: PLAN.filters,
    });
  });
});
