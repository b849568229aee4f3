import type { CommonOptions } from './common-options.ts';
import type { ExportContext, ExportFormat, RecordSource } from './format.ts';

/** A format with its options checked and filled in: what the engine runs, whatever the options' type. */
export interface PreparedFormat {
  readonly id: string;
  readonly mimeType: string;
  readonly extension: string;
  readonly options: CommonOptions;
  /** As {@link ExportFormat.encode}. */
  encode(records: RecordSource, context: ExportContext): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** @throws {ZodError} when the options are not the format's. */
export function prepareFormat<Options extends CommonOptions>(
  format: ExportFormat<Options>,
  input: unknown,
): PreparedFormat {
  const { id, mimeType, extension } = format;
  const options = format.options.parse(input);
  return { id, mimeType, extension, options, encode: (records, context) => format.encode(records, options, context) };
}
