import { z } from 'zod';
import { commonOptions } from './common-options.ts';

/** Options that every text format has; it spreads them instead of `commonOptions`. */
export const textOptions = {
  ...commonOptions,
  /** gzip (RFC 1952); the file's extension gets `.gz` appended. */
  compression: z
    .enum(['none', 'gzip'])
    .default('none')
    .meta({ title: 'Compression', choices: { none: 'None', gzip: 'gzip (.gz)' } }),
};

/** Options that every document has which holds more than records. */
export const documentOptions = {
  ...textOptions,
  includeMetadata: z
    .boolean()
    .default(true)
    .meta({ title: 'Metadata', description: 'When it was made, with which columns and options' }),
  includeStatistics: z
    .boolean()
    .default(true)
    .meta({ title: 'Statistics', description: 'Totals by type, status, day and batch' }),
  /** Without the records, the document is a summary. */
  includeRawData: z.boolean().default(true).meta({ title: 'Records', description: 'The tickets themselves' }),
};
