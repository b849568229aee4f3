import { z } from 'zod';
import { typeIndexSchema } from '../api/event.ts';
import { isColumnName, MAX_COLUMNS, STANDARD_COLUMNS, type StandardColumn } from '../chunk/chunk.ts';
import { LIST_ENCODINGS } from './encoding.ts';
import { LIST_DELIMITERS } from './records.ts';

/**
 * What becomes of a column of the list: nothing, the ticket type, a part of the holder's name (given, then family), or a
 * column of the ticket: a standard one or `x-…`.
 */
export type ColumnTarget = 'ignore' | 'type' | 'given-name' | 'family-name' | StandardColumn | `x-${string}`;

const TARGETS_WITHOUT_COLUMN = ['ignore', 'type', 'given-name', 'family-name'] as const;

/** Rows a list may have. Duplicates are found among all of them, within 64 MB. */
export const MAX_LIST_ROWS = 1_000_000;
/** What ExcelJS can read at once without ending the tab. Larger lists come as CSV. */
export const MAX_WORKBOOK_BYTES = 20 * 1024 * 1024;
export const MAX_WORKBOOK_ROWS = 50_000;

const columnTargetSchema = z.custom<ColumnTarget>(
  (value) =>
    typeof value === 'string' && ((TARGETS_WITHOUT_COLUMN as readonly string[]).includes(value) || isColumnName(value)),
  'expected a column name, type, given-name, family-name or ignore',
);

/** Everything that decides how a list is read; the same options on the same file always give the same tickets. */
export const listOptionsSchema = z
  .object({
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), encoding: z.enum(LIST_ENCODINGS), delimiter: z.enum(LIST_DELIMITERS) }),
      z.object({ kind: z.literal('workbook'), sheet: z.string() }),
    ]),
    /** Whether the first row names the columns. */
    hasHeader: z.boolean(),
    /** One for each column of the list; rows with another number of cells are rejected. */
    targets: z.array(columnTargetSchema).min(1).max(1_000),
    /**
     * One type for all, or from the column whose target is `type`: `values` maps its texts, made alike by
     * {@link typeKey}, to ticket types. Rows whose text is not in it are rejected.
     */
    types: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('one'), typeIndex: typeIndexSchema }),
      z.object({ kind: z.literal('column'), values: z.record(z.string(), typeIndexSchema) }),
    ]),
    /** What to do with rows whose reference, or e-mail, an earlier usable row has. */
    duplicates: z.enum(['keep-first', 'keep-first-by-reference', 'keep-all']),
  })
  .superRefine((options, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', path: ['targets'], message });
    const columns = ticketColumns(options.targets);
    if (columns.length === 0) issue('expected at least one column that goes on the ticket');
    if (columns.length > MAX_COLUMNS) issue(`expected at most ${MAX_COLUMNS} columns`);
    if (repeatedTarget(options.targets) !== undefined) issue('expected every target once');
    if (options.types.kind === 'column' && !options.targets.includes('type')) issue('expected a column for the type');
  });
export type ListOptions = z.infer<typeof listOptionsSchema>;

/** The columns of the tickets, in the order of the list; name parts become `holder`. */
export function ticketColumns(targets: readonly ColumnTarget[]): readonly string[] {
  const columns = targets
    .filter((target) => target !== 'ignore' && target !== 'type')
    .map((target) => (target === 'given-name' || target === 'family-name' ? 'holder' : target));
  return [...new Set(columns)];
}

/** A target that two columns have, or a name part beside a whole name; `undefined` when the mapping is clear. */
export function repeatedTarget(targets: readonly ColumnTarget[]): ColumnTarget | undefined {
  const seen = new Set<ColumnTarget>();
  for (const target of targets) {
    if (target === 'ignore') continue;
    if (seen.has(target)) return target;
    seen.add(target);
  }
  const hasPart = seen.has('given-name') || seen.has('family-name');
  return hasPart && seen.has('holder') ? 'holder' : undefined;
}

/** Makes spellings of a ticket type alike: case, white space and punctuation do not count, nor what follows 200 characters. */
export function typeKey(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** The standard columns in the order in which they are offered. */
export const OFFERED_TARGETS: readonly ColumnTarget[] = [
  'holder',
  'given-name',
  'family-name',
  ...STANDARD_COLUMNS.filter((column) => column !== 'holder'),
  'type',
  'ignore',
];
