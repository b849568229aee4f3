import { z } from 'zod';
import { numberTextOf } from '../../../../core/export/cell-text.ts';
import { recordFaultOf } from '../../../../core/export/fault-error.ts';
import type { ExportFormat } from '../../../../core/export/format.ts';
import { textOptions } from '../../../../core/export/text-options.ts';

const logfmtOptionsSchema = z.object({
  ...textOptions,
  numbered: z.boolean().default(false).meta({ title: 'Numbered', description: 'A number before each line' }),
});

/** logfmt: a line a record, `serial=1 holder="Asha"`. Text is quoted as in JSON; nothing is nothing. */
export const logfmtFormat: ExportFormat<z.infer<typeof logfmtOptionsSchema>> = {
  id: 'logfmt',
  mimeType: 'text/plain;charset=utf-8',
  extension: 'log',
  options: logfmtOptionsSchema,
  async *encode(records, options, context) {
    const encoder = new TextEncoder();
    const { columns } = records;
    const numberTexts = columns.map((column) => numberTextOf(column, context.timeZone));
    let count = 0;
    for await (const page of records.pages(context.signal)) {
      let lines = '';
      for (const [at, row] of page.rows.entries()) {
        try {
          const fields = columns.map(({ id }, index) => {
            const value = row[index] ?? null;
            if (typeof value === 'number') return `${id}=${numberTexts[index]?.(value)}`;
            return value === null ? `${id}=` : `${id}=${JSON.stringify(value.toWellFormed())}`;
          });
          lines += `${options.numbered ? `${count + 1} ` : ''}${fields.join(' ')}\n`;
          count++;
        } catch (error) {
          context.reject(page.keys[at] ?? '', recordFaultOf(error));
        }
      }
      if (lines !== '') yield encoder.encode(lines);
      context.progress(count);
    }
  },
};
