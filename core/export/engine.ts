import { exportError } from './fault-error.ts';
import { type ExportSettings, FileEncoding } from './file-encoding.ts';
import type { RecordSource } from './format.ts';
import type { FinishedPart, FormatManifest } from './manifest.ts';
import { ManifestBuilder } from './manifest-builder.ts';
import { partName, recordName } from './part-names.ts';
import type { PreparedFormat } from './prepared-format.ts';
import { ProgressMeter } from './progress.ts';
import { release } from './release.ts';
import { selectColumns } from './select-columns.ts';
import type { ExportSink } from './sink.ts';
import { countRecords, SourceSlices } from './source-slices.ts';

/** One format over a source, as one file or in parts. */
export interface ExportFile {
  readonly format: PreparedFormat;
  readonly source: RecordSource;
  /** What the manifest calls it. */
  readonly fileName: string;
  /** As {@link FileRequest.recordsPerFile}. */
  readonly recordsPerFile?: number | undefined;
}

export interface ExportRun extends ExportFile, ExportSettings {
  readonly sink: ExportSink;
}

/**
 * Runs one format over a source into a sink, as one file. Holds what the format and the source hold, and one chunk.
 * Phases are reported in their order, ending with `export-completed`, `export-failed` or `export-cancelled`.
 * @returns the manifest, once the sink has committed a file of the right size.
 * @throws what the source, the format or the sink threw, or the signal's reason; the sink has been aborted then.
 */
export function runExport({ sink, ...run }: ExportRun): Promise<FormatManifest> {
  return runParts(run, run, { openSink: async () => ({ sink, fileName: run.fileName }) });
}

/** Where the parts of an export go, and which of them are there. */
export interface PartPlace {
  /** Opens the place of the next part. @returns also the name that it got there. */
  openSink(fileName: string, number: number): Promise<{ readonly sink: ExportSink; readonly fileName: string }>;
  /** Parts that are whole from an earlier attempt, from the first on. */
  readonly finished?: readonly FinishedPart[];
  /** A part is whole in its place. */
  onFinished?(part: FinishedPart, number: number): Promise<void>;
}

/**
 * Like {@link runExport}, each part as a file of its own: closed before the next is begun, so that an attempt after a crash
 * repeats one part at most. Where there is a filter, the records are counted first, as each part says how many there are.
 */
export function runParts(file: ExportFile, settings: ExportSettings, place: PartPlace): Promise<FormatManifest> {
  return runPhases([file], settings, async (meter) => {
    const builder = new ManifestBuilder();
    const { finished = [] } = place;
    for (const part of finished) builder.add(part);
    meter.begin(builder.records);
    const before = { finished: finished.length };
    for await (const encoding of encodings(file, settings, meter, before))
      builder.add(await writePart(encoding, place, settings.signal, meter));
    const { columns } = selectColumns(file.source, file.format.options.columns);
    return builder.build(file.format, columns, file.fileName, settings);
  });
}

async function writePart(
  encoding: FileEncoding,
  place: PartPlace,
  signal: AbortSignal,
  meter: ProgressMeter,
): Promise<FinishedPart> {
  const { number } = encoding.part;
  const { sink, fileName } = await place.openSink(encoding.fileName, number);
  try {
    await pour(encoding.chunks(), sink, meter);
    signal.throwIfAborted();
    if (encoding.isLast) meter.enter('export-finalizing');
    const part = { ...encoding.finished, fileName };
    await closeWhole(sink, part.bytes);
    await place.onFinished?.(part, number);
    return part;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** Writes chunk by chunk, each once the one before was taken. */
export async function pour(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  sink: ExportSink,
  meter: ProgressMeter,
): Promise<void> {
  for await (const chunk of chunks) {
    meter.countBytes(chunk.length);
    const written = sink.write(chunk);
    if (written !== undefined) await written;
    release(chunk);
  }
}

/** @throws {TicketmintError} `export-incomplete` when the file is not as long as what was written. */
export async function closeWhole(sink: ExportSink, bytes: number): Promise<void> {
  const size = await sink.close();
  if (size !== bytes) throw exportError({ code: 'file-size', expected: bytes, found: size });
}

/** Does the work between the first phase and the last one. */
export async function runPhases<Result>(
  files: readonly ExportFile[],
  { signal, onProgress, clock = () => performance.now() }: ExportSettings,
  work: (meter: ProgressMeter) => Promise<Result>,
): Promise<Result> {
  const expected = files.reduce((sum, { source }) => sum + source.estimatedCount, 0);
  const meter = new ProgressMeter(expected, onProgress, clock);
  try {
    meter.enter('export-fetching');
    const result = await work(meter);
    meter.enter('export-completed');
    return result;
  } catch (error) {
    meter.enter(signal.aborted ? 'export-cancelled' : 'export-failed');
    throw signal.aborted ? signal.reason : error;
  }
}

interface Neighbours {
  /** Parts to pass over. */
  readonly finished?: number;
  /** Records of the files before this one. */
  readonly recordsBefore?: number;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

/** The files of one format, one after another; each is to be read to its end before the next is asked for. */
export async function* encodings(
  file: ExportFile,
  settings: ExportSettings,
  meter: ProgressMeter,
  { finished = 0, recordsBefore = 0, isFirst = true, isLast = true }: Neighbours = {},
): AsyncGenerator<FileEncoding> {
  const { format, fileName, recordsPerFile } = file;
  const source = selectColumns(file.source, format.options.columns);
  if (recordsPerFile === undefined) {
    const whole = { fileName, part: { number: 1, of: 1 }, recordsBefore, isFirst, isLast };
    if (finished === 0) yield new FileEncoding({ format, source, ...whole }, settings, meter);
    return;
  }
  const count = await exactCount(file, settings.signal);
  const of = Math.max(1, Math.ceil(count / recordsPerFile));
  const slices = new SourceSlices(source, settings.signal);
  try {
    await slices.skip(finished * recordsPerFile);
    for (let number = finished + 1; number <= of; number++) {
      const before = (number - 1) * recordsPerFile;
      const part = {
        fileName: await nameOf(fileName, { number, of, recordsPerFile, source, slices }),
        part: { number, of },
        recordsBefore: recordsBefore + before,
        isFirst: isFirst && number === finished + 1,
        isLast: isLast && number === of,
      };
      const slice = slices.slice(Math.min(recordsPerFile, count - before));
      yield new FileEncoding({ format, source: slice, ...part }, settings, meter);
    }
    if ((await slices.peek()) !== null) throw exportError({ code: 'more-records', expected: count });
  } finally {
    await slices.close();
  }
}

/** A source knows how many records it has, unless it leaves some out. */
async function exactCount({ format, source }: ExportFile, signal: AbortSignal): Promise<number> {
  return format.options.filters === null ? source.estimatedCount : await countRecords(source, signal);
}

interface NameFacts {
  readonly number: number;
  readonly of: number;
  readonly recordsPerFile: number;
  readonly source: RecordSource;
  readonly slices: SourceSlices;
}

async function nameOf(fileName: string, { number, of, recordsPerFile, source, slices }: NameFacts): Promise<string> {
  const next = recordsPerFile === 1 ? await slices.peek() : null;
  return next === null ? partName(fileName, number, of) : recordName(fileName, next.key, source.columns, next.row);
}
