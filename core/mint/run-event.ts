import type { RetryReason } from './run-log.ts';

/** The `BroadcastChannel` on which the tabs and workers of a device tell each other about runs. */
export const RUN_CHANNEL = 'ticketmint-runs';

/** A ticket just minted, for the preview. */
export interface RecentTicket {
  readonly batchId: string;
  readonly serial: number;
  readonly typeIndex: number;
  readonly token: string;
  readonly shortCode: string;
  readonly seat: string | null;
  readonly holder: string | null;
}

/** Why a run does not go on by itself. Everything but `offline` needs a person. */
export type BlockKind = 'offline' | 'signed-out' | 'forbidden' | 'storage-full' | 'storage-lost' | 'refused' | 'server';

export interface RunBlock {
  readonly kind: BlockKind;
  readonly detail: string;
}

export interface RunRetry {
  readonly batchId: string;
  readonly seq: number;
  /** 1 for the first repetition. */
  readonly attempt: number;
  readonly reason: RetryReason;
  readonly delayMs: number;
}

/** Live news; the local database stays the truth, so that a message may be lost. Counts are tickets of the whole run. */
export type RunEvent =
  | { readonly type: 'minted'; readonly runId: string; readonly signed: number; readonly buffered: number }
  | { readonly type: 'recent'; readonly runId: string; readonly tickets: readonly RecentTicket[] }
  | {
      readonly type: 'chunks-buffered';
      readonly runId: string;
      readonly batchId: string;
      readonly seqs: readonly number[];
    }
  | { readonly type: 'uploaded'; readonly runId: string; readonly uploaded: number }
  | { readonly type: 'retry'; readonly runId: string; readonly retry: RunRetry | null }
  | {
      readonly type: 'blocked';
      readonly runId: string;
      readonly by: 'mint' | 'upload';
      readonly block: RunBlock | null;
    }
  /** Something changed in the database or the world (a new run, resumed, signed in, space freed): look again. */
  | { readonly type: 'wake' };
