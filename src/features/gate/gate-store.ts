import type { Scan, ScanResult } from '../../../core/api/gate.ts';
import { onLiveConnection } from '../../database/connection-watch.ts';
import { GateDatabase, type StoredScan } from '../../database/gate-database.ts';

const CLOCK = 'clock';
const SYNCED_AT = 'synced-at ';

/** What this device keeps of one event's gate: what was told, its own scans, its clock. */
export class GateStore {
  readonly #database = new GateDatabase();
  readonly #eventId: string;
  #order = 0;

  constructor(eventId: string) {
    this.#eventId = eventId;
  }

  /** Lets go of other events' knowledge, and of those of their scans that the server has. */
  async forgetOthers(): Promise<void> {
    const { scans, syncs } = this.#database;
    await syncs.where('eventId').notEqual(this.#eventId).delete();
    await scans.filter(({ eventId, seq }) => eventId !== this.#eventId && seq !== null).delete();
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
  async addScan(scan: Scan, seq: number | null): Promise<void> {
    const order = ++this.#order;
    const { nonce } = scan;
    await onLiveConnection(() =>
      this.#database.scans.put({ nonce, order, eventId: this.#eventId, scan, seq, isRefused: false }),
    );
  }

  /** Notes what the server said of scans. */
  async confirm(results: readonly Pick<ScanResult, 'nonce' | 'seq'>[]): Promise<void> {
    const changes = results.map(({ nonce, seq }) => ({ key: nonce, changes: { seq, isRefused: seq === null } }));
    await onLiveConnection(() => this.#database.scans.bulkUpdate(changes));
  }

  /** What the server told, in the order in which it came. */
  async syncs(): Promise<Uint8Array<ArrayBuffer>[]> {
    const rows = await onLiveConnection(() => this.#database.syncs.where('eventId').equals(this.#eventId).sortBy('id'));
    return rows.map(({ bytes }) => bytes);
  }

  /** @param isComplete it replaces all that was told before. */
  async addSync(bytes: Uint8Array<ArrayBuffer>, isComplete: boolean): Promise<void> {
    const { syncs } = this.#database;
    await this.#database.transaction('rw', syncs, async () => {
      if (isComplete) await syncs.where('eventId').equals(this.#eventId).delete();
      await syncs.add({ eventId: this.#eventId, bytes });
    });
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
