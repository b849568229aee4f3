import type { CommonOptions } from './common-options.ts';
import type { ExportContext, ExportFormat, RecordSource } from './format.ts';
import { gzip } from './gzip.ts';

/** What kind of file a format writes. */
export interface FileType {
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
}

/** A format with its options checked and filled in: what the engine runs, whatever the options' type. */
export interface PreparedFormat extends FileType {
  readonly id: string;
  readonly options: CommonOptions;
  /** As {@link ExportFormat.encode}. */
  encode(records: RecordSource, context: ExportContext): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The file that a format writes with these options: `csv`, or `csv.gz`. */
export function fileTypeOf({ mimeType, extension }: FileType, options: object): FileType {
  return isGzip(options) ? { mimeType: 'application/gzip', extension: `${extension}.gz` } : { mimeType, extension };
}

function isGzip(options: object): boolean {
  return 'compression' in options && options.compression === 'gzip';
}

/** @throws {ZodError} when the options are not the format's. */
export function prepareFormat<Options extends CommonOptions>(
  format: ExportFormat<Options>,
  input: unknown,
): PreparedFormat {
  const options = format.options.parse(input);
  return {
    id: format.id,
    ...fileTypeOf(format, options),
    options,
    encode(records, context) {
      const content = format.encode(records, options, context);
      return isGzip(options) ? gzip(content, context) : content;
    },
  };
}
