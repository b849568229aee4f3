import type { Correction } from '../api/batch.ts';
import type { SeqRanges } from '../chunk/seq-ranges.ts';
import type { EventFacts } from './format.ts';
import type { ExportManifest } from './manifest.ts';
import type { FormatId } from './registry.ts';

/**
 * Where the file goes.
 * - `file`: one that was picked; it is replaced when the export is whole.
 * - `folder`: one that was picked; the export takes a name that is free there, and lays its manifest beside.
 * - `staging`: the browser's own files (OPFS), to be downloaded from there.
 * - `memory`: where there are none; up to {@link MEMORY_LIMIT_BYTES}.
 */
export type ExportDestination =
  | { readonly kind: 'file'; readonly handle: FileSystemFileHandle }
  | { readonly kind: 'folder'; readonly handle: FileSystemDirectoryHandle }
  | { readonly kind: 'staging' }
  | { readonly kind: 'memory' };

/** Browsers without OPFS hold the whole file in memory; beyond this they are told to use another. */
export const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

/** What the page knows of a batch; which chunks exist is found where they are read. */
export interface BatchRequest {
  readonly id: string;
  readonly typeIndex: number;
  readonly typeName: string;
  /** In the currency's minor unit. */
  readonly priceMinor: number;
  readonly count: number;
  readonly chunkSize: number;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** Chunks that the server has. */
  readonly stored: SeqRanges;
  /** Serials, as sorted, disjoint, inclusive pairs. */
  readonly revoked: SeqRanges;
  /** In the order they were made: later ones win. */
  readonly corrections: readonly Correction[];
}

export interface ExportRequest {
  /** Chosen by the caller, unique. */
  readonly id: string;
  readonly eventId: string;
  readonly eventName: string;
  /** Digits of the currency's minor unit. */
  readonly fractionDigits: number;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly locale: string;
  readonly formatId: FormatId;
  /** Of the format, and those common to all; what is missing is filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** With its extension. */
  readonly fileName: string;
  readonly batches: readonly BatchRequest[];
  /** What printed formats say of the event. */
  readonly event?: EventFacts;
  /** Pictures by the names that the options give them. */
  readonly images?: Readonly<Record<string, Blob>>;
  readonly destination: ExportDestination;
}

export interface ExportOutcome {
  readonly manifest: ExportManifest;
  /** Where it lies; not what was asked for when that failed and the file was staged instead. */
  readonly place: ExportDestination['kind'];
  /** Why it was staged instead, in words. */
  readonly stagedBecause: string | null;
  /** Its name in OPFS, for a download and for saving it again. */
  readonly stagedName: string | null;
  /** The file itself, only where it is in memory. */
  readonly blob: Blob | null;
}

/** The folder of OPFS that holds finished and unfinished exports. */
export const STAGING_FOLDER = 'exports';
