import { z } from 'zod';

const count = z.number().int();

/** One by its code, with what its words need besides. */
function fault<const Code extends string, Shape extends z.ZodRawShape>(code: Code, shape: Shape) {
  return z.object({ code: z.literal(code), ...shape });
}

/** The id of the column that it was found in, where there is one. */
const inColumn = { column: z.string().optional() };
/** At most so many in a cell, and how many were found. */
const tooMuch = { ...inColumn, most: count, found: count };

/** Why a record is set aside, as data; it holds nothing of the record but the character that cannot be printed. */
export const recordFaultSchema = z.discriminatedUnion('code', [
  fault('number-out-of-range', inColumn),
  fault('date-out-of-range', inColumn),
  fault('text-too-long', tooMuch),
  fault('too-many-lines', tooMuch),
  /** `character`: its code point, like `U+10348`. */
  fault('no-glyph', { ...inColumn, character: z.string() }),
  fault('no-qr-text', inColumn),
  fault('too-many-characters', {}),
  fault('unreadable', {}),
]);
export type RecordFault = z.infer<typeof recordFaultSchema>;

/** A chunk of a batch; `part` is 1-based. */
const ofChunk = { part: count, batch: z.string() };

/** Why an export is not made, or not put where it was to go, as data. */
export const exportFaultSchema = z.discriminatedUnion('code', [
  fault('server-unreachable', z.object(ofChunk).partial().shape),
  fault('signed-out', ofChunk),
  fault('tickets-missing', ofChunk),
  fault('scans-unreachable', {}),
  fault('scans-signed-out', {}),
  /** The server has others than when the export was asked for. */
  fault('scans-changed', { expected: count, found: count }),
  fault('write-not-allowed', {}),
  fault('file-in-use', {}),
  fault('file-open', {}),
  fault('not-replaced', {}),
  fault('place-gone', {}),
  fault('no-space', {}),
  fault('folder-in-the-way', {}),
  fault('write-failed', {}),
  fault('file-size', { expected: count, found: count }),
  fault('columns-unexpected', ofChunk),
  fault('entry-too-large', { bytes: count }),
  fault('more-records', { expected: count }),
  fault('too-large-for-memory', { megabytes: count }),
  /** `column` and the `title` that it bears; the memory that sorting by it may take. */
  fault('sort-too-large', { column: z.string(), title: z.string(), megabytes: count }),
  fault('qr-modules-too-small', { leastMm: z.number(), foundMm: z.number() }),
  fault('ticket-too-small', { fields: count }),
  fault('no-sheet', {}),
  fault('background-missing', {}),
  fault('picture-kind', {}),
  fault('picture-damaged', {}),
  fault('picture-interlaced', {}),
  fault('picture-too-large', { pixels: count }),
  /** `font`: its name in the catalog. */
  fault('font-missing', { font: z.string() }),
  fault('browser-closed', {}),
  fault('browser-gave-out', { times: count }),
  fault('worker-stopped', {}),
  fault('storage-refused', {}),
  fault('file-cleared', {}),
  /** What nobody foresaw, as it says itself. */
  fault('unexpected', { message: z.string() }),
]);
export type ExportFault = z.infer<typeof exportFaultSchema>;
