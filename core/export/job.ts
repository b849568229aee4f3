import type { Correction } from '../api/batch.ts';
import type { SeqRanges } from '../chunk/seq-ranges.ts';
import type { ExportFault } from './fault.ts';
import type { EventFacts } from './format.ts';
import type { ExportManifest } from './manifest.ts';
import type { FormatId } from './registry.ts';

/**
 * Where the files go.
 * - `file`: one that was picked; it is replaced when the export is whole. Only for exports of one file.
 * - `folder`: one that was picked; the files take names that are free there, and their manifest lies beside.
 * - `staging`: the browser's own files (OPFS), to be downloaded from there.
 * - `memory`: where there are none; one file of up to {@link MEMORY_LIMIT_BYTES}.
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
  /** The chunks to export, once that was found: an export that starts over reads the same. */
  readonly seqs?: SeqRanges;
}

/** What the page knows of an event's scans; they themselves are read from the server. */
export interface CheckInsRequest {
  /** How many there are, up to `lastSeq`: what comes later is not meant, so that an export that starts over reads the same. */
  readonly count: number;
  readonly lastSeq: number;
  /** Names by id. */
  readonly gateNames: Readonly<Record<string, string>>;
  readonly deviceNames: Readonly<Record<string, string>>;
  /** The ticket type of each batch. */
  readonly types: Readonly<Record<string, { readonly index: number; readonly name: string }>>;
}

/** Which records, of what, and how they are to be read: the same for all files of an export. */
export interface ExportSubject {
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
  /** Of one batch, of several, or all of the event; those that are not on this device are fetched. */
  readonly batches: readonly BatchRequest[];
  /** Instead of tickets the event's scans; `batches` is empty then. */
  readonly checkIns?: CheckInsRequest;
  /** What printed formats say of the event. */
  readonly event?: EventFacts;
  /** Pictures by the names that the options give them. */
  readonly images?: Readonly<Record<string, Blob>>;
}

/** One format, as one file or in parts. */
export interface FileRequest {
  readonly formatId: FormatId;
  /** Of the format, and those common to all; what is missing is filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** With its extension; parts are `tickets 01 of 12.pdf`, single records `tickets/0c1f…/000042 Meena R.pdf`. */
  readonly fileName: string;
  /**
   * A file holds so many records at most; without it one file holds all. After a crash whole files are kept. With 1, each
   * record gets a file: only within an archive, as folders of thousands of files serve nobody.
   */
  readonly recordsPerFile?: number;
}

export interface ExportRequest extends ExportSubject {
  /** At least one; several need an archive. */
  readonly files: readonly FileRequest[];
  /** The name, with `.zip`, of one ZIP that holds all files. */
  readonly archiveName?: string;
  readonly destination: ExportDestination;
  /** When it was asked for, in ms since epoch: what the files say, also when the export starts over. */
  readonly createdAt: number;
}

/** A file of the staging folder. */
export interface StagedFile {
  /** In OPFS. */
  readonly name: string;
  /** What it is called where it is saved. */
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
}

export interface ExportOutcome {
  readonly manifest: ExportManifest;
  /** Where the files lie; not what was asked for when that failed and they are only staged. */
  readonly place: ExportDestination['kind'];
  /** Why they are only staged. */
  readonly stagedBecause: ExportFault | null;
  /** Whole in OPFS, for a download and for saving them again; none where they are not there. */
  readonly staged: readonly StagedFile[];
  /** The file itself, only where it is in memory. */
  readonly blob: Blob | null;
}

/** The folder of OPFS that holds finished and unfinished exports. */
export const STAGING_FOLDER = 'exports';

/** An export that was interrupted so often, each time before another file was whole, is not started again by itself. */
export const MAX_ATTEMPTS = 3;

/** What an export is called in lists. */
export function titleOf({ files, archiveName }: Pick<ExportRequest, 'files' | 'archiveName'>): string {
  return archiveName ?? files[0]?.fileName ?? '';
}

/** The format of an export in lists: that of its files, or `zip`. */
export function formatIdOf({ files, archiveName }: Pick<ExportRequest, 'files' | 'archiveName'>): string {
  return archiveName === undefined ? (files[0]?.formatId ?? '') : 'zip';
}
