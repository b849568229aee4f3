import { t } from '@lingui/core/macro';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { type ErrorCode, TicketmintError } from '../../../core/errors.ts';
import type { ExportOutcome } from '../../../core/export/job.ts';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import type { FontName } from '../../../core/fonts/catalog.ts';
import { FONT_FILES } from '../../../core/fonts/font-files.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { formatBytes, formatCount, formatTickets } from '../../utils/format.ts';
import { fontTitle } from '../fonts/font-words.ts';
import { filterDraftOf } from './filter-draft.ts';

const PHASES = {
  'export-fetching': 'Reading tickets',
  'export-processing': 'Writing tickets',
  'export-file-generation': 'Ending the file',
  'export-finalizing': 'Checking the file',
  'export-completed': 'Done',
  'export-failed': 'Failed',
  'export-cancelled': 'Cancelled',
} as const satisfies Record<ExportProgress['phase'], string>;

export function phaseWord(progress: ExportProgress | null): string {
  return progress === null ? 'Asking the server for corrections and revocations' : PHASES[progress.phase];
}

/** `12,000 tickets, 3.4 MB`, and what was set aside. */
export function resultWords({ records, bytes, rejectedCount }: ExportManifest): string {
  const setAside = rejectedCount === 0 ? '' : `, ${formatCount(rejectedCount)} set aside`;
  return `${formatTickets(records)}, ${formatBytes(bytes)}${setAside}`;
}

/** Where the file is now. */
export function placeWords({ place, manifest }: ExportOutcome): string {
  if (place === 'folder') return `It is in the export folder as “${manifest.fileName}”, with its manifest beside it.`;
  if (place === 'file') return `It is saved as “${manifest.fileName}”.`;
  return `It is handed to the browser’s downloads as “${manifest.fileName}”.`;
}

interface FailureWords {
  readonly happened: string;
  readonly safe: string;
  readonly todo: string;
  readonly code: string;
}

const TODOS: Partial<Record<ErrorCode, string>> = {
  'export-incomplete': 'Connect to the server, sign in, and try again.',
  'export-interrupted': 'Close other tabs, then try again: files that are whole are not made again.',
  'export-sort-too-large': 'Leave them in their usual order, or export fewer at a time.',
  'font-missing': 'Prepare it while the server answers, or choose a format without fonts, such as CSV or Excel.',
  'image-invalid': 'Choose a PNG or JPEG picture.',
  'layout-invalid': 'Choose a layout with larger tickets, or print less on each.',
};

/** An error's message as a sentence. */
export function sentenceOf(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}

/** Why an export failed: what happened, what is safe, what to do. */
export function failureWords(error: unknown): FailureWords {
  const safe = 'The tickets themselves are safe, and nothing that looks done was left.';
  if (error instanceof Error && error.name === 'ZodError')
    return {
      happened: 'These options do not go together.',
      safe,
      todo: 'Change the options of the format.',
      code: 'options-invalid',
    };
  if (!(error instanceof TicketmintError)) {
    const { happened, todo, code } = wordsOf(error);
    return { happened, safe, todo, code };
  }
  const font = missingFontOf(error);
  const happened = font === null ? sentenceOf(error.message) : fontWords(font);
  const todo = TODOS[error.code] ?? 'Try again, or download the file instead.';
  return { happened, safe, todo, code: error.code };
}

/** The font that an export lacked, if that was it. */
export function missingFontOf(error: unknown): FontName | null {
  if (!(error instanceof TicketmintError) || error.code !== 'font-missing') return null;
  const { font } = error.details;
  return typeof font === 'string' && font in FONT_FILES ? (font as FontName) : null;
}

function fontWords(font: FontName): string {
  return t`The font for ${{ script: fontTitle(font) }} is not on this device, and the server cannot be reached.`;
}

/** What a plan is, in a line: `CSV, Excel · Some batches · 2 conditions · 5 columns`. */
export function planWords({ formats, batches, filters, columns }: ExportPlan): string {
  const titles = formats.map(({ id }) => (id in EXPORT_FORMATS ? EXPORT_FORMATS[id as FormatId].title : id));
  const conditions = filters === null ? 0 : filterDraftOf(filters).conditions.length;
  const facts = [
    titles.join(', '),
    batches !== null && (batches.length === 1 ? '1 batch' : `${formatCount(batches.length)} batches`),
    conditions > 0 && `${formatCount(conditions)} ${conditions === 1 ? 'condition' : 'conditions'}`,
    columns !== null && `${formatCount(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`,
  ];
  return facts.filter((fact) => fact !== false).join(' · ');
}
