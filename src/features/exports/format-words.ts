import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RecordKind } from '../../../core/export/format.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';

/** Formats whose name is more than that of a kind of file. */
const TITLES: Readonly<Partial<Record<FormatId, MessageDescriptor>>> = {
  'tickets-pdf': msg`Tickets (PDF)`,
  'report-pdf': msg`Report (PDF)`,
};

const HINTS: Readonly<Record<FormatId, MessageDescriptor>> = {
  csv: msg`For spreadsheets and other systems`,
  json: msg`For programs: one document, with statistics`,
  ndjson: msg`For databases and programs that read line by line`,
  xml: msg`For systems that ask for a schema: tickets by batch`,
  xlsx: msg`For spreadsheets: typed columns, filters, statistics with charts`,
  'tickets-pdf': msg`For printing: several a page, with QR codes`,
  'report-pdf': msg`For sponsors and the team: totals, charts and tables`,
};

/** What people call a format. */
export function formatTitle(id: FormatId): string {
  const title = TITLES[id];
  return title === undefined ? EXPORT_FORMATS[id].title : i18n._(title);
}

/** Where the hint is one for tickets. */
const CHECK_IN_HINTS: Readonly<Partial<Record<FormatId, MessageDescriptor>>> = {
  xml: msg`For systems that ask for a schema`,
};

/** When to choose it, in a few words. */
export function formatHint(id: FormatId, of: RecordKind = 'tickets'): string {
  return i18n._((of === 'check-ins' ? CHECK_IN_HINTS[id] : undefined) ?? HINTS[id]);
}
