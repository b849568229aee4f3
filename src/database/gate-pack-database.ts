import { Dexie, type EntityTable, type Table } from 'dexie';
import { connectionWatch } from './connection-watch.ts';

export type PackKind = 'codes' | 'names';

/** How far this device is with a pack. A pack of codes is there from when somebody asked for it. */
export interface StoredPack {
  readonly kind: PackKind;
  readonly eventId: string;
  /** What to go on with; null before the first part. */
  readonly cursor: string | null;
  /** Whether everything had come when it was asked for last. */
  readonly isWhole: boolean;
  readonly tickets: number;
  readonly bytes: number;
  /** The server's time of the last part, ms since epoch; null before the first. */
  readonly at: number | null;
}

/** Codes as they came. */
export interface StoredCodes {
  readonly id: number;
  /** CBOR, see `core/gate/gate-pack.ts`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Some name records of one batch, one after the other. */
export interface StoredNames {
  readonly batch: string;
  readonly firstSerial: number;
  readonly records: Uint8Array<ArrayBuffer>;
}

const VERSION_1 = { packs: 'kind', codes: '++id', names: '[batch+firstSerial]' } as const;

const NAME = 'ticketmint-gate-packs';

/** Lets go of all packs. */
export async function forgetGatePacks(): Promise<void> {
  await Dexie.delete(NAME);
}

/**
 * Short codes and sealed names of one event, as a gate's device has fetched them. A database of its own: it goes as a whole when
 * the device is no gate any more, also where the gate's scans have to stay, and what is lost of it is fetched again.
 */
export class GatePackDatabase extends Dexie {
  declare packs: EntityTable<StoredPack, 'kind'>;
  declare codes: EntityTable<StoredCodes, 'id'>;
  declare names: Table<StoredNames, [batch: string, firstSerial: number]>;

  constructor() {
    super(NAME);
    this.use(connectionWatch(this));
    this.version(1).stores(VERSION_1);
  }
}
