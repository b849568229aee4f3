import type { ContentHash } from './content-hash.ts';
import { closeWhole, type ExportFile, encodings, pour, runPhases } from './engine.ts';
import type { ExportSettings, FileEncoding } from './file-encoding.ts';
import type { ExportManifest, FormatManifest } from './manifest.ts';
import { HashLines, ManifestBuilder } from './manifest-builder.ts';
import type { ProgressMeter } from './progress.ts';
import { MAX_LISTED } from './record-ledger.ts';
import { selectColumns } from './select-columns.ts';
import { Sha256 } from './sha256.ts';
import type { ExportSink } from './sink.ts';
import { EntryNames } from './zip/entry-names.ts';
import { writeZip, type ZipEntry } from './zip/zip.ts';

/** Files of up to so many records are held whole, so that one without any can be left out. */
const SMALL_FILE_RECORDS = 100;
/** What lies in the archive beside the files, to prove them. */
const MANIFEST_NAME = 'manifest.json';
/** These are compressed already. */
const COMPRESSED = /\.(?:gz|pdf|xlsx|zip)$/;

export interface Archive {
  /** With `.zip`. */
  readonly fileName: string;
  readonly sink: ExportSink;
}

/**
 * Runs several formats, or one in many files, into one ZIP. A file of one record is named by it, and left out when the
 * record is set aside. Holds what a single export holds, one small file, and about 1 kB a file for names.
 * @returns the archive's manifest, with those of its contents; `contentSha256` is that of theirs, a line each.
 * @throws what a source, a format or the sink threw, or the signal's reason; the sink has been aborted then.
 */
export function runArchive(
  files: readonly ExportFile[],
  settings: ExportSettings,
  { fileName, sink }: Archive,
): Promise<ExportManifest> {
  return runPhases(files, settings, async (meter) => {
    const { now, timeZone, signal, makeHash = () => new Sha256() } = settings;
    const hash = makeHash();
    const contents: FormatManifest[] = [];
    try {
      const zip = writeZip(archiveEntries(files, settings, meter, contents), { now, timeZone });
      await pour(hashed(zip, hash), sink, meter);
      signal.throwIfAborted();
      meter.enter('export-finalizing');
      await closeWhole(sink, meter.bytes);
    } catch (error) {
      await sink.abort();
      throw error;
    }
    return archiveManifest(contents, settings, { fileName, bytes: meter.bytes, sha256: hash.digest() });
  });
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  hash: ContentHash,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* archiveEntries(
  files: readonly ExportFile[],
  settings: ExportSettings,
  meter: ProgressMeter,
  contents: FormatManifest[],
): AsyncGenerator<ZipEntry> {
  const names = new EntryNames();
  const manifestName = names.claim(MANIFEST_NAME);
  let recordsBefore = 0;
  for (const [index, file] of files.entries()) {
    const builder = new ManifestBuilder();
    const neighbours = { recordsBefore, isFirst: index === 0, isLast: index === files.length - 1 };
    const isSmall = (file.recordsPerFile ?? Number.POSITIVE_INFINITY) <= SMALL_FILE_RECORDS;
    for await (const encoding of encodings(file, settings, meter, neighbours)) {
      const wanted = encoding.fileName;
      if (isSmall) yield* smallEntry(encoding, builder, names);
      else {
        const name = names.claim(wanted);
        yield { name, content: encoding.chunks(), method: methodOf(name) };
        builder.add({ ...encoding.finished, fileName: name });
      }
    }
    const { columns } = selectColumns(file.source, file.format.options.columns);
    contents.push(builder.build(file.format, columns, file.fileName, settings));
    recordsBefore += file.source.estimatedCount;
  }
  const text = `${JSON.stringify(contents, undefined, 2)}\n`;
  yield { name: manifestName, content: new TextEncoder().encode(text), method: 'deflate' };
}

async function* smallEntry(
  encoding: FileEncoding,
  builder: ManifestBuilder,
  names: EntryNames,
): AsyncGenerator<ZipEntry> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of encoding.chunks()) chunks.push(chunk);
  const { finished } = encoding;
  if (finished.records === 0) return builder.addRejected(finished);
  const name = names.claim(encoding.fileName);
  yield { name, content: joined(chunks, finished.bytes), method: methodOf(name) };
  builder.add({ ...finished, fileName: name });
}

function joined(chunks: readonly Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function methodOf(name: string): ZipEntry['method'] {
  return COMPRESSED.test(name) ? 'store' : 'deflate';
}

function archiveManifest(
  contents: FormatManifest[],
  { now, timeZone, locale, recordKind }: ExportSettings,
  { fileName, bytes, sha256 }: Pick<ExportManifest, 'fileName' | 'bytes' | 'sha256'>,
): ExportManifest {
  const hashes = new HashLines();
  for (const { contentSha256 } of contents) hashes.add(contentSha256);
  const [first] = contents;
  const records = Math.min(...contents.map((content) => content.records));
  const firstKey = first?.firstKey ?? null;
  const lastKey = first?.lastKey ?? null;
  const contentSha256 = hashes.digest();
  return {
    version: 1,
    format: 'zip',
    fileName,
    ...(recordKind === undefined ? {} : { recordKind }),
    options: {},
    columns: [],
    createdAt: now.getTime(),
    timeZone,
    locale,
    records,
    rejectedCount: contents.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0),
    rejected: contents.flatMap(({ rejected }) => rejected).slice(0, MAX_LISTED),
    firstKey,
    lastKey,
    bytes,
    contentSha256,
    sha256,
    partCount: 1,
    parts: [{ fileName, bytes, sha256, contentSha256, records, firstKey, lastKey }],
    contents,
  };
}
