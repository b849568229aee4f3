import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Chunk, decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { NAME_COLUMNS, NAME_RECORD_BYTES, type TicketNames } from '../../core/gate/name-pack.ts';
import { SIGNATURE_BYTES } from '../../core/ticket/token.ts';
import type { GatePackStore, PackedChunk, PackedCorrection } from '../store/gate-pack-store.ts';
import { sealNameRecord } from './name-sealer.ts';

/** Records that the devices of one event fetch one after the other: some 350,000. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
/** Records sealed before other requests are answered: some 10 ms. */
const RECORDS_A_TURN = 250;

interface Kept {
  /** The number of the newest correction that is in it. */
  readonly change: number;
  readonly records: Uint8Array<ArrayBuffer>;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The sealed names of chunks, corrections laid over. What was sealed once is kept in memory until a correction changes it. */
export class NameRecords {
  readonly #store: GatePackStore;
  readonly #kept = new Map<number, Kept>();
  #keptBytes = 0;

  constructor(store: GatePackStore) {
    this.#store = store;
  }

  /** A record for each ticket of a chunk; `undefined` where none of them has anything to show. */
  async of(chunk: PackedChunk): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const corrections = await this.#store.listCorrectionsOf(chunk);
    const change = corrections.at(-1)?.id ?? 0;
    const kept = this.#kept.get(chunk.id);
    if (kept?.change === change) return kept.records;
    const decoded = await this.#decode(chunk);
    if (decoded === undefined || !hasNames(decoded, corrections)) return undefined;
    const records = await sealRange(chunk, decoded, { corrections, from: 0, to: chunk.count });
    this.#keep(chunk.id, { change, records });
    return records;
  }

  /** One ticket's record; `undefined` while its chunk is not stored. */
  async ofTicket(batch: string, serial: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const chunk = await this.#store.findChunkOf(batch, serial);
    const decoded = chunk === undefined ? undefined : await this.#decode(chunk);
    if (chunk === undefined || decoded === undefined) return undefined;
    const corrections = await this.#store.listCorrectionsOf({ ...chunk, firstSerial: serial, count: 1 });
    const from = serial - chunk.firstSerial;
    return sealRange(chunk, decoded, { corrections, from, to: from + 1 });
  }

  async #decode({ id }: PackedChunk): Promise<Chunk | undefined> {
    await nextTurn();
    const body = await this.#store.readBody(id);
    return body === undefined ? undefined : decodeTrustedChunk(body);
  }

  /** The one that was made first is let go of first. */
  #keep(id: number, kept: Kept): void {
    this.#drop(id);
    this.#kept.set(id, kept);
    this.#keptBytes += kept.records.length;
    for (const other of this.#kept.keys()) {
      if (this.#keptBytes <= MOST_KEPT_BYTES) return;
      this.#drop(other);
    }
  }

  #drop(id: number): void {
    this.#keptBytes -= this.#kept.get(id)?.records.length ?? 0;
    this.#kept.delete(id);
  }
}

function hasNames({ fields = {} }: Chunk, corrections: readonly PackedCorrection[]): boolean {
  return NAME_COLUMNS.some((name) => Object.hasOwn(fields, name) || corrections.some(({ column }) => column === name));
}

async function sealRange(
  { batch, typeIndex }: PackedChunk,
  { firstSerial, fields = {}, signatures }: Chunk,
  { corrections, from, to }: Range & { readonly corrections: readonly PackedCorrection[] },
): Promise<Uint8Array<ArrayBuffer>> {
  const corrected = new Map(corrections.map(({ serial, column, value }) => [`${serial} ${column}`, value]));
  const columns = NAME_COLUMNS.map((name) => [name, fields[name]] as const);
  const records = new Uint8Array((to - from) * NAME_RECORD_BYTES);
  for (let index = from; index < to; index++) {
    if ((index - from) % RECORDS_A_TURN === RECORDS_A_TURN - 1) await nextTurn();
    const serial = firstSerial + index;
    const texts = columns.map(([name, column]) => {
      const correction = corrected.get(`${serial} ${name}`);
      return [name, correction === undefined ? column?.[index] : correction] as const;
    });
    const names: TicketNames = Object.fromEntries(texts.filter(([, text]) => text !== undefined && text !== null));
    const signature = signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES);
    records.set(
      sealNameRecord(names, { batchId: batch, serial, typeIndex }, signature),
      (index - from) * NAME_RECORD_BYTES,
    );
  }
  return records;
}
