import type { Logger } from 'pino';
import type { TicketSearch } from '../core/api/batch.ts';
import type { Auth } from './auth/auth.ts';
import type { KnownDevices } from './auth/known-device.ts';
import type { Setup } from './auth/setup.ts';
import type { SignInLimit } from './auth/sign-in-limit.ts';
import type { GatePacks } from './gates/gate-packs.ts';
import type { GateSessions } from './gates/gate-sessions.ts';
import type { PairingDigits } from './gates/pairing-digits.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { MemoryBudget } from './ingest/memory-budget.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';

/** What works on stored chunks beside the requests: it verifies every signature and answers searches. */
export interface Background {
  /** Says that a chunk was stored: work for the background, which also keeps back while more are coming. */
  noteChunk(): void;
  /** Says that a field was corrected: the search takes it in. */
  noteCorrection(): void;
  /** Says that an event was removed: the search forgets it. */
  noteRemoval(eventId: string): void;
  /** @param query as people type and scanners write it. */
  search(eventId: string, query: string, limit: number): Promise<TicketSearch>;
  /** Resolves when nothing runs any more; what was found is recorded. */
  close(): Promise<void>;
}

/** Everything the routes work with. */
export interface Services {
  readonly settings: Settings;
  readonly log: Logger;
  readonly store: Store;
  readonly auth: Auth;
  readonly setup: Setup;
  readonly signInLimit: SignInLimit;
  readonly knownDevices: KnownDevices;
  readonly gateSessions: GateSessions;
  readonly pairingDigits: PairingDigits;
  /** Of tries to use a pairing code. */
  readonly pairingLimit: SignInLimit;
  readonly gatePacks: GatePacks;
  /** Of short codes that nobody has, asked for by a gate. */
  readonly codeLimit: SignInLimit;
  readonly ingest: Ingest;
  readonly uploads: MemoryBudget;
  readonly background: Background;
}
