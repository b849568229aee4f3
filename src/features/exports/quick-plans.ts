import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { Filter } from '../../../core/export/filters.ts';

/** An export that is usual enough to be one press away. */
export interface QuickPlan {
  readonly id: string;
  readonly title: MessageDescriptor;
  /** Which need it serves. */
  readonly hint: MessageDescriptor;
  readonly plan: ExportPlan;
}

/** All tickets, every column, in their usual order, as CSV. */
export const WHOLE_EVENT: ExportPlan = {
  batches: null,
  formats: [{ id: 'csv', options: {} }],
  columns: null,
  filters: null,
  sort: null,
  fileName: null,
};
const VALID: Filter = { kind: 'status', statuses: ['valid'] };

/** What people who run events usually take home. Columns that an event's tickets do not have are left out of it. */
export const QUICK_PLANS: readonly QuickPlan[] = [
  {
    id: 'all-csv',
    title: msg`All tickets as CSV`,
    hint: msg`For a spreadsheet or another system: a row a ticket, every column`,
    plan: WHOLE_EVENT,
  },
  {
    id: 'door-list',
    title: msg`Door list as Excel`,
    hint: msg`For the entrance: valid tickets by name, with type, seat and code`,
    plan: {
      ...WHOLE_EVENT,
      formats: [{ id: 'xlsx', options: {} }],
      columns: ['holder', 'organisation', 'typeName', 'seat', 'code', 'serial', 'notes'].map((id) => ({ id })),
      filters: VALID,
      sort: { column: 'holder', direction: 'ascending' },
      fileName: 'Door list',
    },
  },
  {
    id: 'print',
    title: msg`Tickets to print (PDF)`,
    hint: msg`For an office printer: valid tickets, 8 to an A4 page, with QR codes`,
    plan: {
      ...WHOLE_EVENT,
      formats: [{ id: 'tickets-pdf', options: {} }],
      filters: VALID,
    },
  },
  {
    id: 'print-shop',
    title: msg`Print shop (PDF, CSV)`,
    hint: msg`Bleed, crop marks, and piles that are in order once cut; a list to check them by`,
    plan: {
      ...WHOLE_EVENT,
      formats: [
        { id: 'csv', options: {} },
        { id: 'tickets-pdf', options: { bleedMm: 3, cropMarks: true, cutLines: false, order: 'cut-and-stack' } },
      ],
      filters: VALID,
      fileName: 'Print shop',
    },
  },
  {
    id: 'report',
    title: msg`Report (PDF)`,
    hint: msg`For sponsors and the team: totals, charts and tables, no names`,
    plan: { ...WHOLE_EVENT, formats: [{ id: 'report-pdf', options: {} }], fileName: 'Report' },
  },
  {
    id: 'all-json',
    title: msg`Everything as JSON`,
    hint: msg`For a program or an archive: records, statistics and options in one file`,
    plan: { ...WHOLE_EVENT, formats: [{ id: 'json', options: {} }] },
  },
];
