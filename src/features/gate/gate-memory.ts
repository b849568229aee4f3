import type { GateSync, Scan, ScanResult } from '../../../core/api/gate.ts';
import { GateState } from '../../../core/gate/gate-state.ts';
import { decodeGateSync, encodeGateSync } from '../../../core/gate/gate-sync.ts';
import type { StoredScan } from '../../database/gate-database.ts';
import type { FileFacts, GateStore } from './gate-store.ts';

/** With more changes kept than that, all is asked for anew, which takes less room and a shorter start. */
const MAX_CHANGES = 300;

/** What this device knows, in memory and on its disk: whatever is taken in is kept first. */
export class GateMemory {
  readonly #store: GateStore;
  #state: GateState;
  /** On their way to the disk. */
  readonly #reserved = new Set<Scan>();
  #changes = 0;
  #fileAt: number | undefined;

  private constructor(store: GateStore, state: GateState) {
    this.#store = store;
    this.#state = state;
  }

  /** As it was left, whenever that was. */
  static async open(store: GateStore): Promise<GateMemory> {
    const memory = new GateMemory(store, stateWith(await store.ownScans()));
    try {
      const syncs = await store.syncs();
      for (const { bytes, covered } of syncs) memory.#apply(decodeGateSync(bytes), covered);
      memory.#changes = syncs.length;
    } catch {
      // Kept by another version, or damaged: what was understood counts until all is told anew.
      memory.#changes = Number.POSITIVE_INFINITY;
    }
    return memory;
  }

  get state(): GateState {
    return this.#state;
  }

  /** What the next sync is asked with. */
  get cursor(): GateSync['cursor'] | undefined {
    return this.#changes > MAX_CHANGES ? undefined : this.#state.cursor;
  }

  /** When the gate file was made by which this device goes; `undefined` where the server was the last to tell. */
  get fileAt(): number | undefined {
    return this.#fileAt;
  }

  ownScans(): Scan[] {
    return this.#state.ownScans();
  }

  /** Takes in what the server told. @param bytes the same, as it came. */
  async take(bytes: Uint8Array<ArrayBuffer>, sync: GateSync): Promise<void> {
    if (!isEmpty(sync)) {
      await this.#store.addSync(bytes, sync.complete);
      this.#changes = sync.complete ? 1 : this.#changes + 1;
    }
    const { cursor } = this.#state;
    // Asked for to make many into one: what the server had, it still has.
    const isRenewal = sync.complete && cursor !== undefined && sync.cursor.scans >= cursor.scans;
    if (isRenewal) {
      const renewed = stateWith(await this.#store.ownScans());
      // Also those that were made while the others were read.
      for (const scan of this.#state.ownScans()) renewed.record(scan);
      for (const scan of this.#reserved) renewed.reserve(scan);
      this.#state = renewed;
    }
    const outcome = this.#state.applySync(sync);
    if (outcome === 'incomplete') this.#changes = Number.POSITIVE_INFINITY;
    if (outcome === 'applied') this.#fileAt = undefined;
  }

  /** Takes in what a gate file told. @returns false when it is older than what is known: nothing of it is taken. */
  async takeFile(sync: GateSync, files: FileFacts): Promise<boolean> {
    if (this.#state.isOlder(sync)) return false;
    await this.#store.addFile(encodeGateSync(sync), files);
    this.#apply(sync, files.covered);
    return true;
  }

  /** @param covered of a gate file. */
  #apply(sync: GateSync, covered: number | undefined): void {
    const outcome = covered === undefined ? this.#state.applySync(sync) : this.#state.applyFile(sync, covered);
    if (outcome === 'applied') this.#fileAt = covered === undefined ? undefined : sync.at;
  }

  /**
   * Keeps a scan of this device's. It counts for what is judged from the call on, and where it cannot be kept no more.
   * @param seq the server's number, where the server decided it.
   */
  async keep(scan: Scan, seq: number | null): Promise<void> {
    this.#reserved.add(scan);
    this.#state.reserve(scan);
    try {
      await this.#store.addScan(scan, seq);
    } catch (error) {
      this.#state.release(scan.nonce);
      throw error;
    } finally {
      this.#reserved.delete(scan);
    }
    this.#state.record(scan);
    if (seq !== null) this.#state.confirm([{ nonce: scan.nonce, seq }]);
  }

  /** Takes in what the server said of scans. */
  async confirm(results: readonly Pick<ScanResult, 'nonce' | 'seq'>[]): Promise<void> {
    await this.#store.confirm(results);
    this.#state.confirm(results);
  }
}

function stateWith(own: readonly StoredScan[]): GateState {
  const state = new GateState(own);
  state.confirm(own.filter(({ isRefused }) => isRefused).map(({ nonce }) => ({ nonce, seq: null })));
  return state;
}

/** Nothing that a start would miss: only the cursor went on. */
function isEmpty({ complete, setup, batches, withheld = [], revoked, foreign, uses }: GateSync): boolean {
  const lists = [batches, withheld, revoked, foreign, uses];
  return !complete && setup === undefined && lists.every(({ length }) => length === 0);
}
