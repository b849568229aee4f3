import { z } from 'zod';
import { commonOptions } from '../common-options.ts';
import { printedOptions } from '../printed-options.ts';

export const reportPdfOptionsSchema = z.object({
  ...commonOptions,
  ...printedOptions,
  paper: z
    .enum(['a4', 'letter'])
    .default('a4')
    .meta({ title: 'Paper', choices: { a4: 'A4', letter: 'Letter' } }),
  /** A table of all records, behind the summary. */
  includeRawData: z
    .boolean()
    .default(false)
    .meta({ title: 'All tickets', description: 'A table of them, behind the summary' }),
});
export type ReportPdfOptions = z.infer<typeof reportPdfOptionsSchema>;
