import { Dexie } from 'dexie';
import type { CodePackPart, NamePackPart, NamePage } from '../../../core/api/gate-pack.ts';
import { onLiveConnection } from '../../database/connection-watch.ts';
import {
  GatePackDatabase,
  type PackKind,
  type StoredNames,
  type StoredPack,
} from '../../database/gate-pack-database.ts';

/** Name records in one row: reading one ticket's reads 12 kB. */
const RECORDS_IN_ROW = 64;

/** A pack of which nothing has come yet. */
export function newPack(kind: PackKind, eventId: string): StoredPack {
  return { kind, eventId, cursor: null, isWhole: false, tickets: 0, bytes: 0, at: null };
}

/** What this device keeps of packs: each part as it comes, together with how far it is. */
export class PackStore {
  readonly #database = new GatePackDatabase();

  /** @returns the packs of an event; those of others are let go of. */
  async open(eventId: string): Promise<StoredPack[]> {
    const packs = await onLiveConnection(() => this.#database.packs.toArray());
    if (packs.every((pack) => pack.eventId === eventId)) return packs;
    await this.drop('codes');
    await this.drop('names');
    return [];
  }

  async put(pack: StoredPack): Promise<void> {
    await onLiveConnection(() => this.#database.packs.put(pack));
  }

  /** Keeps a part of the codes. @param bytes the same, as it came. */
  async addCodes(pack: StoredPack, part: CodePackPart, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { packs, codes } = this.#database;
    await this.#database.transaction('rw', packs, codes, async () => {
      if (part.complete) await codes.clear();
      if (part.pages.length > 0) await codes.add({ bytes });
      await packs.put(pack);
    });
  }

  /** Keeps a part of the names. */
  async addNames(pack: StoredPack, { complete, recordBytes, pages }: NamePackPart): Promise<void> {
    const { packs, names } = this.#database;
    await this.#database.transaction('rw', packs, names, async () => {
      if (complete) await names.clear();
      for (const page of pages) await this.#addPage(page, recordBytes);
      await packs.put(pack);
    });
  }

  /** The parts of the codes, in the order in which they came. */
  async codes(): Promise<Uint8Array<ArrayBuffer>[]> {
    const rows = await onLiveConnection(() => this.#database.codes.orderBy('id').toArray());
    return rows.map(({ bytes }) => bytes);
  }

  /** A ticket's name record; `undefined` where there is none. */
  async nameRecord(batch: string, serial: number, recordBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const row = await onLiveConnection(() => this.#rowOf(batch, serial));
    const at = (serial - (row?.firstSerial ?? 0)) * recordBytes;
    return row === undefined || at >= row.records.length ? undefined : row.records.slice(at, at + recordBytes);
  }

  async drop(kind: PackKind): Promise<void> {
    const { packs } = this.#database;
    const rows = this.#database[kind];
    await this.#database.transaction('rw', packs, rows, async () => {
      await rows.clear();
      await packs.delete(kind);
    });
  }

  close(): void {
    this.#database.close();
  }

  /** A record for itself is a correction: it takes the place of the one before, where there is one. */
  async #addPage({ batch, firstSerial, records }: NamePage, recordBytes: number): Promise<void> {
    const row = records.length === recordBytes ? await this.#rowOf(batch, firstSerial) : undefined;
    const at = (firstSerial - (row?.firstSerial ?? 0)) * recordBytes;
    if (row !== undefined && at < row.records.length) {
      const changed = row.records.slice();
      changed.set(records, at);
      await this.#database.names.put({ ...row, records: changed });
      return;
    }
    const rowBytes = RECORDS_IN_ROW * recordBytes;
    const rows = Array.from({ length: Math.ceil(records.length / rowBytes) }, (_, index) => ({
      batch,
      firstSerial: firstSerial + index * RECORDS_IN_ROW,
      records: records.slice(index * rowBytes, (index + 1) * rowBytes),
    }));
    await this.#database.names.bulkPut(rows);
  }

  /** The row in which a ticket's record would be. */
  async #rowOf(batch: string, serial: number): Promise<StoredNames | undefined> {
    return this.#database.names
      .where('[batch+firstSerial]')
      .between([batch, Dexie.minKey], [batch, serial], true, true)
      .last();
  }
}
