import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { type ErrorCode, TicketmintError } from '../../../core/errors.ts';
import { exportFaultOf } from '../../../core/export/fault-error.ts';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import type { FontName } from '../../../core/fonts/catalog.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { formatBytes, formatCount } from '../../utils/format.ts';
import { fontTitle, isFontName } from '../fonts/font-words.ts';
import { exportFaultWords } from './fault-words.ts';
import { filterDraftOf } from './filter-draft.ts';
import { formatTitle } from './format-words.ts';
import { recordsWord } from './record-words.ts';

const PHASES = {
  'export-fetching': msg({ message: 'Reading', context: 'export' }),
  'export-processing': msg({ message: 'Writing', context: 'export' }),
  'export-file-generation': msg`Ending the file`,
  'export-finalizing': msg`Checking the file`,
  'export-completed': msg({ message: 'Done', context: 'export' }),
  'export-failed': msg({ message: 'Failed', context: 'export' }),
  'export-cancelled': msg({ message: 'Cancelled', context: 'export' }),
} as const satisfies Record<ExportProgress['phase'], MessageDescriptor>;

export function phaseWord(progress: ExportProgress | null): string {
  return progress === null ? t`Asking the server for what is new` : i18n._(PHASES[progress.phase]);
}

/** `12,000 tickets, 3.4 MB`, and what was set aside. */
export function resultWords({ records, bytes, rejectedCount, recordKind = 'tickets' }: ExportManifest): string {
  const result = { records: recordsWord(records, recordKind), size: formatBytes(bytes) };
  if (rejectedCount === 0) return t`${{ records: result.records }}, ${{ size: result.size }}`;
  return t`${{ records: result.records }}, ${{ size: result.size }}, ${{ count: formatCount(rejectedCount) }} set aside`;
}

/** `12,000 a second` */
export function rateWords(recordsPerSecond: number): string {
  return t`${{ count: formatCount(Math.round(recordsPerSecond)) }} a second`;
}

interface FailureWords {
  readonly happened: string;
  readonly safe: string;
  readonly todo: string;
  readonly code: string;
}

const TODOS: Partial<Record<ErrorCode, MessageDescriptor>> = {
  'export-incomplete': msg`Connect to the server, sign in, and try again.`,
  'export-interrupted': msg`Close other tabs, then try again: files that are whole are not made again.`,
  'export-sort-too-large': msg`Leave them in their usual order, or export fewer at a time.`,
  'font-missing': msg`Prepare it while the server answers, or choose a format without fonts, such as CSV or Excel.`,
  'image-invalid': msg`Choose a PNG or JPEG picture.`,
  'layout-invalid': msg`Choose a layout with larger tickets, or print less on each.`,
};

/** An error's message as a sentence. */
export function sentenceOf(message: string): string {
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return /[.।]$/.test(sentence) ? sentence : t`${sentence}.`;
}

/** Why an export failed: what happened, what is safe, what to do. */
export function failureWords(error: unknown): FailureWords {
  const safe = t`The tickets themselves are safe, and nothing that looks done was left.`;
  if (error instanceof Error && error.name === 'ZodError')
    return {
      happened: t`These options do not go together.`,
      safe,
      todo: t`Change the options of the format.`,
      code: 'options-invalid',
    };
  if (!(error instanceof TicketmintError)) {
    const { happened, todo, code } = wordsOf(error);
    return { happened, safe, todo, code };
  }
  const font = missingFontOf(error);
  const happened = font === null ? sentenceOf(exportFaultWords(exportFaultOf(error))) : fontWords(font);
  if (exportFaultOf(error).code === 'scans-changed')
    return { happened, safe, todo: t`Set the export up again: its scans are counted anew then.`, code: error.code };
  const todo = TODOS[error.code];
  return {
    happened,
    safe,
    todo: todo === undefined ? t`Try again, or download the file instead.` : i18n._(todo),
    code: error.code,
  };
}

/** The font that an export lacked, if that was it. */
export function missingFontOf(error: unknown): FontName | null {
  const fault = exportFaultOf(error);
  return fault.code === 'font-missing' && isFontName(fault.font) ? fault.font : null;
}

function fontWords(font: FontName): string {
  return t`The font for ${{ script: fontTitle(font) }} is not on this device, and the server cannot be reached.`;
}

/** What a plan is, in a line: `CSV, Excel · Some batches · 2 conditions · 5 columns`. */
export function planWords({ source, formats, batches, filters, columns }: ExportPlan): string {
  const titles = formats.map(({ id }) => (id in EXPORT_FORMATS ? formatTitle(id as FormatId) : id));
  const conditions = filters === null ? 0 : filterDraftOf(filters).conditions.length;
  const facts = [
    source === 'check-ins' && t`Check-ins`,
    titles.join(', '),
    batches !== null && plural(batches.length, { one: '# batch', other: '# batches' }),
    conditions > 0 && plural(conditions, { one: '# condition', other: '# conditions' }),
    columns !== null && plural(columns.length, { one: '# column', other: '# columns' }),
  ];
  return facts.filter((fact) => fact !== false).join(' · ');
}
