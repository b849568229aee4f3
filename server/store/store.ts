import type { Kysely } from 'kysely';
import type { AuditEntry } from '../../core/api/audit.ts';
import type {
  BatchDetail,
  BatchManifest,
  BatchStatus,
  Correction,
  CorrectionInput,
  Revocation,
  RevocationInput,
  SealReason,
} from '../../core/api/batch.ts';
import type {
  EventPatch,
  EventRecord,
  EventSummary,
  NewEvent,
  TicketType,
  TicketTypeInput,
  TicketTypePatch,
} from '../../core/api/event.ts';
import type { ExportTemplate, ExportTemplateInput } from '../../core/api/export-template.ts';
import type { CheckInStore } from './check-in-store.ts';
import type { GatePackStore } from './gate-pack-store.ts';
import type { GateDeviceStore, GatePairingStore, GateStore } from './gate-store.ts';

/**
 * The one port to durable storage. Every method that writes has committed durably when its promise resolves, audit line
 * included. Refusals are thrown as `ProblemError` with the code that each method names; a full disk, by any writing
 * method, as `storage-full`. Times are ms since epoch; `actorId` is the id of the user who acts.
 */
export interface Store {
  /** better-auth's own tables in the same database. */
  readonly auth: AuthDatabase;
  readonly events: EventStore;
  readonly batches: BatchStore;
  readonly chunks: ChunkStore;
  readonly exportTemplates: ExportTemplateStore;
  readonly gates: GateStore;
  readonly gateDevices: GateDeviceStore;
  readonly gatePairings: GatePairingStore;
  readonly gatePacks: GatePackStore;
  readonly checkIns: CheckInStore;
  readonly audit: AuditStore;
  /** Whether the database answers and every migration is applied. */
  isReady(): Promise<boolean>;
  /** Commits what was handed in, then closes. Nothing may be called afterwards. */
  close(): Promise<void>;
}

export interface AuthDatabase {
  // better-auth brings its own table types and takes a Kysely over any.
  readonly db: Kysely<never>;
  readonly type: 'sqlite' | 'postgres';
}

export interface EventStore {
  /** Newest start first. */
  list(): Promise<EventRecord[]>;
  /** @throws `event-not-found` */
  get(eventId: string): Promise<EventRecord>;
  create(input: NewEvent, actorId: string): Promise<EventRecord>;
  /** @throws `event-not-found`, `not-valid` when the result would end before it starts */
  update(eventId: string, patch: EventPatch, actorId: string): Promise<EventRecord>;
  /** A demo event with all that belongs to it. @throws `event-not-found`, `not-valid` for any other */
  remove(eventId: string, actorId: string): Promise<void>;
  /** From kept counters. @throws `event-not-found` */
  summarize(eventId: string): Promise<EventSummary>;
  /** By index. @throws `event-not-found` */
  listTypes(eventId: string): Promise<TicketType[]>;
  /** Takes the next index; none is reused. @throws `event-not-found`, `not-valid` after the 256th */
  createType(eventId: string, input: TicketTypeInput, actorId: string): Promise<TicketType>;
  /** @throws `type-not-found`, `not-valid`, `capacity-exceeded` when the capacity would fall below what is declared */
  updateType(eventId: string, index: number, patch: TicketTypePatch, actorId: string): Promise<TicketType>;
}

/** What a batch's manifest fixes about each of its chunks; never changes. */
export interface BatchFacts {
  readonly eventId: string;
  /** base64url, 32 bytes. */
  readonly publicKey: string;
  readonly typeIndex: number;
  readonly count: number;
  readonly chunkSize: number;
}

