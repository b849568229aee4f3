import { numberTextOf } from './cell-text.ts';
import type { RecordFault } from './fault.ts';
import type { Column, ExportContext, ExportRow, RecordPage, RecordSource } from './format.ts';
import type { ExportSubject, FileRequest } from './job.ts';
import type { PagePreview } from './page-preview.ts';
import type { PreparedFormat } from './prepared-format.ts';
import { selectColumns } from './select-columns.ts';

/** Records that are shown. */
const SHOWN_RECORDS = 5;
/** Records that are tried out, at most; each trial takes four times as many as the one before. */
const TRIAL_RECORDS = 1_000;
const FIRST_TRIAL_RECORDS = 16;
/** A trial that took this long says enough. */
const TRIAL_MS = 150;
/** Time for finding the records to try. */
const SAMPLE_MS = 1_500;
const MAX_TEXT_LENGTH = 20_000;

/** An export before it is known where it goes; its id is the caller's, to cancel it by. */
export interface PreviewRequest extends ExportSubject, Pick<FileRequest, 'formatId' | 'options'> {}

/** What the first records look like: the encoder's own text, the cells of a sheet, or printed pages; `none` for the rest. */
export type PreviewContent =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly title: string; readonly isNumber: boolean }[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'page'; readonly page: PagePreview }
  | { readonly kind: 'none' };

/** What was measured on the first records: a file of n records takes about `fixed + n × perRecord`. */
export interface Trial {
  readonly fixedBytes: number;
  readonly bytesPerRecord: number;
  readonly fixedMs: number;
  readonly msPerRecord: number;
}

export interface ExportPreview {
  readonly content: PreviewContent;
  /** Records that are shown. */
  readonly shown: number;
  /** False where there are too many to put them in order only for a look. */
  readonly isOrdered: boolean;
  /** Records of the whole export: counted where all were looked through, else as the share of the first ones tells. */
  readonly records: number;
  readonly isExact: boolean;
  /** Null where there was nothing to try. */
  readonly trial: Trial | null;
  /** Records among those tried that cannot be written, with reasons. */
  readonly rejected: readonly RejectedSample[];
  /** How many were tried. */
  readonly tried: number;
}

export interface PreviewInput {
  /** As it will run. */
  readonly format: PreparedFormat;
  /** The same, uncompressed, for the eye. */
  readonly plain: PreparedFormat;
  /** The records in the wanted order; its first ones are shown. */
  readonly ordered: RecordSource;
  /** Whether it is. */
  readonly isOrdered: boolean;
  /** The same records in whichever order is fastest; counted and tried. */
  readonly source: RecordSource;
  /**
   * Records that the sources have looked at so far, those left out by a filter included.
   * @param lastKey of the record that came last; what was read beyond it does not count then.
   */
  readonly looked: (lastKey?: string) => number;
  readonly context: Omit<ExportContext, 'part' | 'reject' | 'progress' | 'contentSha256'>;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
}

/**
 * Shows the first records as the format will write them, and measures what the whole will take. Reads at most 1,000
 * records, for 1.5 s, besides what the wanted order needs; holds those.
 * @throws what the format throws for its options, or the signal's reason.
 */
export async function previewExport(input: PreviewInput): Promise<ExportPreview> {
  const { format, plain, ordered, source, context } = input;
  const { signal } = context;
  const first = await readSample(selectColumns(ordered, plain.options.columns), SHOWN_RECORDS, signal);
  const content = await contentOf(plain, first, context);
  const lookedBefore = input.looked();
  const started = input.clock();
  const sample = await readSample(
    selectColumns(source, format.options.columns),
    TRIAL_RECORDS,
    AbortSignal.any([signal, AbortSignal.timeout(SAMPLE_MS)]),
  );
  signal.throwIfAborted();
  const readingMs = input.clock() - started;
  const { trial, rejected } = await tryOut(input, sample, readingMs);
  const tried = sample.rows.length;
  const isCounted = sample.isWhole || format.options.filters === null;
  const looked = Math.max(1, input.looked(tried === TRIAL_RECORDS ? sample.keys.at(-1) : undefined) - lookedBefore);
  return {
    content,
    shown: first.rows.length,
    isOrdered: input.isOrdered,
    records: sample.isWhole
      ? tried
      : Math.round(isCounted ? source.estimatedCount : (source.estimatedCount * tried) / looked),
    isExact: isCounted,
    trial,
    rejected,
    tried,
  };
}

interface Sample extends RecordPage {
  readonly columns: readonly Column[];
  /** Nothing follows. */
  readonly isWhole: boolean;
}

