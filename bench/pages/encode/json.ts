import { jsonFormat } from '../../../core/export/json/json.ts';
import { ndjsonFormat } from '../../../core/export/ndjson/ndjson.ts';
import { asObjects, type Encoder, inChunks, ours, type Reader } from './encoder.ts';

const document: Reader = { read: (text) => (JSON.parse(text) as { records: object[] }).records.map(cellsOf) };
const lines: Reader = {
  read(text) {
    const records = text.trimEnd().split('\n');
    return records.map((line) => cellsOf(JSON.parse(line) as object));
  },
};

function cellsOf(record: object): string[] {
  return Object.values(record).map(String);
}

/** Ours, and the browser's own on objects that are there already. */
export const JSON_ENCODERS: Readonly<Record<string, Encoder>> = {
  ours: ours(jsonFormat, {}, document),
  stringify: inChunks({
    reader: document,
    prepare: asObjects,
    head: '{"records":[\n',
    tail: '\n]}\n',
    textOf(records, isFirst) {
      let text = '';
      for (const record of records as object[]) text += (isFirst && text === '' ? '' : ',\n') + JSON.stringify(record);
      return text;
    },
  }),
};

export const NDJSON_ENCODERS: Readonly<Record<string, Encoder>> = {
  ours: ours(ndjsonFormat, {}, lines),
  stringify: inChunks({
    reader: lines,
    prepare: asObjects,
    textOf(records) {
      let text = '';
      for (const record of records as object[]) text += `${JSON.stringify(record)}\n`;
      return text;
    },
  }),
};
