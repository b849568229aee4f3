import type { ContentHash } from './content-hash.ts';
import type { EventFacts, ExportAssets, ExportContext, RecordKind, RecordSource } from './format.ts';
import type { FinishedPart } from './manifest.ts';
import type { PreparedFormat } from './prepared-format.ts';
import type { ExportProgress, ProgressMeter } from './progress.ts';
import { RecordLedger } from './record-ledger.ts';
import { Sha256 } from './sha256.ts';

/** How an export runs, whatever it writes. */
export interface ExportSettings {
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly locale: string;
  /** As {@link ExportContext.author}. */
  readonly author?: string;
  /** As {@link ExportContext.recordKind}. */
  readonly recordKind?: RecordKind;
  /** As {@link ExportContext.event}. */
  readonly event?: EventFacts;
  /** As {@link ExportContext.assets}. */
  readonly assets?: ExportAssets;
  readonly signal: AbortSignal;
  /** By default our own; a host with a faster one gives that. */
  readonly makeHash?: () => ContentHash;
  /** Monotonic, in milliseconds; by default `performance.now`. */
  readonly clock?: () => number;
  onProgress(progress: ExportProgress): void;
}

interface FileEncodingInput {
  readonly format: PreparedFormat;
  /** With the chosen columns only. */
  readonly source: RecordSource;
  readonly fileName: string;
  readonly part: ExportContext['part'];
  /** Records of the export that were encoded before this file. */
  readonly recordsBefore: number;
  /** Whether files of the export come before and after this one. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** One file while it is encoded: its bytes pass through once, are counted and hashed, and its records noted. */
export class FileEncoding {
  readonly fileName: string;
  readonly part: ExportContext['part'];
  /** Whether no file of the export comes after this one. */
  readonly isLast: boolean;
  readonly #input: FileEncodingInput;
  readonly #settings: ExportSettings;
  readonly #meter: ProgressMeter;
  #finished: FinishedPart | undefined;

  constructor(input: FileEncodingInput, settings: ExportSettings, meter: ProgressMeter) {
    this.fileName = input.fileName;
    this.part = input.part;
    this.isLast = input.isLast;
    this.#input = input;
    this.#settings = settings;
    this.#meter = meter;
  }

  /** What came of it; once {@link chunks} has ended. */
  get finished(): FinishedPart {
    if (this.#finished === undefined) throw new TypeError('expected a file that was encoded to its end');
    return this.#finished;
  }

  /** The file's bytes, lazily. @throws what the source or the format throws, or the signal's reason. */
  async *chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { format, source, fileName, isFirst, isLast } = this.#input;
    const { signal, makeHash = () => new Sha256() } = this.#settings;
    const meter = this.#meter;
    const ledger = new RecordLedger();
    const hash = makeHash();
    const watched = ledger.watch(source, {
      firstPage: () => isFirst && meter.enter('export-processing'),
      end: () => isLast && meter.enter('export-file-generation'),
    });
    let contentSha256: string | undefined;
    let bytes = 0;
    const context = this.#context(ledger, (hex) => {
      contentSha256 = hex;
    });
    signal.throwIfAborted();
    for await (const chunk of format.encode(watched, context)) {
      signal.throwIfAborted();
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    signal.throwIfAborted();
    ledger.settle();
    const sha256 = hash.digest();
    const { records, rejectedCount, rejected, firstKey, lastKey } = ledger;
    const content = contentSha256 ?? sha256;
    const facts = { records, rejectedCount, rejected, firstKey, lastKey };
    this.#finished = { fileName, bytes, sha256, contentSha256: content, ...facts };
  }

  #context(ledger: RecordLedger, contentSha256: (hex: string) => void): ExportContext {
    const { part, recordsBefore } = this.#input;
    const { now, timeZone, locale, author, recordKind, event, assets, signal } = this.#settings;
    return {
      ...(author === undefined ? {} : { author }),
      ...(recordKind === undefined ? {} : { recordKind }),
      ...(event === undefined ? {} : { event }),
      ...(assets === undefined ? {} : { assets }),
      signal,
      now,
      timeZone,
      locale,
      part,
      reject: (key, fault) => ledger.reject(key, fault),
      progress: (records) => this.#meter.countRecords(recordsBefore + records),
      contentSha256,
    };
  }
}
