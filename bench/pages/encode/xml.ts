import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { xmlFormat } from '../../../core/export/xml/xml.ts';
import { asObjects, type Encoder, inChunks, ours, type Reader } from './encoder.ts';

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 1e9, maxExpandedLength: 1e9 },
  isArray: (name) => name === 'ticket',
});
const builder = new XMLBuilder({ format: false, processEntities: true });

interface Batch {
  readonly ticket: readonly object[];
}

/** Ours keeps tickets within batches. */
const inBatches: Reader = {
  read: (text) =>
    (parser.parse(text) as { export: { batches: { batch: Batch } } }).export.batches.batch.ticket.map(cellsOf),
};
const plain: Reader = { read: (text) => (parser.parse(text) as { export: Batch }).export.ticket.map(cellsOf) };

function cellsOf(ticket: object): string[] {
  return Object.values(ticket).map(String);
}

/** Ours, and what people use today, on objects that are there already. */
export const XML_ENCODERS: Readonly<Record<string, Encoder>> = {
  ours: ours(xmlFormat, {}, inBatches),
  'fast-xml-parser': inChunks({
    reader: plain,
    prepare: asObjects,
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<export>',
    tail: '</export>\n',
    textOf: (records) => builder.build({ ticket: records }),
  }),
};
