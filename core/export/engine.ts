import { TicketmintError } from '../errors.ts';
import type { ContentHash } from './content-hash.ts';
import type { EventFacts, ExportAssets, ExportContext, RecordSource } from './format.ts';
import type { ExportManifest } from './manifest.ts';
import type { PreparedFormat } from './prepared-format.ts';
import { type ExportProgress, ProgressMeter } from './progress.ts';
import { RecordLedger } from './record-ledger.ts';
import { selectColumns } from './select-columns.ts';
import { Sha256 } from './sha256.ts';
import type { ExportSink } from './sink.ts';

export interface ExportRun {
  readonly format: PreparedFormat;
  readonly source: RecordSource;
  readonly sink: ExportSink;
  /** What the manifest calls the file. */
  readonly fileName: string;
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly locale: string;
  /** As {@link ExportContext.author}. */
  readonly author?: string;
  /** As {@link ExportContext.event}. */
  readonly event?: EventFacts;
  /** As {@link ExportContext.assets}. */
  readonly assets?: ExportAssets;
  readonly signal: AbortSignal;
  /** By default our own; a host with a faster one gives that. */
  readonly hash?: ContentHash;
  /** Monotonic, in milliseconds; by default `performance.now`. */
  readonly clock?: () => number;
  onProgress(progress: ExportProgress): void;
}

/**
 * Runs one format over a source into a sink, as one file. Holds what the format and the source hold, and one chunk.
 * Phases are reported in their order, ending with `export-completed`, `export-failed` or `export-cancelled`.
 * @returns the manifest, once the sink has committed a file of the right size.
 * @throws what the source, the format or the sink threw, or the signal's reason; the sink has been aborted then.
 */
export async function runExport(run: ExportRun): Promise<ExportManifest> {
  const meter = new ProgressMeter(run.source.estimatedCount, run.onProgress, run.clock ?? (() => performance.now()));
  const hash = run.hash ?? new Sha256();
  try {
    meter.enter('export-fetching');
    const manifest = await writeFile(run, meter, hash);
    meter.enter('export-completed');
    return manifest;
  } catch (error) {
    await run.sink.abort();
    meter.enter(run.signal.aborted ? 'export-cancelled' : 'export-failed');
    throw run.signal.aborted ? run.signal.reason : error;
  }
}

async function writeFile(run: ExportRun, meter: ProgressMeter, hash: ContentHash): Promise<ExportManifest> {
  const { format, sink, signal, now, timeZone, locale } = run;
  const ledger = new RecordLedger();
  const source = selectColumns(run.source, format.options.columns);
  const watched = ledger.watch(source, {
    firstPage: () => meter.enter('export-processing'),
    end: () => meter.enter('export-file-generation'),
  });
  let contentSha256: string | undefined;
  const context: ExportContext = {
    ...(run.author === undefined ? {} : { author: run.author }),
    ...(run.event === undefined ? {} : { event: run.event }),
    ...(run.assets === undefined ? {} : { assets: run.assets }),
    signal,
    now,
    timeZone,
    locale,
    part: { number: 1, of: 1 },
    reject: (key, reason) => ledger.reject(key, reason),
    progress: (records) => meter.countRecords(records),
    contentSha256(hex) {
      contentSha256 = hex;
    },
  };
  signal.throwIfAborted();
  for await (const chunk of format.encode(watched, context)) {
    signal.throwIfAborted();
    hash.update(chunk);
    meter.countBytes(chunk.length);
    const written = sink.write(chunk);
    if (written !== undefined) await written;
  }
  signal.throwIfAborted();
  ledger.settle();
  meter.enter('export-finalizing');
  const sha256 = hash.digest();
  const size = await sink.close();
  if (size !== meter.bytes)
    throw new TicketmintError('export-incomplete', `expected a file of ${meter.bytes} bytes, found ${size}`);
  const columns = source.columns.map(({ id }) => id);
  return manifestOf(run, ledger, { columns, bytes: size, sha256, contentSha256: contentSha256 ?? sha256 });
}

function manifestOf(
  { format, fileName, now, timeZone, locale }: ExportRun,
  { records, rejectedCount, rejected, firstKey, lastKey }: RecordLedger,
  { columns, bytes, sha256, contentSha256 }: Pick<ExportManifest, 'columns' | 'bytes' | 'sha256' | 'contentSha256'>,
): ExportManifest {
  return {
    version: 1,
    format: format.id,
    fileName,
    options: { ...format.options },
    columns,
    createdAt: now.getTime(),
    timeZone,
    locale,
    records,
    rejectedCount,
    rejected,
    firstKey,
    lastKey,
    bytes,
    contentSha256,
    sha256,
    parts: [{ fileName, bytes, sha256, records }],
  };
}
