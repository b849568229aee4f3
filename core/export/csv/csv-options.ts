import { z } from 'zod';
import { textOptions } from '../text-options.ts';

export const csvOptionsSchema = z.object({
  ...textOptions,
  delimiter: z
    .enum([',', ';', '\t'])
    .default(',')
    .meta({ title: 'Delimiter', choices: { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab' } }),
  lineEnd: z
    .enum(['\r\n', '\n'])
    .default('\r\n')
    .meta({ title: 'Line end', choices: { '\r\n': 'CR LF (the standard)', '\n': 'LF (Unix)' } }),
  /** A byte order mark, by which Excel knows UTF-8. */
  bom: z.boolean().default(true).meta({ title: 'Byte order mark', description: 'By which Excel knows the encoding' }),
  /**
   * `spreadsheet`: text that a spreadsheet could take for a formula gets a leading apostrophe (ASVS 1.2.10). `raw`: text
   * is written as it is, for machines.
   */
  safety: z
    .enum(['spreadsheet', 'raw'])
    .default('spreadsheet')
    .meta({ title: 'Meant for', choices: { spreadsheet: 'Spreadsheets (safe)', raw: 'Machines (raw)' } }),
});
export type CsvOptions = z.infer<typeof csvOptionsSchema>;
