import type { ExportDestination } from '../export/job.ts';
import type { WorkspaceCounts } from './workspace-record.ts';

/** How far writing or reading a workspace file is; told a few times a second. */
export interface WorkspaceProgress {
  readonly tickets: number;
  /** Of all that are to come; known before the first. */
  readonly totalTickets: number;
  /** Of the file. */
  readonly bytes: number;
}

/** What of a file the device lacks, and so would gain. */
export interface WorkspaceGain {
  readonly batches: number;
  readonly tickets: number;
  readonly runs: number;
  readonly exports: number;
  readonly answers: number;
  readonly changes: number;
}

/** What a file holds, and what bringing it in does. */
export interface WorkspacePlan {
  readonly createdAt: number;
  /** The address that the application had where the file was made. */
  readonly origin: string;
  readonly holds: WorkspaceCounts;
  readonly gain: WorkspaceGain;
  /** Of the tickets gained, those that the server had not acknowledged when the file was made. */
  readonly notUploaded: number;
  /** Batches that were being minted: what of them is not in the file can be minted only where the file was made. */
  readonly unfinishedBatches: number;
}

/** One file: no folder is needed. */
export type WorkspaceDestination = Exclude<ExportDestination, { readonly kind: 'folder' }>;

/** What is asked for when everything of a device is saved. */
export interface SaveRequest {
  readonly passphrase: string;
  readonly fileName: string;
  readonly destination: WorkspaceDestination;
}

/** What came of it. */
export interface SavedWorkspace {
  readonly bytes: number;
  readonly tickets: number;
  /** To be downloaded; null where the file is in its place. */
  readonly file: Blob | null;
}