export interface BatchStore {
  /**
   * Declares a batch; the same manifest again changes nothing.
   * @returns whether it is new.
   * @throws `event-not-found`, `type-not-found` (also when archived), `batch-conflict`, `capacity-exceeded`, `not-valid`
   *   for one in a demo event that is no rehearsal
   */
  declare(eventId: string, batchId: string, manifest: BatchManifest, actorId: string): Promise<boolean>;
  /** Newest first. @throws `event-not-found` */
  list(eventId: string): Promise<BatchStatus[]>;
  /** @throws `batch-not-declared` */
  get(eventId: string, batchId: string): Promise<BatchDetail>;
  /** `undefined` when it was never declared. */
  findFacts(batchId: string): Promise<BatchFacts | undefined>;
  /**
   * Closes the batch at its stored chunks and revokes every other serial of its range; again, it changes nothing.
   * @throws `batch-not-declared`
   */
  seal(eventId: string, batchId: string, reason: SealReason, actorId: string): Promise<BatchDetail>;
  /** Gates get it at their next sync; again, it changes nothing. @throws `batch-not-declared` */
  approve(eventId: string, batchId: string, actorId: string): Promise<void>;
  /** Gates let go of it at their next sync; again, it changes nothing. @throws `batch-not-declared` */
  withdrawApproval(eventId: string, batchId: string, actorId: string): Promise<void>;
  /**
   * The same nonce again changes nothing.
   * @throws `batch-not-declared`, `not-valid` when the range leaves the batch's, or the nonce is another revocation's
   */
  revoke(eventId: string, input: RevocationInput, actorId: string): Promise<Revocation>;
  /** In the order they were made, those taken back and those of seals included. @throws `event-not-found` */
  listRevocations(eventId: string): Promise<Revocation[]>;
  /** Takes one back; again, it changes nothing. @throws `not-found`, `batch-sealed` for one that a seal made */
  undoRevocation(eventId: string, revocationId: number, actorId: string): Promise<Revocation>;
  /**
   * The same nonce again changes nothing.
   * @throws `batch-not-declared`, `not-valid` when the serial lies outside the batch, or the nonce is another correction's,
   *   `correction-conflict` when the field's newest correction is not the one it is based on
   */
  correct(eventId: string, batchId: string, input: CorrectionInput, actorId: string): Promise<Correction>;
  /** In the order they were made: later ones win. @throws `batch-not-declared` */
  listCorrections(eventId: string, batchId: string): Promise<Correction[]>;
}

/** A chunk that passed every check that needs no other chunk. */
export interface NewChunk {
  readonly batchId: string;
  readonly seq: number;
  readonly firstSerial: number;
  readonly count: number;
  readonly personalised: boolean;
  /** SHA-256 of `body`. */
  readonly contentSha256: Uint8Array;
  /** The decoded CBOR, as `docs/upload.md` lays it out. */
  readonly body: Uint8Array;
}

interface StoredChunk {
  readonly contentSha256: Uint8Array;
  readonly body: Uint8Array;
}

/** The result of verifying every signature of one stored chunk. */
export interface ChunkVerification {
  readonly chunkId: number;
  /** The serials whose signatures do not verify; any of them quarantines the whole chunk. */
  readonly badSerials: readonly number[];
}

export interface ChunkStore {
  /**
   * Stores a chunk durably. Chunks handed in during one turn of the event loop share one commit.
   * @returns `stored`, or `same` when the same content was stored before (also in a sealed batch).
   * @throws `batch-not-declared`, `batch-sealed`, `chunk-conflict`, `storage-full`
   */
  put(chunk: NewChunk): Promise<'stored' | 'same'>;
  /** @throws `batch-not-declared`, `chunk-not-found` */
  get(eventId: string, batchId: string, seq: number): Promise<StoredChunk>;
  /**
   * Keeps verification results and the counters they move; one that is known already changes nothing. The one write
   * that need not be durable at once: what is lost is verified again.
   */
  recordVerifications(results: readonly ChunkVerification[]): Promise<void>;
}

export interface ExportTemplateStore {
  /** By name. @throws `event-not-found` */
  list(eventId: string): Promise<ExportTemplate[]>;
  /** Makes the template or replaces it. @throws `event-not-found`, `not-valid` when the event has 100 others */
  put(eventId: string, templateId: string, input: ExportTemplateInput, actorId: string): Promise<ExportTemplate>;
  /** Again, it changes nothing. @throws `event-not-found` */
  remove(eventId: string, templateId: string, actorId: string): Promise<void>;
}

export interface AuditStore {
  append(entry: { actorId: string; action: string; subject: string; details?: AuditEntry['details'] }): Promise<void>;
  /** Newest first, those before `before` (exclusive) where it is given. */
  list(options: { readonly before?: number | undefined; readonly limit: number }): Promise<AuditEntry[]>;
  /**
   * Follows the chain from its first line, in pages.
   * @returns the number of the first line that was edited, moved or comes after a deleted one; `undefined` when whole.
   *   Lines cut off at the end leave a shorter, whole chain: compare the last hash with one noted elsewhere.
   */
  findBroken(): Promise<number | undefined>;
}
