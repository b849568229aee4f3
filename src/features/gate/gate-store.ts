import type { Scan, ScanResult } from '../../../core/api/gate.ts';
import type { BatchKeyPair } from '../../../core/ticket/signer/signer.ts';
import { onLiveConnection } from '../../database/connection-watch.ts';
import { GateDatabase, type StoredScan, type StoredSync } from '../../database/gate-database.ts';

const CLOCK = 'clock';
const SYNCED_AT = 'synced-at ';
const CLAIM = 'claim ';
const FILES = 'files ';
const KEY = 'key';

/** What is kept of an event's gate files. */
export interface FileFacts {
  /** The number under which this device's scans go into files; 12 characters, random. */
  readonly series: string;
  /** Who signs the files that are taken, by the public key; a person has compared it. Null: no file was taken yet. */
  readonly trusted: Uint8Array<ArrayBuffer> | null;
  /** How many of this device's scans, from its first, the tablet that mints has. */
  readonly covered: number;
  /** How many of them, from the first, are in files that were saved. */
  readonly saved: number;
}

/** What the server was asked to decide and record. */
interface StoredClaim {
  readonly eventId: string;
  readonly scan: Scan;
}

/** What this device keeps of one event's gate: what was told, its own scans, its clock. */
export class GateStore {
  readonly #database = new GateDatabase();
  readonly #eventId: string;
  #order = 0;
  /** Scans that wait for the write under way: they go into the next, together. */
  #waiting: StoredScan[] = [];
  #nextWrite: Promise<void> | undefined;
  #write: Promise<void> = Promise.resolve();

  constructor(eventId: string) {
    this.#eventId = eventId;
  }

