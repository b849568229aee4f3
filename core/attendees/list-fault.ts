import { TicketmintError } from '../errors.ts';

/** What is wrong with a list, in English, for logs; whoever shows it has words of their own for each. */
const MESSAGES = {
  'file-empty': 'The file is empty.',
  'list-empty': 'The list is empty.',
  'list-long': 'The list has more than 1,000,000 rows.',
  'list-changed': 'The list gives other rows than when it was checked.',
  'line-long': 'A line is too long: the file is no list.',
  'no-text': 'The file holds no text.',
  'utf-32': 'The file is in UTF-32.',
  'old-excel': 'This is an old Excel file (.xls).',
  'no-workbook': 'The file is no workbook that can be read.',
  'workbook-damaged': 'The workbook is cut off or damaged.',
  'workbook-empty': 'The workbook is empty.',
  'workbook-large': 'The workbook is larger than 20 MB.',
  'workbook-inflated': 'The workbook is too large to read here.',
  'sheet-long': 'The sheet has more than 50,000 rows.',
} as const;

/** Why a list cannot be read. */
export type ListFault = keyof typeof MESSAGES;

/**
 * The error that says why a list cannot be read: `list-invalid`, with {@link ListFault} as `details.fault`.
 * @param found `details.found`: the number of the line or the name of the sheet, where the fault has one.
 */
export function invalidList(
  fault: ListFault,
  { found, cause }: { readonly found?: string | number; readonly cause?: unknown } = {},
): TicketmintError {
  return new TicketmintError('list-invalid', MESSAGES[fault], { cause, details: { fault, found } });
}

/** Why a list could not be read, as an error from {@link invalidList} says it, also past a worker's border. */
export function listFaultOf(error: unknown): ListFault | undefined {
  if (!(error instanceof TicketmintError) || error.code !== 'list-invalid') return undefined;
  const { fault } = error.details;
  return typeof fault === 'string' && Object.hasOwn(MESSAGES, fault) ? (fault as ListFault) : undefined;
}
