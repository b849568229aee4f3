import { z } from 'zod';
import { commonOptions } from '../common-options.ts';
import type { ExportFault } from '../fault.ts';
import { exportFaultText } from '../fault-text.ts';

const NO_SHEET = { code: 'no-sheet' } as const satisfies ExportFault;

export const xlsxOptionsSchema = z
  .object({
    ...commonOptions,
    includeRawData: z.boolean().default(true).meta({ title: 'Data', description: 'A row a ticket, with filters' }),
    includeStatistics: z
      .boolean()
      .default(true)
      .meta({ title: 'Statistics', description: 'Totals by type, status, day and batch, with charts' }),
    includeMetadata: z
      .boolean()
      .default(true)
      .meta({ title: 'Metadata', description: 'Options, counts and hashes, to check the file by' }),
  })
  .refine((options) => options.includeRawData || options.includeStatistics || options.includeMetadata, {
    error: exportFaultText(NO_SHEET),
    params: { fault: NO_SHEET },
  });
export type XlsxOptions = z.infer<typeof xlsxOptionsSchema>;
