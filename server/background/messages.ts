import type { TicketSearch } from '../../core/api/batch.ts';
import type { ChunkVerification } from '../store/store.ts';

/** What the background thread is started with. */
export interface BackgroundStart {
  /** The main database; the thread only reads it. */
  readonly databaseFile: string;
  /** The search index: the thread's own, derived from the chunks. */
  readonly searchFile: string;
  /** Whether the index is made anew whatever its state. */
  readonly rebuild: boolean;
}

export type ToBackground =
  | { readonly kind: 'chunk' }
  | { readonly kind: 'correction' }
  | { readonly kind: 'removal'; readonly eventId: string }
  | { readonly kind: 'search'; readonly id: number; readonly search: SearchRequest }
  | { readonly kind: 'close' };

export interface SearchRequest {
  readonly eventId: string;
  readonly query: string;
  readonly limit: number;
}

export type FromBackground =
  | { readonly kind: 'verified'; readonly results: readonly ChunkVerification[] }
  | { readonly kind: 'found'; readonly id: number; readonly result: TicketSearch }
  | { readonly kind: 'closed' };