/** The first records; fewer where the signal ends the reading. */
async function readSample(source: RecordSource, limit: number, signal: AbortSignal): Promise<Sample> {
  const keys: string[] = [];
  const rows: ExportRow[] = [];
  const sample = (isWhole: boolean) => ({ columns: source.columns, keys, rows, isWhole });
  try {
    for await (const page of source.pages(signal)) {
      const room = limit - rows.length;
      keys.push(...page.keys.slice(0, room));
      rows.push(...page.rows.slice(0, room));
      if (page.rows.length > room || rows.length === limit)
        return sample(page.rows.length <= room && source.estimatedCount === limit);
    }
    return sample(true);
  } catch (error) {
    if (signal.aborted && isTimeout(signal.reason)) return sample(false);
    throw error;
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

function sourceOf({ columns, keys, rows }: Sample, count: number): RecordSource {
  return {
    columns,
    estimatedCount: Math.min(count, rows.length),
    async *pages() {
      const page = { keys: keys.slice(0, count), rows: rows.slice(0, count) };
      if (page.rows.length > 0) yield page;
    },
  };
}

type Context = PreviewInput['context'];

async function encodeSample(
  format: PreparedFormat,
  source: RecordSource,
  context: Context,
  reject: ExportContext['reject'] = () => {},
): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const whole = { ...context, part: { number: 1, of: 1 }, reject, progress: () => {} };
  for await (const chunk of format.encode(source, whole)) {
    context.signal.throwIfAborted();
    chunks.push(chunk);
  }
  return chunks;
}

async function contentOf(plain: PreparedFormat, sample: Sample, context: Context): Promise<PreviewContent> {
  if (plain.mimeType.includes('spreadsheet')) {
    const hasSheet = !('includeRawData' in plain.options) || plain.options.includeRawData === true;
    return hasSheet ? tableOf(sample, context.timeZone) : { kind: 'none' };
  }
  if (!/^text\/|json|xml/.test(plain.mimeType)) return { kind: 'none' };
  const decoder = new TextDecoder();
  const chunks = await encodeSample(plain, sourceOf(sample, SHOWN_RECORDS), context);
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  return { kind: 'text', text: text.slice(0, MAX_TEXT_LENGTH), isCut: text.length > MAX_TEXT_LENGTH };
}

function tableOf({ columns, rows }: Sample, timeZone: string): PreviewContent {
  const texts = columns.map((column) => {
    const textOf = numberTextOf(column, timeZone);
    if (column.type !== 'instant') return textOf;
    // As a sheet shows it: the day and the time there, without the zone.
    return (value: number) => textOf(value).slice(0, 16).replace('T', ' ');
  });
  return {
    kind: 'table',
    columns: columns.map(({ title, type }) => ({ title, isNumber: type === 'integer' || type === 'amount' })),
    rows: rows.map((row) =>
      row.map((value, index) => (typeof value === 'number' ? (texts[index]?.(value) ?? '') : (value ?? ''))),
    ),
  };
}

interface RejectedSample {
  readonly key: string;
  readonly fault: RecordFault;
}

interface Measure {
  readonly records: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Encodes more and more of the sample, until the last two of them tell what a record takes. */
async function tryOut(
  { format, context, clock }: PreviewInput,
  sample: Sample,
  readingMs: number,
): Promise<Pick<ExportPreview, 'trial' | 'rejected'>> {
  const total = sample.rows.length;
  if (total === 0) return { trial: null, rejected: [] };
  let before: Measure = { records: 0, bytes: 0, ms: 0 };
  for (let records = Math.min(FIRST_TRIAL_RECORDS, total); ; records = Math.min(4 * records, total)) {
    const rejected: RejectedSample[] = [];
    const started = clock();
    const chunks = await encodeSample(format, sourceOf(sample, records), context, (key, fault) =>
      rejected.push({ key, fault }),
    );
    const last = { records, bytes: chunks.reduce((sum, { length }) => sum + length, 0), ms: clock() - started };
    // The first one also waits for fonts and for code to be compiled.
    const isTelling = before.records > 0 && last.ms >= TRIAL_MS;
    if (records === total || isTelling) return { trial: trialOf(before, last, readingMs / total), rejected };
    before = last;
  }
}

function trialOf(before: Measure, last: Measure, readingMs: number): Trial {
  const more = last.records - before.records;
  const bytesPerRecord = Math.max(0, last.bytes - before.bytes) / more;
  const each = (last.ms - before.ms) / more;
  const msPerRecord = each > 0 ? each : last.ms / last.records;
  return {
    fixedBytes: Math.max(0, last.bytes - last.records * bytesPerRecord),
    bytesPerRecord,
    fixedMs: Math.max(0, last.ms - last.records * msPerRecord),
    msPerRecord: msPerRecord + readingMs,
  };
}
