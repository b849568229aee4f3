import { z } from 'zod';
import { commonOptions } from '../common-options.ts';

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
    error: 'expected at least one sheet',
  });
export type XlsxOptions = z.infer<typeof xlsxOptionsSchema>;
