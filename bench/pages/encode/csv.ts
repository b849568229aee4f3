import { Parser } from '@json2csv/plainjs';
import { stringify } from 'csv-stringify/browser/esm/sync';
import Papa from 'papaparse';
import { csvFormat } from '../../../core/export/csv/csv.ts';
import { expect } from '../../harness/scenario.ts';
import { COLUMNS, type Row } from '../records.ts';
import { asObjects, asRows, type Encoder, inChunks, ours, type Reader } from './encoder.ts';

const LINE_END = '\r\n';
const head = COLUMNS.map(({ title }) => title).join(',') + LINE_END;

const reader: Reader = {
  read(text) {
    const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    expect(errors.length === 0, `it cannot be read back: ${errors[0]?.message}`);
    return data.slice(1);
  },
};
const guardedReader: Reader = {
  ...reader,
  written: (value) => (/^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value)),
};
const json2csv = new Parser({ header: false, eol: LINE_END, fields: COLUMNS.map(({ id }) => id) });

/** Ours, and what people use today. */
export const CSV_ENCODERS: Readonly<Record<string, Encoder>> = {
  ours: ours(csvFormat, { bom: false }, guardedReader),
  papaparse: inChunks({
    reader,
    prepare: asRows,
    head,
    textOf: (rows) => Papa.unparse(rows as Row[], { newline: LINE_END }) + LINE_END,
  }),
  'papaparse-guarded': inChunks({
    reader: guardedReader,
    prepare: asRows,
    head,
    textOf: (rows) => Papa.unparse(rows as Row[], { newline: LINE_END, escapeFormulae: true }) + LINE_END,
  }),
  'csv-stringify': inChunks({
    reader,
    prepare: asRows,
    head,
    textOf: (rows) => stringify(rows as Row[], { record_delimiter: 'windows' }),
  }),
  json2csv: inChunks({
    reader,
    prepare: asObjects,
    head,
    textOf: (records) => json2csv.parse(records as object[]) + LINE_END,
  }),
};