  /** Lets go of other events' knowledge, and of those of their scans that the server has. */
  async forgetOthers(): Promise<void> {
    const { scans, syncs, facts } = this.#database;
    await syncs.where('eventId').notEqual(this.#eventId).delete();
    // Scans are numbered in files from the first that is here: with some gone, it is another series.
    const files = facts.where('key').startsWith(FILES);
    await files.and(({ key }) => key !== FILES + this.#eventId).delete();
    const isElsewhere = ({ seq, isCovered }: StoredScan) => seq !== null || isCovered === true;
    await scans.filter((scan) => scan.eventId !== this.#eventId && isElsewhere(scan)).delete();
  }

  /** The device's scans of this event, in the order in which they were made. */
  async ownScans(): Promise<StoredScan[]> {
    const own = await onLiveConnection(() => this.#scansOfEvent().toArray());
    this.#order = Math.max(this.#order, own.at(-1)?.order ?? 0);
    return own;
  }

  /**
   * Keeps a scan: it is on the disk when this resolves, and only then it counts. {@link ownScans} comes before the first.
   * @param seq the server's number, where the server decided it.
   */
  addScan(scan: Scan, seq: number | null): Promise<void> {
    const { nonce } = scan;
    this.#waiting.push({ nonce, order: ++this.#order, eventId: this.#eventId, scan, seq, isRefused: false });
    this.#nextWrite ??= this.#writeWaiting();
    return this.#nextWrite;
  }

  /** A commit waits for the disk, whatever is in it. */
  async #writeWaiting(): Promise<void> {
    await this.#write;
    const scans = this.#waiting;
    this.#waiting = [];
    this.#nextWrite = undefined;
    const written = onLiveConnection(() => this.#addAll(scans));
    this.#write = written.catch(() => undefined);
    await written;
  }

  /** All of them or none. */
  async #addAll(scans: readonly StoredScan[]): Promise<void> {
    await this.#database.transaction('rw', this.#database.scans, () => this.#database.scans.bulkPut(scans));
  }

  /** Notes what the server said of scans. */
  async confirm(results: readonly Pick<ScanResult, 'nonce' | 'seq'>[]): Promise<void> {
    const changes = results.map(({ nonce, seq }) => ({ key: nonce, changes: { seq, isRefused: seq === null } }));
    await onLiveConnection(() => this.#database.scans.bulkUpdate(changes));
  }

  /** What was told, in the order in which it came. */
  syncs(): Promise<StoredSync[]> {
    return onLiveConnection(() => this.#database.syncs.where('eventId').equals(this.#eventId).sortBy('id'));
  }

  /** @param isComplete it replaces all that was told before. */
  async addSync(bytes: Uint8Array<ArrayBuffer>, isComplete: boolean): Promise<void> {
    const { syncs } = this.#database;
    await this.#database.transaction('rw', syncs, async () => {
      if (isComplete) await syncs.where('eventId').equals(this.#eventId).delete();
      await syncs.add({ eventId: this.#eventId, bytes });
    });
  }

  /** Keeps what a gate file told, in the place of any before it. @param bytes the sync in it. */
  async addFile(bytes: Uint8Array<ArrayBuffer>, files: FileFacts): Promise<void> {
    const { syncs, scans, facts } = this.#database;
    const { covered } = files;
    await this.#database.transaction('rw', syncs, scans, facts, async () => {
      const known = syncs.where('eventId').equals(this.#eventId);
      await known.and((sync) => sync.covered !== undefined).delete();
      await syncs.add({ eventId: this.#eventId, bytes, covered });
      await facts.put({ key: FILES + this.#eventId, value: files });
      const nonces = await this.#scansOfEvent().limit(covered).primaryKeys();
      await scans.bulkUpdate(nonces.map((key) => ({ key, changes: { isCovered: true } })));
    });
  }

  /** `undefined` before the first gate file. */
  async readFiles(): Promise<FileFacts | undefined> {
    return (await this.#read(FILES + this.#eventId)) as FileFacts | undefined;
  }

  async putFiles(files: FileFacts): Promise<void> {
    await this.#database.facts.put({ key: FILES + this.#eventId, value: files });
  }

  /** The key that signs this device's files; `undefined` before the first. */
  async readKey(): Promise<BatchKeyPair | undefined> {
    return (await this.#read(KEY)) as BatchKeyPair | undefined;
  }

  /** Keeps a key, unless another page was faster. @returns the one that is kept. */
  async addKey(made: BatchKeyPair): Promise<BatchKeyPair> {
    const { facts } = this.#database;
    return this.#database.transaction('rw', facts, async () => {
      const kept = (await facts.get(KEY))?.value as BatchKeyPair | undefined;
      if (kept === undefined) await facts.add({ key: KEY, value: made });
      return kept ?? made;
    });
  }

  /** What was asked of the server and is not settled. */
  async claims(): Promise<Scan[]> {
    const rows = await onLiveConnection(() => this.#database.facts.where('key').startsWith(CLAIM).toArray());
    return rows
      .map(({ value }) => value as StoredClaim)
      .flatMap(({ eventId, scan }) => (eventId === this.#eventId ? scan : []));
  }

  /** Keeps what the server is asked: it is on the disk when this resolves. */
  async putClaim(scan: Scan): Promise<void> {
    const value: StoredClaim = { eventId: this.#eventId, scan };
    await onLiveConnection(() => this.#database.facts.put({ key: CLAIM + scan.nonce, value }));
  }

  async dropClaim(nonce: string): Promise<void> {
    await this.#database.facts.delete(CLAIM + nonce);
  }

  readClock(): Promise<unknown> {
    return this.#read(CLOCK);
  }

  async putClock(value: unknown): Promise<void> {
    await this.#database.facts.put({ key: CLOCK, value });
  }

  /** When the server last told all it knew, true time in ms since epoch. */
  async readSyncedAt(): Promise<number | undefined> {
    return (await this.#read(SYNCED_AT + this.#eventId)) as number | undefined;
  }

  async putSyncedAt(at: number): Promise<void> {
    await this.#database.facts.put({ key: SYNCED_AT + this.#eventId, value: at });
  }

  close(): void {
    this.#database.close();
  }

  async #read(key: string): Promise<unknown> {
    return (await onLiveConnection(() => this.#database.facts.get(key)))?.value;
  }

  #scansOfEvent() {
    const all = [[this.#eventId, 0] as const, [this.#eventId, Number.MAX_SAFE_INTEGER] as const] as const;
    return this.#database.scans.where('[eventId+order]').between(...all);
  }
}
