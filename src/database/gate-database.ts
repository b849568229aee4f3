import { Dexie, type EntityTable } from 'dexie';
import type { Scan } from '../../core/api/gate.ts';
import { connectionWatch } from './connection-watch.ts';

/** A scan that this device has made, with what the server said of it. */
export interface StoredScan {
  readonly nonce: string;
  /** Ascending, in the order in which scans were made. */
  readonly order: number;
  readonly eventId: string;
  readonly scan: Scan;
  /** The server's number for it; null while the server has not confirmed it. */
  readonly seq: number | null;
  /** The server will not have it; it stays in force on this device. */
  readonly isRefused: boolean;
  /** A gate file has said that the tablet that mints has it. */
  readonly isCovered?: boolean;
}

/** What the server told, as it came: a complete sync, then changes; after them the newest gate file. */
export interface StoredSync {
  readonly id: number;
  readonly eventId: string;
  /** CBOR, see `core/gate/gate-sync.ts`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a gate file: how many of this device's scans, from its first, it accounts for. */
  readonly covered?: number;
}

/** Small things by name: the clock's error, when it was last synced. */
export interface GateFact {
  readonly key: string;
  readonly value: unknown;
}

/** Index specifications (Dexie): the first is the primary key. */
const VERSION_1 = {
  scans: 'nonce, [eventId+order]',
  syncs: '++id, eventId',
  facts: 'key',
} as const;

const NAME = 'ticketmint-gate';

/** Whether a scan is nowhere else, and is still to go to the server. */
export function isScanUnsent({ seq, isRefused, isCovered }: StoredScan): boolean {
  return seq === null && !isRefused && isCovered !== true;
}

/** Whether this device has a gate's scans, or had and has not let go of them. */
export function isGateKept(): Promise<boolean> {
  return Dexie.exists(NAME);
}

/** Lets go of all that a gate kept, unless scans of it are nowhere else. */
export async function forgetGate(): Promise<void> {
  if (!(await isGateKept())) return;
  const database = new GateDatabase();
  const unsent = await database.scans.filter(isScanUnsent).count();
  if (unsent === 0) await database.delete();
  else database.close();
}

/**
 * What a gate's device keeps. A database of its own: it belongs to the device and not to whoever signs in or out on it. A
 * scan is on the disk before it counts.
 */
export class GateDatabase extends Dexie {
  declare scans: EntityTable<StoredScan, 'nonce'>;
  declare syncs: EntityTable<StoredSync, 'id'>;
  declare facts: EntityTable<GateFact, 'key'>;

  constructor() {
    super(NAME, { chromeTransactionDurability: 'strict' });
    this.use(connectionWatch(this));
    this.version(1).stores(VERSION_1);
  }
}
